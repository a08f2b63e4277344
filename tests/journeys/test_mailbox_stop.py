"""Given a report, when its reporter asks us to stop, changes their mind, or is away too long, then nothing is lost."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.fixtures.served import Served
from tests.journeys.acts import enter_code, fill, send, sign_in
from tests.journeys.conftest import Tab, age_mailbox, instance_of
from tests.service.desk import DeskTrust

UNTIL = "16 December"


def press(tab: Tab, name: str) -> None:
    tab.page.get_by_role("button", name=name, exact=True).click()


def heading(tab: Tab, text: str) -> None:
    expect(tab.page.get_by_role("heading", level=1)).to_have_text(text)


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (True, 320), (False, 375)])
def test_a_reporter_asks_us_to_stop_and_has_us_carry_on(
    browser: Browser, served: Served, trust: DeskTrust, script: bool, width: int
) -> None:
    nurse, ana = (Tab(browser, served, script=script, width=width) for _ in range(2))
    # Given a report whose mailbox is open
    fill(nurse)
    enter_code(nurse, send(nurse))
    # When its reporter asks us to stop, and is asked once more
    nurse.page.get_by_role("link", name="Ask us to stop").click()
    heading(nurse, "Ask us to stop")
    press(nurse, "Continue")
    expect(nurse.page.get_by_role("link", name="Choose what you want us to do")).to_be_visible()
    nurse.page.get_by_label("Stop looking into it, keep it in the count").check()
    press(nurse, "Continue")
    heading(nurse, "Shall we stop?")
    press(nurse, "Yes, stop")
    # Then the mailbox says so and until when it can be taken back
    heading(nurse, "You asked us to stop")
    assert f"You can change your mind until {UNTIL}." in nurse.page.locator("main").inner_text()
    # And the desk reads it at once
    sign_in(ana)
    assert "Asked to stop" in ana.page.locator("main").inner_text()
    ana.page.goto(f"/cases/{trust.only_reference()}")
    press(ana, "No, open it")
    expect(ana.page.get_by_text(f"Asked to stop, keep the count (until {UNTIL} they can undo it).")).to_be_visible()
    # When they change their mind
    nurse.page.goto("/inbox")
    press(nurse, "Carry on after all")
    expect(nurse.page.get_by_text("We carry on with your report.")).to_be_visible()
    # Then everything is as before
    heading(nurse, "Received")
    expect(nurse.page.get_by_role("button", name="Carry on after all")).to_have_count(0)
    ana.page.reload()
    expect(ana.page.get_by_text("they can undo it")).to_have_count(0)
    assert nurse.foreign == ana.foreign == []
    nurse.close()
    ana.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_of_the_mailbox_passes_the_accessibility_engine(
    browser: Browser, served: Served, trust: DeskTrust, width: int
) -> None:
    tab = Tab(browser, served, width=width)
    fill(tab)
    enter_code(tab, send(tab))
    tab.page.locator("summary").click()
    tab.examine()
    press(tab, "Send this change")
    expect(tab.page.get_by_text("There is a problem")).to_be_visible()
    tab.examine()
    for path, button in (("/inbox/consent", ""), ("/inbox/stop", "Continue")):
        tab.page.goto(path)
        tab.examine()
        if button:
            press(tab, button)
            expect(tab.page.get_by_text("There is a problem")).to_be_visible()
            tab.examine()
    tab.page.locator("[value=delete_all]").check()
    press(tab, "Continue")
    heading(tab, "Shall we delete everything?")
    tab.examine()
    press(tab, "Yes, delete everything")
    heading(tab, "You asked us to delete it")
    tab.examine()
    tab.page.goto("/inbox")
    tab.examine()
    assert tab.foreign == []
    tab.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_message_written_too_slowly_is_kept_and_sent_once_the_code_is_entered_again(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    tab = Tab(browser, served, script=False, width=375)
    fill(tab)
    code = send(tab)
    enter_code(tab, code)
    tab.page.locator("#text").fill("I thought about it for a long time.")
    age_mailbox(tab, instance_of(tmp_path), 16 * 60)
    press(tab, "Send")
    heading(tab, "We cleared this page to keep it private")
    tab.page.locator("#code").fill("7KQ4-M2XD-9FTP-HRW3-V8BN")
    press(tab, "Continue")
    assert tab.page.locator("#text").input_value() == "I thought about it for a long time."
    tab.page.locator("#code").fill(code)
    press(tab, "Continue")
    heading(tab, "Received")
    assert tab.page.locator(".app-message").count() == 0
    press(tab, "Send")
    expect(tab.page.get_by_text("We have your message.")).to_be_visible()
    assert "I thought about it for a long time." in tab.page.locator(".app-message").inner_text()
    tab.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_back_from_the_last_page_shows_no_choice_that_was_made(browser: Browser, served: Served) -> None:
    tab = Tab(browser, served)
    fill(tab)
    enter_code(tab, send(tab))
    tab.page.goto("/inbox/stop")
    tab.page.locator("[value=delete_words]").check()
    press(tab, "Continue")
    heading(tab, "Shall we delete what you wrote?")
    tab.page.go_back()
    heading(tab, "Ask us to stop")
    expect(tab.page.locator("[name=choice]:checked")).to_have_count(0)
    tab.close()
