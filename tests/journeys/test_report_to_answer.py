"""Given a nurse at a ward terminal, when she reports, then somebody answers and she can read it."""

import os
import re

import pytest
from playwright.sync_api import Browser

from tests.fixtures.served import ROOT, Served
from tests.journeys.acts import WORDS, enter_code, fill, send, sign_in, stay_here
from tests.journeys.conftest import Tab
from tests.service.desk import DeskTrust

A7 = (280, 397)
"""74 by 105 millimetres in the pixels of a page."""


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (True, 320), (False, 320)])
def test_a_report_is_read_and_answered(
    browser: Browser, served: Served, trust: DeskTrust, script: bool, width: int
) -> None:
    nurse, ana = (Tab(browser, served, script=script, width=width) for _ in range(2))
    fill(nurse)
    code = send(nurse)
    assert re.fullmatch(r"[0-9A-Z]{20}", code)
    reference = trust.only_reference()

    sign_in(ana)
    ana.page.goto(f"/cases/{reference}")
    ana.page.get_by_role("button", name="No, open it").click()
    assert WORDS in ana.page.locator("main").inner_text()
    ana.page.locator("#text").fill("Thank you. Are you safe?")
    ana.page.get_by_role("button", name="Send reply").click()
    ana.page.get_by_text("Thank you. Are you safe?").wait_for()

    enter_code(nurse, code)
    assert "Thank you. Are you safe?" in nurse.page.locator("main").inner_text()
    nurse.page.locator("#text").fill("Yes, I am.")
    nurse.page.get_by_role("button", name="Send", exact=True).click()
    nurse.page.get_by_text("Yes, I am.").wait_for()
    ana.page.goto(f"/cases/{reference}")
    assert "Yes, I am." in ana.page.locator("main").inner_text()
    assert nurse.foreign == ana.foreign == []
    nurse.close()
    ana.close()


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_passes_the_accessibility_engine(
    browser: Browser, served: Served, trust: DeskTrust, width: int
) -> None:
    code = trust_receipt(browser, served, width)
    reference = trust.only_reference()
    tab = Tab(browser, served, width=width)
    for path in ("/", "/quick", "/quick?w=7KQ4", "/return", "/support", "/privacy", "/accessibility", "/login"):
        tab.page.goto(path)
        tab.examine()
    tab.page.goto("/quick")
    tab.page.get_by_role("button", name="Send report").click()
    tab.page.get_by_text("There is a problem").wait_for()
    tab.examine()
    enter_code(tab, code)
    tab.examine()
    sign_in(tab)
    tab.examine()
    tab.page.goto(f"/cases/{reference}/gate")
    tab.examine()
    tab.page.get_by_role("button", name="No, open it").click()
    tab.page.get_by_label("Reply to the reporter").wait_for()
    tab.examine()
    assert tab.foreign == []
    tab.close()


def trust_receipt(browser: Browser, served: Served, width: int) -> str:
    tab = Tab(browser, served, width=width)
    fill(tab)
    code = send(tab)
    tab.examine()
    tab.close()
    return code


def test_back_after_clear_shows_nothing_that_was_typed(browser: Browser, served: Served) -> None:
    tab = Tab(browser, served)
    tab.page.goto("/")
    fill(tab)
    tab.page.get_by_role("link", name="Clear this page").click()
    tab.page.wait_for_url("**/quick")
    assert tab.page.locator("#words").input_value() == ""
    tab.page.go_back()
    assert WORDS not in tab.page.content()
    assert tab.page.locator("#words").count() == 0 or tab.page.locator("#words").input_value() == ""
    tab.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_picture_of_the_readme(browser: Browser, served: Served) -> None:
    tab = Tab(browser, served)
    tab.page.goto("/quick?w=7KQ4")
    picture = tab.page.screenshot()
    assert len(picture) > 10_000
    # A run of the tests changes no file of the repository unless it is asked to.
    if os.environ.get("HEARD_WRITE_IMAGES"):
        (ROOT / "docs/images/quick.png").write_bytes(picture)
    tab.close()


@pytest.mark.parametrize("script", [True, False])
def test_back_after_leave_shows_nothing_that_was_typed(browser: Browser, served: Served, script: bool) -> None:
    tab = Tab(browser, served, script=script)
    # The neutral page is another host's, so the answer that leads there stands in for it, with its own headers.
    tab.context.route("**/leave", stay_here)
    fill(tab)
    tab.page.locator(".app-exit__button").click()
    tab.page.get_by_text("Weather").wait_for()
    tab.page.go_back()
    assert tab.page.locator("#words").count() == 0 or tab.page.locator("#words").input_value() == ""
    tab.close()


def test_without_script_no_control_is_dead_and_only_leave_stays_on_screen(browser: Browser, served: Served) -> None:
    tab = Tab(browser, served, script=False, width=375)
    fill(tab)
    leave, back = tab.page.locator(".app-exit__button"), tab.page.locator(".app-back")
    tab.page.evaluate("scrollTo(0, 0)")
    header, above = tab.page.locator("header").first.bounding_box(), back.bounding_box()
    assert header is not None
    assert above is not None
    assert above["y"] >= header["y"] + header["height"], "Back lies over the header"
    tab.page.locator("#words").scroll_into_view_if_needed()
    tab.page.mouse.wheel(0, 600)
    tab.page.wait_for_timeout(300)
    assert (leave.bounding_box() or {"y": -1})["y"] >= 0
    assert (back.bounding_box() or {"y": 0})["y"] < 0
    send(tab)
    assert not tab.page.get_by_text("print a small slip").is_visible()
    tab.close()


def test_a_printed_receipt_is_a_slip_of_a7_with_the_code_in_large_groups(browser: Browser, served: Served) -> None:
    tab = Tab(browser, served)
    fill(tab)
    code = send(tab)
    tab.page.emulate_media(media="print")
    groups = tab.page.locator(".app-slip__code span")
    assert "".join(groups.all_inner_texts()) == code and groups.count() == 5
    assert groups.first.evaluate("group => parseFloat(getComputedStyle(group).fontSize)") >= 28
    slip = tab.page.locator(".app-slip").bounding_box()
    assert slip is not None
    assert slip["width"] <= A7[0] and slip["height"] <= A7[1]
    for group in groups.all():
        box = group.bounding_box()
        assert box is not None and box["x"] + box["width"] <= slip["x"] + slip["width"]
    assert " ".join(tab.page.locator("body").inner_text().split()).endswith(tab.page.url.split("/")[2])
    assert "racis" not in tab.page.locator("body").inner_text().lower()
    tab.close()
