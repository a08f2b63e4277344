"""Asking us to stop: three choices, one more question, and what each side reads afterwards."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from app.services.setting import change_setting
from app.web import public_content
from models.case import Case
from models.conversation import Message
from models.reporter_event import ReporterEvent
from tests.fixtures.pages import Page, Visitor
from tests.service.desk import DeskTrust
from tests.service.mailbox import Reporter, apply
from tests.web.desk import pass_gate
from tests.web.mailbox import heading, open_mailbox, submit, values_of

STOP = "/inbox/stop"
UNKNOWN = "0000-0000-0000-0000-000M"


@pytest.fixture
def nurse(reporter: Visitor, trust: DeskTrust) -> Reporter:
    return open_mailbox(reporter, trust)


def choose(reporter: Visitor, choice: str) -> Page:
    """Choose, and return the page that asks once more."""
    return reporter.post(STOP, values_of(reporter.get(STOP), STOP) | {"choice": choice})


def confirm(reporter: Visitor, page: Page) -> Page:
    """Press the button of the page that asks once more; return the page that follows."""
    answer = reporter.post(STOP, values_of(page, STOP))
    assert answer.response.headers["Location"] == STOP
    return reporter.get(STOP)


@pytest.mark.parametrize(
    ("choice", "question", "says", "done"),
    [
        ("stop_keep_count", "Shall we stop?", "You can change your mind until 16 December.", "You asked us to stop"),
        ("delete_words", "Shall we delete what you wrote?", "This cannot be undone.", "You asked us to delete it"),
        ("delete_all", "Shall we delete everything?", "This cannot be undone.", "You asked us to delete it"),
    ],
)
def test_each_choice_is_asked_once_more_and_then_stands(
    reporter: Visitor, trust: DeskTrust, nurse: Reporter, choice: str, question: str, says: str, done: str
) -> None:
    asked = choose(reporter, choice)
    assert (asked.status, heading(asked)) == (200, question)
    assert says in asked.words
    assert "If we think someone may be in danger we may have to act." in asked.words
    assert trust.count(Message) == 0
    assert heading(confirm(reporter, asked)) == done
    inbox = reporter.get("/inbox")
    assert heading(inbox) == done
    assert "A person reads it and writes here by" not in inbox.words
    assert ("Carry on after all" in inbox.words) is (choice == "stop_keep_count")
    assert trust.count(Message) == 1


def test_only_a_stop_can_be_undone_and_then_everything_is_as_before(
    reporter: Visitor, trust: DeskTrust, nurse: Reporter
) -> None:
    confirm(reporter, choose(reporter, "stop_keep_count"))
    apply(trust)
    answer = submit(reporter, "undo")
    page = reporter.get(answer.response.headers["Location"])
    assert "We carry on with your report." in page.words
    assert heading(page) == "Received"
    apply(trust)
    assert "A person reads it and writes here by 18 November." in reporter.get("/inbox").words
    assert heading(reporter.get(STOP)) == "Ask us to stop"


def test_a_choice_that_is_missing_made_up_or_no_longer_offered_is_named(
    reporter: Visitor, trust: DeskTrust, nurse: Reporter
) -> None:
    for choice in ("", "stop_undone", "everything"):
        page = choose(reporter, choice)
        assert (page.status, page.errors()) == (422, ["Choose what you want us to do"])
    confirm(reporter, choose(reporter, "delete_words"))
    token = values_of(reporter.get(STOP), STOP)["token"]
    page = reporter.post(STOP, {"token": token, "choice": "stop_keep_count", "confirm": "yes"})
    assert (page.status, page.errors()) == (422, ["Choose what you want us to do"])
    assert trust.count(Message) == 1


def test_delete_everything_is_offered_only_where_the_trust_allows_it(
    reporter: Visitor, trust: DeskTrust, nurse: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Delete everything" in reporter.get(STOP).words
    token = values_of(reporter.get(STOP), STOP)["token"]
    monkeypatch.setattr(public_content, "FRESH_SECONDS", 0)
    with trust.public() as work:
        change_setting(work, "delete_all_offered", False)
    assert "Delete everything" not in reporter.get(STOP).words
    page = reporter.post(STOP, {"token": token, "choice": "delete_all", "confirm": "yes"})
    assert (page.status, page.errors()) == (422, ["Choose what you want us to do"])
    confirm(reporter, choose(reporter, "delete_words"))
    assert "You can also ask us for more" not in reporter.get(STOP).words


def test_in_a_closed_case_there_is_nothing_to_stop_but_words_to_delete(
    reporter: Visitor, trust: DeskTrust, nurse: Reporter
) -> None:
    with trust.public() as work:
        work.connection.execute(update(Case).values(status="closed", closed_on=trust.today))
    words = reporter.get(STOP).words
    assert "Stop looking into it" not in words
    assert "Delete what I wrote" in words


@pytest.mark.parametrize("applied", [False, True])
def test_after_its_30_days_a_withdrawn_code_is_answered_like_one_that_never_was(
    reporter: Visitor, trust: DeskTrust, nurse: Reporter, applied: bool
) -> None:
    code = reporter_code(reporter, trust, nurse)
    with trust.public() as work:
        work.connection.execute(update(ReporterEvent).values(day=trust.today - timedelta(days=31)))
    if applied:
        apply(trust)
    pages = [reporter.post("/return", {"code": text}) for text in (UNKNOWN, code)]
    assert [page.status for page in pages] == [422, 422]
    assert pages[0].text.replace(UNKNOWN, "") == pages[1].text.replace(code, "")
    assert pages[0].response.headers == pages[1].response.headers
    for page in ("/inbox", STOP, "/inbox/consent"):
        assert reporter.get(page).response.headers["Location"] == "/return"


def reporter_code(reporter: Visitor, trust: DeskTrust, nurse: Reporter) -> str:
    """Send another report, ask us to stop it, and return its code."""
    second = open_mailbox(reporter, trust, words="Another")
    assert second.key != nurse.key
    confirm(reporter, choose(reporter, "stop_keep_count"))
    return second.code


@pytest.mark.parametrize("applied", [False, True])
@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ("stop_keep_count", "Asked to stop, keep the count (until 16 December they can undo it)."),
        ("delete_words", "They asked us to delete what they wrote (on 16 November). First check"),
        ("delete_all", "They asked us to delete everything (on 16 November). First check"),
    ],
)
def test_the_desk_reads_at_once_what_was_asked(
    reporter: Visitor, ana: Visitor, trust: DeskTrust, nurse: Reporter, choice: str, words: str, applied: bool
) -> None:
    nurse.stop(choice)
    if applied:
        apply(trust)
    queue = ana.get("/cases").words
    assert "Asked to stop" in queue
    assert "days left" not in queue
    page = pass_gate(ana, f"/cases/{trust.only_reference()}")
    assert words in page.words
    to_do = f"tell the person who runs it that case {trust.only_reference()} is to be deleted"
    assert (to_do in page.words) is (choice != "stop_keep_count")
    assert ("They can read it until 16 December." in page.words) is (choice != "stop_keep_count")
    assert "days left" not in page.words
    nurse.undo()
    assert (words in ana.get(f"/cases/{trust.only_reference()}").words) is (choice != "stop_keep_count")


def test_a_stop_whose_message_does_not_open_is_still_said(
    reporter: Visitor, ana: Visitor, trust: DeskTrust, nurse: Reporter
) -> None:
    nurse.stop()
    with trust.public() as work:
        work.connection.execute(update(Message).values(sealed=b"x" * 2172))
    page = pass_gate(ana, f"/cases/{trust.only_reference()}")
    assert "Asked us to stop or to delete. The message that says which does not open." in page.words
