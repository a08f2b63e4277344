"""Changing how one is known, giving consent, judging the outcome: what each side reads afterwards."""

import pytest
from flask import Flask
from sqlalchemy import update

from models.case import Case
from models.conversation import Message
from models.counting_fact import CountingScore
from tests.fixtures.pages import Page, Visitor
from tests.service.desk import DeskTrust
from tests.service.mailbox import FIGURES, OUTCOME, Reporter, close, list_key, list_keys
from tests.web.desk import pass_gate
from tests.web.mailbox import FORMS, fill, heading, open_mailbox, submit, values_of

KNOWN = FORMS["known"].answers
NAMED = "Named, Ada Obi, 07700 900123, After six"


@pytest.fixture
def nurse(reporter: Visitor, trust: DeskTrust) -> Reporter:
    return open_mailbox(reporter, trust)


def case_page(ana: Visitor, trust: DeskTrust) -> Page:
    return pass_gate(ana, f"/cases/{trust.only_reference()}")


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({"privacy": ""}, ["Choose how you want us to treat your report"]),
        ({"privacy": "guardian"}, ["Choose how you want us to treat your report"]),
        ({"name": ""}, ["Enter your name, or choose Confidential"]),
        ({"contact": " "}, ["Enter a phone number or email, or choose Anonymous"]),
        ({"privacy": "confidential", "name": "", "contact": ""}, ["Enter a phone number or email, or choose Anonymous"]),
        ({"name": "x" * 101}, ["Your name must be 100 characters or fewer"]),
        ({"safe_times": "x" * 201}, ["When and how it is safe must be 200 characters or fewer"]),
    ],
)  # fmt: skip
def test_what_is_missing_is_named_as_on_the_first_form_and_everything_comes_back(
    reporter: Visitor, trust: DeskTrust, nurse: Reporter, answers: dict[str, str], errors: list[str]
) -> None:
    posted = fill(reporter, "known", **answers)
    page = reporter.post("/inbox/known", posted)
    assert (page.status, page.errors()) == (422, errors)
    again = values_of(page, "/inbox/known")
    assert {name: again[name] for name in ("name", "contact", "safe_times")} == {
        name: posted[name] for name in ("name", "contact", "safe_times")
    }
    assert again["token"] == posted["token"]
    assert '<details class="nhsuk-details" open>' in page.text
    assert trust.count(Message) == 0


def test_the_desk_reads_at_once_how_someone_is_known_and_no_longer_what_they_took_back(
    reporter: Visitor, ana: Visitor, trust: DeskTrust, nurse: Reporter
) -> None:
    assert "Your mailbox keeps no copy of the report" in reporter.get("/inbox").words
    answer = submit(reporter, "known")
    page = reporter.get(answer.response.headers["Location"])
    assert "We have changed how you are known." in page.words
    assert "Now: Named, since 16 November." in page.words
    # On a shared screen the mailbox shows the choice, never the name.
    assert "Ada" not in page.text
    assert "07700" not in page.text
    queue = ana.get("/cases").words
    assert "Changed how they are known Was Anonymous, changed since" in queue
    assert queue.count("Anonymous") == 1
    shown = case_page(ana, trust).words
    assert f"Changed how they are known: {NAMED}" in shown
    assert f"Known now as {NAMED} (since 16 November)" in shown
    submit(reporter, "known", privacy="anonymous")
    assert "people who have already read your name may remember it" in reporter.get("/inbox").words
    shown = ana.get(f"/cases/{trust.only_reference()}").words
    assert "Known now as Anonymous (since 16 November)" in shown
    assert "Ada" not in shown


def test_a_name_from_the_report_is_no_longer_shown_once_someone_is_anonymous(
    reporter: Visitor, ana: Visitor, trust: DeskTrust
) -> None:
    open_mailbox(reporter, trust, privacy="named", name="Ada Obi", contact="07700 900123")
    assert "Their name Ada Obi" in case_page(ana, trust).words
    submit(reporter, "known", privacy="anonymous", name="", contact="", safe_times="")
    page = ana.get(f"/cases/{trust.only_reference()}")
    assert "Ada" not in page.words
    assert "07700" not in page.words
    assert "Anonymous · received" in page.words


