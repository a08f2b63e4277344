"""Given anyone with something to tell, when they answer one question at a time or one long page, then it is sent."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.fixtures.served import Served
from tests.journeys.acts import send
from tests.journeys.conftest import Tab
from tests.journeys.report_steps import PATIENT, answer_all, go_on, title
from tests.service.desk import WARD, DeskTrust

WORDS = "They laughed at <b>my</b> name.\nThen they walked off."
ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def kept(trust: DeskTrust) -> dict[str, Any]:
    return dict(trust.opened_report("ana")["answers"])


@pytest.mark.parametrize("width", [1280, 320])
def test_a_patient_answers_one_question_at_a_time(
    browser: Browser, served: Served, trust: DeskTrust, width: int
) -> None:
    tab = Tab(browser, served, width=width)
    tab.page.goto("/report")
    expect(tab.page).to_have_title("Question 1 – Heard")
    expect(tab.page.get_by_text("Question 1 of 13")).to_be_visible()
    answer_all(tab)
    tab.examine()
    expect(tab.page.locator("[data-check]")).to_contain_text("Someone who works here")
    send(tab)
    answers = kept(trust)
    assert answers["what"] == ["care"] and answers["wants"] == ["stops"] and answers["danger"] == "no"
    assert tab.foreign == []
    tab.close()


@ONE_DATABASE
@pytest.mark.parametrize("width", [1280, 320])
def test_every_question_passes_the_accessibility_engine(browser: Browser, served: Served, width: int) -> None:
    tab = Tab(browser, served, width=width)
    tab.page.goto("/report")
    answers = ("Patient", "Someone else", "No", "", "Something else", "A patient", "Before that", "", "", "", "Yes", "",
               "Call me", "Named")  # fmt: skip
    for place, answer in enumerate(answers, start=1):
        expect(tab.page.get_by_text(f"Question {place} of {13 if place < 3 else 14}")).to_be_visible()
        assert tab.page.locator("h1:visible").count() == 1
        if answer:
            tab.page.locator("[data-step]:visible").get_by_label(answer, exact=True).check()
        tab.examine()
        if title(tab).inner_text().startswith("Where"):
            tab.page.locator("#place").select_option("none")
        if answer == "Call me":
            tab.page.locator("#help_contact").fill("01632 960001")
        go_on(tab)
    expect(tab.page.get_by_role("alert")).to_contain_text("Enter your name, or choose Confidential")
    tab.examine()
    tab.close()


@ONE_DATABASE
def test_a_question_says_what_is_missing_and_keeps_the_place(browser: Browser, served: Served) -> None:
    tab = Tab(browser, served)
    tab.page.goto("/report")
    go_on(tab)
    expect(tab.page).to_have_title("Error: Question 1 – Heard")
    expect(tab.page.get_by_role("alert")).to_be_focused()
    tab.page.get_by_role("link", name="Select which is you").click()
    expect(tab.page.locator("#role")).to_be_focused()
    tab.examine()
    go_on(tab, "Visitor")
    expect(tab.page).to_have_title("Question 2 – Heard")
    expect(title(tab)).to_be_focused()
    expect(tab.page.get_by_role("alert")).to_have_count(0)
    tab.close()


@ONE_DATABASE
def test_back_and_change_lead_through_the_questions_and_lose_nothing(browser: Browser, served: Served) -> None:
    tab = Tab(browser, served)
    tab.page.goto("/report")
    go_on(tab, "Patient")
    go_on(tab, "Me")
    tab.page.locator("#words").fill(WORDS)
    go_on(tab)
    tab.page.get_by_role("link", name="Back", exact=True).click()
    expect(title(tab)).to_have_text("Tell us in your own words (optional)")
    expect(tab.page.locator("#words")).to_have_value(WORDS)
    tab.page.go_back()
    expect(title(tab)).to_have_text("Who did it happen to?")
    # A new answer asks one question more, and the number of questions says so.
    go_on(tab, "Someone I care for")
    expect(tab.page.get_by_text("Question 3 of 14")).to_be_visible()
    expect(title(tab)).to_have_text("Do they know that you are telling us?")
    tab.page.go_back()
    tab.page.go_back()
    expect(title(tab)).to_have_text("Which is you?")
    tab.close()


@ONE_DATABASE
def test_a_changed_answer_leads_back_to_the_list_by_way_of_what_it_asks(browser: Browser, served: Served) -> None:
    tab = Tab(browser, served)
    tab.page.goto("/report")
    answer_all(tab)
    tab.page.get_by_role("button", name="Change Who did it happen to?").click()
    go_on(tab, "Someone I care for")
    expect(title(tab)).to_have_text("Do they know that you are telling us?")
    go_on(tab, "They know")
    expect(title(tab)).to_have_text("Check your answers")
    expect(tab.page.locator("[data-check]")).to_contain_text("They know")
    tab.close()


@ONE_DATABASE
def test_danger_shows_at_once_whom_to_call(browser: Browser, served: Served) -> None:
    tab = Tab(browser, served)
    tab.page.goto("/report")
    for answer in PATIENT[:9]:
        if title(tab).inner_text().startswith("Where"):
            tab.page.locator("#place").select_option("none")
        go_on(tab, answer)
    warning = tab.page.get_by_text("Do not wait for us. Call 999.")
    expect(warning).not_to_be_visible()
    tab.page.locator("input[name=danger][value=yes]").check()
    expect(warning).to_be_visible()
    expect(tab.page.get_by_text("In a mental health crisis")).to_be_visible()
    tab.close()


@ONE_DATABASE
def test_an_error_of_the_server_opens_its_question(browser: Browser, served: Served, trust: DeskTrust) -> None:
    tab = Tab(browser, served)
    tab.page.goto("/report")
    answer_all(tab)
    tab.page.evaluate("document.querySelector('#by').value = 'nobody'; document.querySelector('#by').checked = true")
    tab.page.get_by_role("button", name="Send report").click()
    expect(title(tab)).to_have_text("Who did this?")
    expect(tab.page.get_by_role("alert")).to_be_focused()
    expect(tab.page).to_have_title("Error: Question 5 – Heard")
    go_on(tab, "A patient")
    tab.close()


def test_a_witness_tells_it_without_script(browser: Browser, served: Served, trust: DeskTrust) -> None:
    tab = Tab(browser, served, script=False, width=320)
    tab.page.goto("/report?w=7KQ4")
    expect(title(tab)).to_have_text("Tell us what happened")
    choices = {"role": "visitor", "who": "someone_else", "consent": "cannot_ask", "what": "threat", "by": "public",
               "when": "week", "before": "not_sure", "danger": "not_sure", "privacy": "anonymous"}  # fmt: skip
    tab.page.get_by_role("button", name="Send report").click()
    expect(tab.page.get_by_role("link", name="Select which is you")).to_be_visible()
    for name, code in choices.items():
        tab.page.locator(f"input[name={name}][value={code}]").check()
    tab.page.locator("#words").fill(WORDS)
    send(tab)
    answers = kept(trust)
    assert answers["words"] == WORDS and answers["place"] == WARD.hex() and answers["consent"] == "cannot_ask"
    assert trust.only_case().possible_danger
    tab.close()


@ONE_DATABASE
@pytest.mark.parametrize("width", [1280, 320])
def test_who_writes_it_down_for_somebody_chooses_how_it_came(browser: Browser, served: Served, width: int) -> None:
    tab = Tab(browser, served, width=width)
    tab.page.goto("/for-someone")
    tab.examine()
    tab.page.get_by_role("link", name="By phone").click()
    expect(tab.page.get_by_text("You are writing down what someone told you.")).to_be_visible()
    tab.examine()
    tab.close()


@ONE_DATABASE
def test_a_hidden_page_does_not_run_out_of_time(browser: Browser, served: Served, tmp_path: Path) -> None:
    tab = Tab(browser, served)
    tab.page.clock.install()
    tab.page.goto("/report")
    tab.page.evaluate("Object.defineProperty(document, 'hidden', {get: () => window.away, configurable: true})")
    tab.page.evaluate("window.away = true")
    tab.page.clock.run_for(60 * 60_000)
    tab.page.evaluate("window.away = false")
    tab.page.clock.run_for(29 * 60_000)
    expect(tab.page.locator("dialog")).not_to_be_visible()
    tab.page.clock.run_for(2 * 60_000)
    expect(tab.page.locator("dialog")).to_be_visible()
    tab.close()
