"""Given a narrow window and a script that runs from right to left, then nothing is cut off and nothing overlaps."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.fixtures.served import Served
from tests.journeys.acts import enter_code, fill, send
from tests.journeys.conftest import Tab
from tests.journeys.layout import hold

TAB_ORDER = Path(__file__).parent / "snapshots/tab_order.json"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MIRRORED = (".app-exit__button", ".app-back", "aside", "#who", "#who-error", "#place", ".nhsuk-error-summary a",
            ".nhsuk-details__summary", ".nhsuk-details__text p")  # fmt: skip


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_public_pages_fit_a_narrow_window_in_both_directions(browser: Browser, served: Served, direction: str) -> None:
    tab = Tab(browser, served, width=320)
    for path in ("/", "/quick", "/quick?w=7KQ4", "/return", "/support", "/privacy", "/how-it-works", "/accessibility",
                 "/easy-read", "/bsl", "/languages", "/other-ways", "/paper-form", "/paper-form?size=large", "/w/7KQ4", "/nowhere"):  # fmt: skip
        tab.page.goto(path)
        hold(tab, direction)
    tab.page.goto("/quick")
    tab.page.locator("input[name=privacy][value=named]").check()
    tab.page.get_by_role("button", name="Send report").click()
    tab.page.get_by_text("There is a problem").wait_for()
    hold(tab, direction)
    fill(tab)
    code = send(tab)
    hold(tab, direction)
    tab.page.goto("/return")
    tab.page.locator("#code").fill("wrong")
    tab.page.get_by_role("button", name="Continue").click()
    tab.page.get_by_text("There is a problem").wait_for()
    hold(tab, direction)
    enter_code(tab, code)
    tab.page.locator("#text").fill("word " * 40)
    tab.page.get_by_role("button", name="Send", exact=True).click()
    tab.page.locator(".app-message").wait_for()
    hold(tab, direction)
    tab.close()


def test_from_right_to_left_the_page_is_mirrored(browser: Browser, served: Served) -> None:
    tab = Tab(browser, served)
    edges: dict[str, list[tuple[float, float]]] = {}
    for direction in ("ltr", "rtl"):
        tab.page.goto("/quick")
        tab.page.get_by_role("button", name="Send report").click()
        tab.page.get_by_text("There is a problem").wait_for()
        hold(tab, direction)
        boxes = [tab.page.locator(selector).first.bounding_box() for selector in MIRRORED]
        edges[direction] = [(box["x"], box["x"] + box["width"]) for box in boxes if box]
    assert len(edges["ltr"]) == len(MIRRORED)
    for name, there, here in zip(MIRRORED, edges["ltr"], edges["rtl"], strict=True):
        assert (1280 - here[1], 1280 - here[0]) == pytest.approx(there, abs=2), name
    tab.close()


FOCUSED = r"""() => {
  const e = document.activeElement;
  if (!e || e === document.body) return "";
  if (e.closest("[data-languages]")) return "languages";
  const words = e.labels?.length ? e.labels[0].innerText : e.innerText || e.value || e.id;
  return `${e.tagName.toLowerCase()}${e.type ? " " + e.type : ""}: ${words.trim().split("\n")[0]}`;
}"""


def tab_order(tab: Tab) -> list[str]:
    """Return what each press of Tab reaches, until the page is left."""
    reached: list[str] = []
    while len(reached) < 100:
        tab.page.keyboard.press("Tab")
        focused = tab.page.evaluate(FOCUSED)
        if not focused or (reached and focused == reached[0]):
            return reached
        hidden = tab.page.evaluate("document.activeElement.getBoundingClientRect().width < 2")
        assert not hidden, f"{focused} takes the focus and cannot be seen"
        # How many there are depends on the catalogues, not on the form.
        if focused != "languages":
            reached.append(focused)
    raise AssertionError("the focus goes round")


def test_the_tab_key_goes_through_the_quick_form_in_its_order(browser: Browser, served: Served) -> None:
    tab = Tab(browser, served)
    found = {}
    for path in ("/quick", "/quick?w=7KQ4"):
        tab.page.goto(path)
        found[path] = tab_order(tab)
    assert found == json.loads(TAB_ORDER.read_text(encoding="utf-8"))
    tab.close()
