"""A real browser and a real server."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright, sync_playwright

from config import prepare_instance
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
            pytest.skip("No Chromium here: the browser journeys are skipped.")
        yield launched
        launched.close()


@pytest.fixture
def served(trust: DeskTrust, database_url: str, tmp_path: Path) -> Iterator[Served]:
    instance = tmp_path / "instance"
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
