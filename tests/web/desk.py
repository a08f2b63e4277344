"""What people of the desk do on their pages, for tests."""

from tests.fixtures.pages import Page, Visitor


def pass_gate(ana: Visitor, case: str) -> Page:
    """Say at the gate that Ana is not close to the case at this address; return its page."""
    token = ana.get(f"{case}/gate").value("csrf_token")
    ana.post(f"{case}/gate", {"answer": "no", "csrf_token": token})
    return ana.get(case)
