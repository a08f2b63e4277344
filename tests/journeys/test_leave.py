"""Given somebody who has to go at once, when they leave, then nothing that they typed or read can be found by Back."""

import pytest
from playwright.sync_api import Browser, expect

from tests.fixtures.served import Served
from tests.journeys.acts import WORDS, enter_code, fill, send
from tests.journeys.conftest import Tab
from tests.journeys.leaving import finish, shown, turn, visitor

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def press_shift(tab: Tab, times: int) -> None:
    for _ in range(times):
        tab.page.keyboard.press("Shift")


@pytest.mark.parametrize("script", [True, False])
def test_back_after_finish_shows_neither_the_code_nor_what_was_typed(
    browser: Browser, served: Served, script: bool
) -> None:
    tab = visitor(browser, served, script=script)
    tab.page.goto("/")
    fill(tab)
    code = send(tab)
    # What the page says of Back is what the rest of this test sees Back do.
    expect(tab.page.get_by_text("so the next person cannot go back to it")).to_be_visible(visible=script)
    expect(tab.page.get_by_text("Until then the next person can see your code again")).to_be_visible(visible=not script)
    finish(tab)
    offers = []
    for _ in range(3):
        offers.append(turn(tab))
        assert WORDS not in shown(tab)
        assert code[:4] not in shown(tab)
    # With script the receipt is not in the history at all; without it the browser offers to send again.
    assert any(offers) is not script
    tab.close()


def test_back_after_finish_in_the_mailbox_shows_no_message(browser: Browser, served: Served) -> None:
    tab = visitor(browser, served)
    fill(tab)
    enter_code(tab, send(tab))
    tab.page.locator("#text").fill("It happened again.")
    tab.page.get_by_role("button", name="Send", exact=True).click()
    tab.page.get_by_text("It happened again.").wait_for()
    tab.page.locator("#text").fill("Half a sentence")
    finish(tab)
    assert not [cookie for cookie in tab.context.cookies() if cookie["name"] == "__Host-m"]
    turn(tab)
    for text in ("It happened again.", "Half a sentence"):
        assert text not in shown(tab)
    tab.close()


def test_shift_three_times_leaves_and_shows_the_presses(browser: Browser, served: Served) -> None:
    tab = visitor(browser, served)
    fill(tab)
    dots = tab.page.locator(".app-exit__dots i.app-on")
    press_shift(tab, 2)
    expect(dots).to_have_count(2)
    press_shift(tab, 1)
    tab.page.get_by_text("Weather").wait_for()
    tab.page.go_back()
    assert WORDS not in shown(tab)
    tab.close()


def test_shift_leaves_from_the_receipt_and_the_mailbox_as_well(browser: Browser, served: Served) -> None:
    tab = visitor(browser, served)
    fill(tab)
    code = send(tab)
    press_shift(tab, 3)
    tab.page.get_by_text("Weather").wait_for()
    enter_code(tab, code)
    press_shift(tab, 3)
    tab.page.get_by_text("Weather").wait_for()
    tab.close()


def test_capital_letters_and_slow_presses_do_not_leave(browser: Browser, served: Served) -> None:
    tab = visitor(browser, served)
    tab.page.clock.install()
    fill(tab)
    words = tab.page.locator("#words")
    words.focus()
    for letter in "ABCD":
        tab.page.keyboard.press(f"Shift+{letter}")
    assert words.input_value().endswith("ABCD")
    press_shift(tab, 2)
    tab.page.clock.run_for(5_100)
    press_shift(tab, 2)
    expect(tab.page.locator(".app-exit__dots i.app-on")).to_have_count(2)
    assert tab.page.url.endswith("/quick?w=7KQ4")
    tab.close()


def test_the_second_link_of_every_public_page_leaves(browser: Browser, served: Served) -> None:
    tab = visitor(browser, served)
    for path in ("/quick", "/return", "/support", "/privacy", "/how-it-works", "/accessibility", "/nowhere"):
        tab.page.goto(path)
        for _ in range(2):
            tab.page.keyboard.press("Tab")
        assert tab.page.evaluate("document.activeElement.innerText") == "Leave this site"
        expect(tab.page.locator(":focus")).to_be_in_viewport()
        tab.page.keyboard.press("Enter")
        tab.page.get_by_text("Weather").wait_for()
    tab.close()


def test_after_an_error_back_and_forward_show_nothing_that_was_typed(browser: Browser, served: Served) -> None:
    tab = Tab(browser, served)
    tab.page.goto("/")
    tab.page.goto("/quick")
    tab.page.locator("#words").fill(WORDS)
    tab.page.get_by_role("button", name="Send report").click()
    tab.page.get_by_text("There is a problem").wait_for()
    assert tab.page.locator("#words").input_value() == WORDS
    turn(tab)
    assert tab.page.locator("#words").input_value() == ""
    turn(tab, back=False)
    assert WORDS not in shown(tab)
    turn(tab)
    fill(tab)
    assert len(send(tab)) == 20
    tab.close()


def test_an_answer_with_an_error_is_not_there_to_go_back_to_after_finish(browser: Browser, served: Served) -> None:
    tab = visitor(browser, served)
    tab.page.goto("/")
    fill(tab)
    tab.page.locator("input[name=what][value=words]").uncheck()
    tab.page.get_by_role("button", name="Send report").click()
    tab.page.get_by_text("There is a problem").wait_for()
    tab.page.locator("input[name=what][value=words]").check()
    code = send(tab)
    finish(tab)
    for _ in range(3):
        assert not turn(tab)
        assert WORDS not in shown(tab)
        assert code[:4] not in shown(tab)
    tab.close()


def test_a_mistyped_code_is_not_there_to_go_back_to(browser: Browser, served: Served) -> None:
    tab = visitor(browser, served)
    fill(tab)
    code = send(tab)
    tab.page.goto("/return")
    tab.page.locator("input[name=code]").fill(code[:-1])
    tab.page.locator("main form button").first.click()
    tab.page.get_by_text("There is a problem").wait_for()
    tab.page.locator("input[name=code]").fill(code)
    tab.page.locator("main form button").first.click()
    tab.page.wait_for_url("**/inbox")
    finish(tab)
    for _ in range(2):
        turn(tab)
        assert code[:8] not in shown(tab).replace("-", "")
    tab.close()
