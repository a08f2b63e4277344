"""Given a patient who reads Urdu on a phone, when she tells us and comes back, then every page stays in Urdu."""

import pytest
from playwright.sync_api import Browser, expect

from tests.fixtures.served import Served
from tests.journeys.conftest import Tab
from tests.service.desk import DeskTrust

WORDS = "انہوں نے میرے نام کا مذاق اڑایا۔"
QUESTIONS = {
    "role": "patient", "who": "me", "what": "words", "by": "staff", "when": "today", "before": "often",
    "wants": "stops", "danger": "no", "privacy": "anonymous",
}  # fmt: skip
"""What she ticks, by the codes behind the words."""
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def in_urdu(tab: Tab) -> None:
    """Hold a page to its language, its direction and its width."""
    assert tab.page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ur", "rtl"]
    tab.examine()


def answer_each(tab: Tab) -> None:
    """Answer what is asked, one question after the other, until there is nothing to go on to."""
    go_on = tab.page.locator("[data-continue]")
    while go_on.is_visible():
        step = tab.page.locator("[data-step]:visible").get_attribute("data-step") or ""
        if step in QUESTIONS:
            tab.page.locator(f"[data-step]:visible input[value={QUESTIONS[step]}]").first.check()
        if step == "words":
            tab.page.locator("#words").fill(WORDS)
        if step == "place":
            tab.page.locator("#place").select_option("none")
        go_on.click()


def test_a_patient_tells_us_in_urdu_and_reads_our_reply(browser: Browser, served: Served, trust: DeskTrust) -> None:
    tab = Tab(browser, served, width=375)
    tab.page.goto("/report")
    tab.page.get_by_role("link", name="اردو").click()
    tab.page.wait_for_url("**/report?lang=ur")
    in_urdu(tab)
    answer_each(tab)
    in_urdu(tab)
    assert not tab.page.locator("[data-languages]").is_visible(), "the way to another language would lose the answers"
    tab.page.locator("[data-send]").click()
    code = tab.page.locator(".app-code")
    code.wait_for()
    in_urdu(tab)
    assert code.evaluate("code => getComputedStyle(code).direction") == "ltr"
    receipt = code.inner_text()
    report = trust.opened_report("ana")
    assert (report["lang"], report["answers"]["words"]) == ("ur", WORDS)

    tab.page.goto("/return?lang=ur")
    in_urdu(tab)
    tab.page.locator("#code").fill(receipt)
    tab.page.locator("form button[type=submit]").click()
    tab.page.wait_for_url("**/inbox?lang=ur")
    tab.page.locator("#text").fill("شکریہ")
    tab.page.locator("form[action^='/inbox/reply'] button[type=submit]").click()
    expect(tab.page.locator(".app-message")).to_contain_text("شکریہ")
    in_urdu(tab)
    assert tab.foreign == []
    tab.close()
