"""Given a page that nobody touches, when its time is over, then it is cleared, and it says so before."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import delete, update

from models.session import Session
from tests.fixtures.served import Served
from tests.journeys.acts import WORDS, enter_code, fill, send, sign_in, stay_here
from tests.journeys.conftest import Tab, age_mailbox, instance_of, mailbox_cookie_of
from tests.service.desk import DeskTrust

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def quiet(tab: Tab, minutes: float) -> None:
    """Let minutes pass in the browser, with its timers."""
    tab.page.clock.run_for(round(minutes * 60_000))


def still(browser: Browser, served: Served) -> Tab:
    """A window whose clock the test moves."""
    tab = Tab(browser, served)
    tab.page.clock.install()
    return tab


def test_a_quiet_quick_form_asks_and_then_clears_itself(browser: Browser, served: Served) -> None:
    tab = still(browser, served)
    fill(tab)
    quiet(tab, 4.9)
    expect(tab.page.get_by_role("dialog")).to_have_count(0)
    quiet(tab, 0.2)
    expect(tab.page.get_by_role("dialog", name="Still there?")).to_be_visible()
    tab.examine()
    tab.page.get_by_role("button", name="Keep my answers").click()
    expect(tab.page.locator("dialog")).not_to_be_visible()
    assert tab.page.locator("#words").input_value() == WORDS
    quiet(tab, 5.1)
    expect(tab.page.get_by_role("dialog")).to_be_visible()
    quiet(tab, 2.1)
    expect(tab.page.locator("#words")).to_have_value("")
    tab.page.go_back()
    assert WORDS not in tab.page.content()
    tab.close()


def test_typing_keeps_the_quick_form(browser: Browser, served: Served) -> None:
    tab = still(browser, served)
    fill(tab)
    for _ in range(3):
        quiet(tab, 4)
        tab.page.locator("#words").press_sequentially("x")
    expect(tab.page.locator("dialog")).not_to_be_visible()
    assert tab.page.locator("#words").input_value().count("x") == 3
    tab.close()


def test_a_quiet_receipt_asks_and_then_leaves(browser: Browser, served: Served) -> None:
    tab = still(browser, served)
    tab.context.route("**/leave", stay_here)
    fill(tab)
    code = send(tab)
    quiet(tab, 10.1)
    expect(tab.page.get_by_role("button", name="Keep showing it")).to_be_visible()
    quiet(tab, 2.1)
    tab.page.get_by_text("Weather").wait_for()
    tab.page.go_back()
    assert code[:4] not in tab.page.locator("body").inner_text()
    tab.close()


def test_keeping_the_mailbox_open_renews_its_cookie(browser: Browser, served: Served, tmp_path: Path) -> None:
    tab = still(browser, served)
    fill(tab)
    enter_code(tab, send(tab))
    age_mailbox(tab, instance_of(tmp_path), 13 * 60)
    aged = mailbox_cookie_of(tab)
    quiet(tab, 13.1)
    with tab.page.expect_response("**/inbox") as answer:
        tab.page.get_by_role("button", name="Keep it open").click()
    assert answer.value.status == 200
    expect(tab.page.locator("dialog")).not_to_be_visible()
    assert mailbox_cookie_of(tab) != aged
    tab.close()


def test_the_desk_warns_before_the_session_ends_and_keeps_it_when_asked(browser: Browser, served: Served) -> None:
    tab = still(browser, served)
    sign_in(tab)
    quiet(tab, 12.9)
    expect(tab.page.locator("dialog")).not_to_be_visible()
    quiet(tab, 0.2)
    expect(tab.page.get_by_role("dialog", name="Still there?")).to_be_visible()
    tab.examine()
    with tab.page.expect_response("**/account/session?1") as answer:
        tab.page.get_by_role("button", name="Stay signed in").click()
    assert answer.value.status == 200
    expect(tab.page.locator("dialog")).not_to_be_visible()
    quiet(tab, 12.9)
    expect(tab.page.locator("dialog")).not_to_be_visible()
    quiet(tab, 2.2)
    expect(tab.page.get_by_role("dialog", name="You have been signed out")).to_be_visible()
    tab.examine()
    tab.page.get_by_role("button", name="Show the page").click()
    expect(tab.page.locator("dialog")).not_to_be_visible()
    assert tab.page.url.endswith("/cases")
    tab.close()


def test_the_desk_says_so_when_the_server_has_already_ended_the_session(
    browser: Browser, served: Served, trust: DeskTrust
) -> None:
    tab = still(browser, served)
    sign_in(tab)
    with trust.public() as work:
        work.connection.execute(delete(Session))
    quiet(tab, 13.1)
    tab.page.get_by_role("button", name="Stay signed in").click()
    expect(tab.page.get_by_role("dialog", name="You have been signed out")).to_be_visible()
    tab.page.get_by_role("link", name="Sign in again").click()
    tab.page.wait_for_url("**/login*")
    tab.close()


def test_a_page_in_another_tab_keeps_the_warning_away(browser: Browser, served: Served) -> None:
    tab = still(browser, served)
    sign_in(tab)
    quiet(tab, 13.1)
    expect(tab.page.locator("dialog")).to_be_visible()
    other = tab.context.new_page()
    other.goto("/cases")
    expect(tab.page.locator("dialog")).not_to_be_visible()
    tab.close()


def test_signing_out_from_the_warning_ends_the_session(browser: Browser, served: Served, trust: DeskTrust) -> None:
    tab = still(browser, served)
    sign_in(tab)
    quiet(tab, 13.1)
    tab.page.get_by_role("button", name="Sign out now").click()
    tab.page.wait_for_url("**/login*")
    assert trust.count(Session) == 0
    tab.close()


def test_the_desk_warns_ten_minutes_before_eight_hours_are_over(
    browser: Browser, served: Served, trust: DeskTrust
) -> None:
    tab = still(browser, served)
    sign_in(tab)
    with trust.public() as work:
        work.connection.execute(update(Session).values(started_at=datetime.now(UTC) - timedelta(hours=7, minutes=48)))
    tab.page.goto("/cases")
    quiet(tab, 0.9)
    expect(tab.page.locator("dialog")).not_to_be_visible()
    quiet(tab, 1.2)
    expect(tab.page.get_by_role("dialog", name="You will be signed out in 10 minutes")).to_be_visible()
    tab.examine()
    tab.page.get_by_role("button", name="Go on for now").click()
    quiet(tab, 5)
    expect(tab.page.locator("dialog")).not_to_be_visible()
    quiet(tab, 5)
    expect(tab.page.get_by_role("dialog", name="You have been signed out")).to_be_visible()
    tab.close()
