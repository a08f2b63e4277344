"""A real browser and a real server."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright, sync_playwright

from app.security.form_token import FormKeys
from app.security.mailbox_cookie import read_mailbox_cookie, seal_mailbox_cookie
from app.services.place import add_places
from config import load_settings, prepare_instance
from tests.fixtures.databases import Databases
from tests.fixtures.neutral import neutral_page
from tests.fixtures.served import ROOT, Served, environ_of, serve
from tests.service.desk import DeskTrust, make_trust

AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def _launch(playwright: Playwright, names: tuple[str, ...] = NAMES) -> Browser:
    found = next(filter(None, map(shutil.which, names)), None)
    # Without this switch of Playwright's, Back behaves as it does for people.
    return playwright.chromium.launch(
        executable_path=found, args=["--no-sandbox"], ignore_default_args=["--disable-back-forward-cache"]
    )


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


def _launched(playwright: Playwright, what: str, names: tuple[str, ...]) -> Iterator[Browser]:
    try:
        launched = _launch(playwright, names)
    except Error:
        if os.environ.get("HEARD_NEEDS_BROWSER"):
            pytest.fail(f"No {what} here, and HEARD_NEEDS_BROWSER asks for the browser journeys.")
        pytest.skip(f"No {what} here: the browser journeys are skipped.")
    yield launched
    launched.close()


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    yield from _launched(playwright, "Chromium", NAMES)


@pytest.fixture(scope="session")
def full_browser(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium that keeps pages for Back, as people's does. The shell that is made for tests does not."""
    yield from _launched(playwright, "full Chromium", NAMES[1:])


def instance_of(folder: Path) -> Path:
    """Return where the served process of a test keeps its secrets; `folder` is the test's `tmp_path`."""
    return folder / "instance"


@pytest.fixture
def served(trust: DeskTrust, database_url: str, tmp_path: Path) -> Iterator[Served]:
    instance = instance_of(tmp_path)
    prepare_instance(instance)
    environ = environ_of(trust, database_url, instance)
    with serve(environ, tmp_path / "server.log") as running:
        yield running


@pytest.fixture(scope="session")
def pages_trust(all_databases: Databases) -> Iterator[DeskTrust]:
    """The trust behind `pages`; it has a place whose poster asks who somebody is."""
    made = make_trust(all_databases.new("sqlite"))
    with made.public() as work:
        add_places(work, [{"id": b"\x0b" * 16, "code": "9X2M", "name": "Main entrance", "site": "Coast House",
                           "directorate": "medicine", "staff_count": 400, "active": True, "opens": "choose"}])  # fmt: skip
    yield made
    made.database.close()


@pytest.fixture(scope="session")
def pages_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    instance = tmp_path_factory.mktemp("pages") / "instance"
    prepare_instance(instance)
    return instance


@pytest.fixture(scope="session")
def pages(pages_trust: DeskTrust, pages_instance: Path) -> Iterator[Served]:
    """One server for all tests that only look at pages."""
    address = pages_trust.database.engine.url.render_as_string(hide_password=False)
    environ = environ_of(pages_trust, address, pages_instance)
    with serve(environ, pages_instance.parent / "server.log") as running:
        yield running


@pytest.fixture(scope="session")
def leaving(pages_trust: DeskTrust, pages_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The same pages, with a neutral page of this computer: what Back shows depends on really having left."""
    folder = tmp_path_factory.mktemp("neutral")
    address = pages_trust.database.engine.url.render_as_string(hide_password=False)
    with neutral_page(folder) as exit_page:
        environ = environ_of(pages_trust, address, pages_instance) | {"HEARD_EXIT_PAGE": exit_page}
        with serve(environ, folder / "server.log") as running:
            yield running


class Tab:
    """One browser window that notes each request to another host and can examine its page."""

    def __init__(self, browser: Browser, served: Served, *, script: bool = True, width: int = 1280) -> None:
        self.context = browser.new_context(
            java_script_enabled=script,
            base_url=served.address,
            viewport={"width": width, "height": 900},
            # The neutral page of a test vouches for itself.
            ignore_https_errors=True,
        )
        self.context.set_default_timeout(10_000)
        self.page: Page = self.context.new_page()
        self.foreign: list[str] = []
        self._home = served.address
        self.context.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if not url.startswith(self._home + "/"):
            self.foreign.append(url)

    def examine(self) -> None:
        """Hold the page to axe-core and to the width of the window."""
        assert AXE.exists(), "axe-core is not installed: run make assets"
        # Our policy forbids scripts that we did not write; the engine is put in past it.
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        result = self.page.evaluate(
            "rules => axe.run(document, {runOnly: rules}).then("
            "r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(', ')))",
            RULES,
        )
        # Accepted in journeys.md section 17: the second skip link stands outside the landmarks.
        left = [line for line in result if not line.startswith("region:")]
        assert not left, (self.page.url, left)
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{self.page.url} is too wide"

    def close(self) -> None:
        """Close the window and everything it remembers."""
        self.context.close()


def mailbox_cookie_of(tab: Tab) -> str:
    """Return the mailbox cookie that a window holds."""
    [value] = [cookie["value"] for cookie in tab.context.cookies() if cookie["name"] == "__Host-m"]
    return value


def age_mailbox(tab: Tab, instance: Path, seconds: int) -> None:
    """Make the open mailbox of a window look as if it was last used that long ago."""
    keys = FormKeys(load_settings({"HEARD_INSTANCE": str(instance)}).intake_secret)
    cookie = read_mailbox_cookie(keys, mailbox_cookie_of(tab))
    aged = replace(cookie, first_seen=cookie.first_seen - seconds, last_seen=cookie.last_seen - seconds)
    kept = [one for one in tab.context.cookies() if one["name"] == "__Host-m"]
    tab.context.add_cookies([{**one, "value": seal_mailbox_cookie(keys, aged)} for one in kept])  # type: ignore[typeddict-item]
