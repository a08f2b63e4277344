"""Every page that a reporter can meet, in every state, in one table. A page joins by one line.

A line joins the tests as soon as its route exists, so it may stand here before its page does.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, Response

from tests.fixtures.served import Served
from tests.journeys.acts import enter_code, fill, send, stay_here
from tests.journeys.conftest import Tab, age_mailbox

ROUTES = frozenset(json.loads((Path(__file__).parents[1] / "web/snapshots/routes.json").read_text(encoding="utf-8")))
LONG = "Donaudampfschifffahrtsgesellschaftskapitän" * 4 + " The same sentence again and again." * 12
TOO_LARGE = 300_000
FILL = """long => {
  for (const field of document.querySelectorAll("main form textarea, main form input[type=text]"))
    if (!field.closest(".app-trap")) field.value = long;
}"""
SUBMIT = "document.querySelector('main form').submit()"


@dataclass
class Visit:
    """One browser window at the server of one trust, and the receipt that was given in it."""

    browser: Browser
    served: Served
    script: bool
    instance: Path
    stand_in: bool = True
    """Whether the answer that leads to the neutral page stands in for it."""
    tab: Tab = field(init=False)
    document: Response | None = field(init=False, default=None)
    problems: list[str] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        """Open a fresh window."""
        self.tab = Tab(self.browser, self.served, script=self.script)
        if self.stand_in:
            self.tab.context.route("**/leave", stay_here)
        self._devtools: CDPSession | None = None
        self.page.on("response", self._note)
        self.page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        self.page.on("console", lambda said: self._note_console(said.type, said.text))

    def _note(self, response: Response) -> None:
        if response.request.resource_type == "document":
            self.document = response

    def _note_console(self, kind: str, text: str) -> None:
        # The browser tells of every answer above 399, also of those that are meant.
        if kind in ("error", "warning") and not text.startswith("Failed to load resource: the server responded"):
            self.problems.append(f"console: {text}")

    @property
    def page(self) -> Page:
        """The page in the window."""
        return self.tab.page

    def submit(self, filled: str = "") -> None:
        """Send the first form of the page as it stands, or with every text field filled."""
        if filled:
            self.page.evaluate(FILL, filled)
        with self.page.expect_navigation():
            self.page.evaluate(SUBMIT)

    def receipt(self) -> str:
        """Send a report and return its code; the receipt page is open afterwards."""
        fill(self.tab)
        return send(self.tab)

    def mailbox(self) -> None:
        """Have a mailbox open in this window."""
        if not [cookie for cookie in self.tab.context.cookies() if cookie["name"] == "__Host-m"]:
            enter_code(self.tab, self.receipt())

    def let_script_run(self, runs: bool) -> None:
        """Let the accessibility engine run, or not any more, in a window that loads its pages without script."""
        if not self.script:
            # Made no sooner than it is needed: a page under examination is not kept for Back.
            self._devtools = self._devtools or self.tab.context.new_cdp_session(self.page)
            self._devtools.send("Emulation.setScriptExecutionDisabled", {"value": not runs})

    def close(self) -> None:
        """Close the window."""
        self.tab.close()


Reach = Callable[[Visit], object]


@dataclass(frozen=True)
class Line:
    """One state of one page: the route that must exist, how the page comes to be open, and its status."""

    route: str
    state: str
    reach: Reach
    status: int = 200

    @property
    def name(self) -> str:
        """The page and its state, as tests call it."""
        return f"{self.route.split()[1]} {self.state}"


def at(path: str) -> Reach:
    """Open an address."""
    return lambda visit: visit.page.goto(path)


def sent(path: str, filled: str = "", *, mailbox: bool = False) -> Reach:
    """Open an address and send its first form, empty or filled."""

    def reach(visit: Visit) -> None:
        if mailbox:
            visit.mailbox()
        visit.page.goto(path)
        visit.submit(filled)

    return reach


def in_mailbox(path: str) -> Reach:
    """Open an address of the mailbox."""

    def reach(visit: Visit) -> None:
        visit.mailbox()
        visit.page.goto(path)

    return reach


def form(path: str, *, status: int = 422, mailbox: bool = False) -> tuple[Line, ...]:
    """Return the three states of a page with a form: empty, with its errors, and with long answers sent back."""
    route = f"GET {path.split('?')[0]}"
    return (
        Line(route, "empty", in_mailbox(path) if mailbox else at(path)),
        Line(route, "with errors", sent(path, mailbox=mailbox), status),
        Line(route, "with long answers", sent(path, LONG * 12, mailbox=mailbox), status),
    )


def _wrong_code(visit: Visit) -> None:
    visit.page.goto("/return")
    visit.submit("0000-0000-0000-0000-000M")


def _long_conversation(visit: Visit) -> None:
    visit.mailbox()
    visit.page.goto("/inbox")
    visit.submit(LONG)


def _closed_itself(visit: Visit) -> None:
    visit.mailbox()
    age_mailbox(visit.tab, visit.instance, 16 * 60)
    visit.page.goto("/inbox")


def about_you(visit: Visit) -> None:
    """Open the question that the receipt page offers."""
    visit.receipt()
    with visit.page.expect_navigation():
        visit.page.locator("form[action^='/about-you'] button").click()


def _too_large(visit: Visit) -> None:
    visit.page.goto("/quick")
    with visit.page.expect_navigation():
        visit.page.evaluate(f"document.querySelector('#words').value = 'x'.repeat({TOO_LARGE}); {SUBMIT}")


LINES = (
    Line("GET /", "empty", at("/")),
    *form("/quick"),
    Line("GET /quick", "from a poster", at("/quick?w=7KQ4")),
    Line("POST /quick", "received", Visit.receipt),
    *form("/report"),
    Line("GET /report", "from a poster", at("/report?w=7KQ4")),
    Line("GET /report", "for someone", at("/report?s=phone")),
    Line("GET /for-someone", "empty", at("/for-someone")),
    Line("GET /w/<code>", "chooser", at("/w/9X2M")),
    *form("/return"),
    Line("POST /return", "unknown code", _wrong_code, 422),
    *form("/inbox", mailbox=True),
    Line("POST /inbox/reply", "long conversation", _long_conversation),
    Line("GET /inbox", "closed itself", _closed_itself),
    *form("/inbox/stop", mailbox=True),
    Line("GET /inbox/consent", "empty", in_mailbox("/inbox/consent")),
    *form("/inbox/known", mailbox=True),
    Line("GET /inbox/file", "empty", in_mailbox("/inbox/file")),
    Line("GET /inbox/file", "with errors", sent("/inbox/file", mailbox=True), 422),
    Line("POST /about-you", "empty", about_you),
    Line("GET /support", "empty", at("/support")),
    Line("GET /privacy", "empty", at("/privacy")),
    Line("GET /how-it-works", "empty", at("/how-it-works")),
    Line("GET /accessibility", "empty", at("/accessibility")),
    Line("GET /easy-read", "empty", at("/easy-read")),
    Line("GET /bsl", "empty", at("/bsl")),
    Line("GET /languages", "empty", at("/languages")),
    Line("GET /other-ways", "empty", at("/other-ways")),
    Line("GET /paper-form", "empty", at("/paper-form")),
    Line("GET /paper-form", "large", at("/paper-form?size=large")),
    Line("GET /", "absent address", at("/nowhere"), 404),
    Line("GET /", "wrong way to ask", at("/inbox/reply"), 405),
    Line("POST /quick", "too large", _too_large, 413),
)
STANDING = tuple(line for line in LINES if line.route in ROUTES)
