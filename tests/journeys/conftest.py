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
from config import load_settings, prepare_instance
from tests.fixtures.served import ROOT, Served, environ_of, serve
from tests.service.desk import DeskTrust

AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def _launch(playwright: Playwright) -> Browser:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    # Without this switch of Playwright's, Back behaves as it does for people.
    return playwright.chromium.launch(
        executable_path=found, args=["--no-sandbox"], ignore_default_args=["--disable-back-forward-cache"]
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            launched = _launch(playwright)
        except Error:
            if os.environ.get("HEARD_NEEDS_BROWSER"):
                pytest.fail("No Chromium here, and HEARD_NEEDS_BROWSER asks for the browser journeys.")
            pytest.skip("No Chromium here: the browser journeys are skipped.")
        yield launched
        launched.close()


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


class Tab:
    """One browser window that notes each request to another host and can examine its page."""

    def __init__(self, browser: Browser, served: Served, *, script: bool = True, width: int = 1280) -> None:
        self.context = browser.new_context(
            java_script_enabled=script, base_url=served.address, viewport={"width": width, "height": 900}
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
