"""The full form as tests fill it in."""

from typing import Any

from tests.fixtures.pages import Visitor

FULL: dict[str, Any] = {
    "role": "patient", "who": "me", "what": "care", "by": "staff", "when": "week", "place": "none", "danger": "no",
    "privacy": "anonymous",
}  # fmt: skip


def fill(reporter: Visitor, path: str = "/report", **answers: Any) -> Any:
    """Fill in the full form, with these answers instead of the usual ones, and send it."""
    page = reporter.get(path)
    assert page.status == 200
    hidden = {"token": page.value("token"), "w": page.value("w"), "s": page.value("s")}
    return reporter.post("/report", FULL | hidden | answers)
