"""Given sentences that are 40 % longer, in either direction, then no public page scrolls sideways or hides a word."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route

from app.factory import create_app
from config import Settings
from tests.fixtures.pseudo import LEFT_TO_RIGHT, RIGHT_TO_LEFT, install_pseudo
from tests.fixtures.walk import State, Walk
from tests.journeys.layout import OVERLAPS
from tests.web.conftest import settings as settings

HOME = "http://localhost"
WIDTHS = (320, 1280)
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WIDE = "[document.documentElement.scrollWidth, document.body.scrollWidth, innerWidth]"
OPEN = """() => {
  document.querySelectorAll("details").forEach(one => { one.open = true; });
  document.querySelectorAll("[value=named]").forEach(one => { one.checked = true; });
}"""


@pytest.fixture
def pseudo_app(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    install_pseudo(tmp_path / "translations", monkeypatch)
    made = create_app(settings)
    yield made
    made.extensions["heard"].database.close()


@pytest.fixture
def window(browser: Browser, pseudo_app: Flask) -> Iterator[Page]:
    """A browser whose styles and scripts come from the application; each page is handed to it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()

    def send(route: Route) -> None:
        answer = pseudo_app.test_client().get(route.request.url.removeprefix(HOME))
        route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.get_data())

    page.route("**/static/*", send)
    yield page
    context.close()


def show(window: Page, state: State) -> None:
    address = f"{HOME}/shown"
    window.route(address, lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=state.page.text))
    window.goto(address)
    window.unroute(address)
    window.evaluate(OPEN)


@pytest.mark.parametrize("lang", [LEFT_TO_RIGHT, RIGHT_TO_LEFT])
def test_longer_sentences_fit_every_public_page(window: Page, pseudo_app: Flask, lang: str) -> None:
    wrong: dict[tuple[str, int], object] = {}
    looks = {re.sub(r'value="[^"]*"', "", state.page.text): state for state in Walk(pseudo_app, lang).states()}
    for state in looks.values():
        show(window, state)
        for width in WIDTHS:
            window.set_viewport_size({"width": width, "height": 900})
            size, overlaps = window.evaluate(WIDE), window.evaluate(OVERLAPS) if width == min(WIDTHS) else []
            if max(size) > width or overlaps:
                wrong[state.name, width] = size, overlaps[:3]
    assert not wrong


def test_the_languages_leave_no_empty_line_once_answers_were_given(window: Page, pseudo_app: Flask) -> None:
    html = pseudo_app.test_client().get("/report").get_data(as_text=True)
    window.route(f"{HOME}/report", lambda route: route.fulfill(body=html, content_type="text/html"))
    window.set_viewport_size({"width": 375, "height": 800})
    window.goto(f"{HOME}/report")
    bar, languages = window.locator(".app-bar"), window.locator("[data-languages]")
    before = bar.bounding_box()
    window.locator("#role").check()
    # Nothing moves under the finger that answers.
    assert languages.evaluate("row => getComputedStyle(row).visibility") == "hidden"
    assert bar.bounding_box() == before
    window.get_by_role("button", name="Continue").click()
    after = bar.bounding_box()
    assert before and after and after["height"] <= before["height"] - 24
    assert window.evaluate("document.activeElement.tagName") == "H1"
