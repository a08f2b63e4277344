"""The full form as tests fill it in."""

from typing import Any

from tests.fixtures.pages import Page, Visitor
from tests.fixtures.uploads import CONTENT_TYPE, Files, form_body

FULL: dict[str, Any] = {
    "role": "patient", "who": "me", "what": "care", "by": "staff", "when": "week", "place": "none", "danger": "no",
    "privacy": "anonymous",
}  # fmt: skip
WORDS = "He would not let me treat him. Ő said: ‘no’."


def fill(reporter: Visitor, path: str = "/report", **answers: Any) -> Any:
    """Fill in the full form, with these answers instead of the usual ones, and send it."""
    page = reporter.get(path)
    assert page.status == 200
    hidden = {"token": page.value("token"), "w": page.value("w"), "s": page.value("s")}
    return reporter.post("/report", FULL | hidden | answers)


def send_files(reporter: Visitor, files: Files, token: str = "", **answers: Any) -> Page:
    """Send the full form with these files."""
    token = token or reporter.get("/report").value("token")
    body = form_body(FULL | {"token": token, "words": WORDS} | answers, files)
    return reporter.post("/report", body, content_type=CONTENT_TYPE)