def test_consent_is_no_until_it_is_given_and_each_side_reads_it(
    reporter: Visitor, ana: Visitor, trust: DeskTrust, nurse: Reporter
) -> None:
    blank = values_of(reporter.get("/inbox/consent"), "/inbox/consent")
    assert (blank["panel"], blank["story"]) == ("no", "no")
    assert "May we use it Panel copy: no. Story: no" in case_page(ana, trust).words
    assert "It is No until you say Yes." in reporter.get("/inbox").words
    answer = submit(reporter, "consent", panel="yes", story="yes")
    words = reporter.get(answer.response.headers["Location"]).words
    assert "You can change them at any time." in words
    # Once in its place among the messages, and beside the link as what holds now.
    both = "You said that a panel may read a copy and that we may tell it as a story, both without names."
    assert words.count(both) == 2
    assert "It is No until you say Yes." not in words
    kept = values_of(reporter.get("/inbox/consent"), "/inbox/consent")
    assert (kept["panel"], kept["story"]) == ("yes", "yes")
    assert "May we use it Panel copy: yes. Story: yes" in ana.get(f"/cases/{trust.only_reference()}").words
    submit(reporter, "consent", panel="no", story="no")
    words = reporter.get("/inbox").words
    assert (words.count(both), words.count("You said that we may not use it.")) == (1, 2)
    assert "May we use it Panel copy: no. Story: no" in ana.get(f"/cases/{trust.only_reference()}").words
    page = submit(reporter, "consent", panel="", story="maybe")
    assert page.errors() == ["Choose Yes or No for the panel", "Choose Yes or No for the story"]


def test_a_closed_case_shows_its_outcome_and_asks_two_questions_that_may_stay_open(
    reporter: Visitor, trust: DeskTrust, nurse: Reporter
) -> None:
    assert "Were you treated badly" not in reporter.get("/inbox").words
    close(trust, nurse, figures=FIGURES)
    page = reporter.get("/inbox")
    assert heading(page) == "Closed: what we did"
    assert OUTCOME in page.words
    assert "Were you treated badly for telling us? (optional)" in page.words
    assert submit(reporter, "closing", badly="").errors() == ["Choose an answer, or leave this page as it is"]
    answer = submit(reporter, "closing", badly="no")
    assert "Thank you." in reporter.get(answer.response.headers["Location"]).words
    assert trust.count(Message) == trust.count(CountingScore) == 0
    page = submit(reporter, "closing", badly="perhaps")
    assert (page.status, page.errors()) == (422, ["Choose only from the answers shown"])


def test_a_yes_offers_a_new_report_and_the_desk_reads_it(
    reporter: Visitor, ana: Visitor, trust: DeskTrust, nurse: Reporter
) -> None:
    close(trust, nurse)
    answer = submit(reporter, "closing", badly="yes")
    assert answer.response.headers["Location"] == "/inbox?sent=5"
    page = reporter.get("/inbox")
    assert "Say in it that you told us before" in page.words
    assert "/report" in [link.get("href") for link in page.all("a")]
    queue = ana.get("/cases").words
    assert "Reply Closed" in queue
    assert "late" not in queue
    assert "They say that they were treated badly for telling us." in case_page(ana, trust).words
    with trust.public(reading=True) as work:
        assert work.connection.scalar(Case.__table__.select().with_only_columns(Case.status)) == "closed"


def test_an_answer_to_a_case_that_is_open_again_is_not_kept(
    reporter: Visitor, trust: DeskTrust, nurse: Reporter
) -> None:
    close(trust, nurse)
    filled = fill(reporter, "closing")
    with trust.public() as work:
        work.connection.execute(update(Case).values(status="reopened"))
    assert reporter.post("/inbox/closing", filled).status == 303
    assert trust.count(Message) == 0


def test_a_question_of_ours_stays_a_question_when_something_else_was_changed(
    reporter: Visitor, ana: Visitor, trust: DeskTrust, nurse: Reporter
) -> None:
    page = case_page(ana, trust)
    hidden = {name: page.value(name) for name in ("csrf_token", "once")}
    ana.post(f"/cases/{trust.only_reference()}/conversation", hidden | {"text": "Are you safe?"})
    submit(reporter, "known")
    assert heading(reporter.get("/inbox")) == "We have a question"


def test_a_score_is_asked_for_once_it_can_be_counted_and_the_first_answer_stands(
    app: Flask, reporter: Visitor, trust: DeskTrust, nurse: Reporter
) -> None:
    list_keys(trust)
    app.extensions["heard"].sealer.rosters.update(trust.sealer.rosters)
    close(trust, nurse, figures=FIGURES)
    assert "Was this dealt with well?" not in reporter.get("/inbox").words
    list_key(trust, "FY2026")
    app.extensions["heard"].sealer.rosters.update(trust.sealer.rosters)
    assert "Was this dealt with well? (optional)" in reporter.get("/inbox").words
    for score in ("9", "4.5", "x"):
        page = submit(reporter, "closing", badly="", score=score)
        assert (page.status, page.errors()) == (422, ["Choose only from the answers shown"])
    filled = fill(reporter, "closing", score="4")
    assert [reporter.post("/inbox/closing", filled).status for _ in range(2)] == [303, 303]
    submit(reporter, "closing", badly="", score="1")
    assert trust.count(CountingScore) == trust.count(Message) == 1
    assert "Was this dealt with well?" in reporter.get("/inbox").words
    assert "Were you treated badly for telling us? (optional)" not in reporter.get("/inbox").words
