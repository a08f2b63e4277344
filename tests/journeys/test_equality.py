"""Given somebody who has just reported, when they answer the one question, then Back shows neither code nor answer."""

import pytest
from playwright.sync_api import Browser, Page

from models.equality import Equality
from models.report import Report
from tests.fixtures.served import Served
from tests.journeys.acts import WORDS, fill, send
from tests.journeys.conftest import Tab
from tests.journeys.layout import hold
from tests.journeys.leaving import finish, shown, turn, visitor
from tests.service.desk import DeskTrust

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
BUTTON = "Answer one question about you (optional)"


def ask(page: Page) -> None:
    """Press the button of the receipt page."""
    page.get_by_role("button", name=BUTTON).click()
    page.get_by_role("heading", name="One optional question about you").wait_for()


def answer(page: Page, label: str) -> None:
    page.get_by_label(label, exact=True).check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("heading", name="Thank you. You can close this page.").wait_for()


def test_back_from_the_question_shows_the_start_page_and_not_the_code(
    browser: Browser, served: Served, trust: DeskTrust
) -> None:
    tab = Tab(browser, served)
    tab.page.goto("/")
    fill(tab)
    code = send(tab)
    ask(tab.page)
    assert not turn(tab), "the browser offers to send the report again"
    assert tab.page.url == f"{served.address}/"
    assert code[:4] not in shown(tab)
    assert WORDS not in shown(tab)
    for _ in range(2):
        turn(tab)
        assert code[:4] not in shown(tab)
        assert WORDS not in shown(tab)
    assert trust.count(Report) == 1
    tab.close()


@pytest.mark.parametrize("script", [True, False])
def test_after_an_answer_nothing_to_go_back_to_shows_it(
    browser: Browser, served: Served, trust: DeskTrust, script: bool
) -> None:
    tab = visitor(browser, served, script=script)
    tab.page.goto("/")
    fill(tab)
    code = send(tab)
    ask(tab.page)
    answer(tab.page, "Caribbean")
    assert trust.count(Equality) == 1
    finish(tab)
    offers = []
    for _ in range(5):
        offers.append(turn(tab))
        assert code[:4] not in shown(tab)
        assert WORDS not in shown(tab)
        assert not tab.page.locator("input[value=black_caribbean]:checked").count()
    # Without script the browser offers to send again, and shows nothing until somebody says yes.
    assert any(offers) is not script
    assert (trust.count(Report), trust.count(Equality)) == (1, 1)
    tab.close()


def test_the_button_pressed_twice_and_the_answer_saved_twice_are_one_answer(
    browser: Browser, served: Served, trust: DeskTrust
) -> None:
    tab = Tab(browser, served)
    fill(tab)
    send(tab)
    tab.page.get_by_role("button", name=BUTTON).dblclick()
    tab.page.get_by_role("heading", name="One optional question about you").wait_for()
    tab.page.get_by_label("Roma", exact=True).check()
    tab.page.get_by_role("button", name="Save", exact=True).dblclick()
    tab.page.get_by_role("heading", name="Thank you. You can close this page.").wait_for()
    assert trust.count(Equality) == 1
    tab.page.reload()
    tab.page.get_by_role("heading", name="Thank you. You can close this page.").wait_for()
    assert trust.count(Equality) == 1
    tab.close()


def test_the_question_is_answered_by_keyboard_alone(browser: Browser, served: Served, trust: DeskTrust) -> None:
    tab = Tab(browser, served)
    fill(tab)
    send(tab)
    button = tab.page.get_by_role("button", name=BUTTON)
    button.focus()
    tab.page.keyboard.press("Enter")
    tab.page.get_by_role("heading", name="One optional question about you").wait_for()
    tab.page.get_by_role("button", name="Save", exact=True).focus()
    tab.page.keyboard.press("Enter")
    tab.page.get_by_text("There is a problem").wait_for()
    # The summary has the focus; its link goes to the first of the groups.
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Enter")
    assert tab.page.evaluate("document.activeElement.id") == "ethnic_2021"
    tab.page.keyboard.press("ArrowDown")
    assert tab.page.locator("input[value=white_irish]").is_checked()
    tab.page.keyboard.press("Enter")
    tab.page.get_by_role("heading", name="Thank you. You can close this page.").wait_for()
    assert trust.count(Equality) == 1
    tab.close()


def leave_empty(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("There is a problem").wait_for()


def refuse_not(page: Page) -> None:
    answer(page, "I would rather not say")


def send_altered(page: Page) -> None:
    page.evaluate(
        """() => {
          const form = document.createElement("form");
          form.method = "post";
          form.action = "/about-you";
          document.body.append(form);
          form.submit();
        }"""
    )
    page.get_by_role("heading", name="We cannot take this answer any more").wait_for()


@pytest.mark.parametrize("width", [1280, 320])
def test_every_state_passes_the_accessibility_engine_in_both_directions(
    browser: Browser, served: Served, width: int
) -> None:
    tab = Tab(browser, served, width=width)
    fill(tab)
    send(tab)
    for reach in (ask, leave_empty, refuse_not, send_altered):
        reach(tab.page)
        tab.examine()
        if width == 320:
            for direction in ("rtl", "ltr"):
                hold(tab, direction)
    assert tab.foreign == []
    tab.close()
