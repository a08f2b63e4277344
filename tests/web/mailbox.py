"""The forms of the mailbox as tests fill them in, and files sent from it."""

from dataclasses import dataclass

from app.domain.receipts import parse_receipt
from app.security.mailbox_key import mailbox_key
from tests.fixtures.pages import H, Page, Visitor
from tests.fixtures.uploads import CONTENT_TYPE, Files, form_body
from tests.service.desk import DeskTrust
from tests.service.mailbox import Reporter
from tests.web.conftest import send

CONTROLS = ("input", "textarea")


@dataclass(frozen=True)
class MailboxForm:
    """One form of the mailbox: where it stands, where it goes, what is typed, and its first control."""

    page: str
    path: str
    answers: dict[str, str]
    control: str


FORMS = {
    "reply": MailboxForm("/inbox", "/inbox/reply", {"text": "It happened again."}, "text"),
    "known": MailboxForm(
        "/inbox",
        "/inbox/known",
        {"privacy": "named", "name": "Ada Obi", "contact": "07700 900123", "safe_times": "After six"},
        "name",
    ),
    "stop": MailboxForm("/inbox/stop", "/inbox/stop", {"choice": "stop_keep_count", "confirm": "yes"}, "choice"),
    "consent": MailboxForm("/inbox/consent", "/inbox/consent", {"panel": "yes", "story": "no"}, "panel"),
    "closing": MailboxForm("/inbox", "/inbox/closing", {"badly": "yes"}, "badly"),
    "undo": MailboxForm("/inbox", "/inbox/undo", {}, ""),
}
"""Every form that is posted in the mailbox."""


def values_of(page: Page, path: str) -> dict[str, str]:
    """Return what the form that goes to `path` would post as it stands."""
    [form] = [form for form in page.all("form") if form.get("action") == path]
    found = {}
    for tag in CONTROLS:
        for control in form.iter(H + tag):
            chosen = control.get("type") not in ("radio", "checkbox") or control.get("checked") is not None
            if chosen and control.get("name"):
                found[control.get("name") or ""] = control.get("value") or "".join(control.itertext()).strip()
    return found


def fill(reporter: Visitor, name: str, /, **changed: str) -> dict[str, str]:
    """Return what a filled form of the mailbox posts."""
    form = FORMS[name]
    return values_of(reporter.get(form.page), form.path) | form.answers | changed


def submit(reporter: Visitor, name: str, /, **changed: str) -> Page:
    """Fill in a form of the mailbox and post it."""
    return reporter.post(FORMS[name].path, fill(reporter, name, **changed))


def open_mailbox(reporter: Visitor, trust: DeskTrust, **answers: object) -> Reporter:
    """Send a report, open its mailbox, and return its reporter."""
    code = send(reporter, **answers)
    assert reporter.post("/return", {"code": code}).status == 303
    return Reporter(trust, mailbox_key(parse_receipt(code), trust.sealer.mailbox_pepper), code=code)


def heading(page: Page) -> str:
    """Return the words of the first heading."""
    return "".join(page.all("h1")[0].itertext()).strip()


def add_file(reporter: Visitor, content: bytes, name: str = "IMG_2031.jpg", token: str = "") -> Page:
    """Send one file from the open mailbox."""
    token = token or reporter.get("/inbox/file").value("token")
    return add_files(reporter, token, [(name, content)])


def add_files(reporter: Visitor, token: str, files: Files, **options: object) -> Page:
    """Send the form for a file as it is given."""
    return reporter.post("/inbox/file", form_body({"token": token}, files), content_type=CONTENT_TYPE, **options)


def in_mailbox(reporter: Visitor) -> Visitor:
    """Send a report and open its mailbox."""
    reporter.post("/return", {"code": send(reporter)})
    return reporter
