"""The case page: what it shows, the gate before it, and the page of a case that does not open."""

import logging

import pytest
from sqlalchemy import delete, update

from app.services.setting import change_setting
from models.case import Case, CaseSeen
from models.conversation import Message
from models.grant import Grant
from models.report import Report
from tests.fixtures.pages import Visitor
from tests.service.desk import WARD, DeskTrust, id_of
from tests.web.conftest import send
from tests.web.desk import pass_gate
from tests.web.report import fill

WORDS = "He said <b>it</b> twice."


@pytest.fixture
def case(reporter: Visitor, trust: DeskTrust) -> str:
    """The address of a case."""
    send(reporter, words=WORDS, place=WARD.hex())
    return f"/cases/{trust.only_reference()}"


def spoil(trust: DeskTrust, what: str) -> None:
    """Take the words of the one case away, or change a byte of something sealed."""
    changes = {
        "words gone": delete(Report),
        "words changed": update(Report).values(sealed=b"x" * 5244),
        "grant changed": update(Grant).where(Grant.user_id == id_of("ana")).values(sealed=b"x" * 1180),
        "card changed": update(Case).values(card=b"x" * 2172),
        "message changed": update(Message).values(sealed=b"x" * 2172),
    }
    with trust.public() as work:
        work.connection.execute(changes[what])


def test_the_gate_shows_place_roles_and_dates_and_no_words(ana: Visitor, case: str) -> None:
    page = ana.get(f"{case}/gate")
    for text in ("Willow Ward, Coast House", "Happened to The person who told us", "Done by A patient",
                 "When This shift", "Received 16 November"):  # fmt: skip
        assert text in page.words
    assert "He said" not in page.words


def test_a_gate_without_an_answer_asks_again(ana: Visitor, case: str, trust: DeskTrust) -> None:
    token = ana.get(f"{case}/gate").value("csrf_token")
    for answer in ({}, {"answer": "maybe"}):
        page = ana.post(f"{case}/gate", answer | {"csrf_token": token})
        assert page.status == 422
        assert page.errors() == ["Say whether you are close to this case"]
    assert trust.count(CaseSeen) == 0


def test_a_gate_is_asked_once(ana: Visitor, case: str) -> None:
    assert "He said" in pass_gate(ana, case).words
    assert ana.get(f"{case}/gate").response.headers["Location"] == case


def test_stepping_back_takes_the_case_away(ana: Visitor, case: str) -> None:
    token = ana.get(f"{case}/gate").value("csrf_token")
    answer = ana.post(f"{case}/gate", {"answer": "yes", "csrf_token": token})
    assert answer.response.headers["Location"] == "/cases"
    assert ana.get(case).status == 404
    assert case.removeprefix("/cases/") not in ana.get("/cases").words


@pytest.mark.parametrize("what", ["words gone", "words changed", "grant changed"])
def test_a_case_that_does_not_open_says_so_and_what_to_do(
    ana: Visitor, case: str, trust: DeskTrust, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    pass_gate(ana, case)
    spoil(trust, what)
    with caplog.at_level(logging.INFO):
        page = ana.get(case)
    assert page.status == 410
    assert page.title == f"We cannot open {case.removeprefix('/cases/')} – Heard"
    assert "Ask a colleague who has this case in their list." in page.words
    assert "Received 16 November" in page.words
    assert "something went wrong" not in page.words
    assert [record.getMessage() for record in caplog.records] == ["case.unreadable"]


def test_a_reply_to_a_case_that_does_not_open_is_not_sent_and_not_lost(
    ana: Visitor, case: str, trust: DeskTrust
) -> None:
    opened = pass_gate(ana, case)
    hidden = {name: opened.value(name) for name in ("csrf_token", "once")}
    spoil(trust, "words gone")
    page = ana.post(f"{case}/conversation", hidden | {"text": "We are <i>here</i>."})
    assert page.status == 410
    assert "Your reply was not sent." in page.words
    assert "We are <i>here</i>." in page.words
    assert trust.count(Message) == 0


def test_a_message_that_does_not_open_does_not_hide_the_case(ana: Visitor, case: str, trust: DeskTrust) -> None:
    opened = pass_gate(ana, case)
    hidden = {name: opened.value(name) for name in ("csrf_token", "once")}
    ana.post(f"{case}/conversation", hidden | {"text": "Hello"})
    assert "Hello" in ana.get(f"{case}?sent=1").words
    spoil(trust, "message changed")
    page = ana.get(case)
    assert "He said" in page.words
    assert "One message here does not open." in page.words
    assert "No messages yet" not in page.words


def test_a_card_that_does_not_open_still_lets_the_words_be_read(ana: Visitor, case: str, trust: DeskTrust) -> None:
    spoil(trust, "card changed")
    assert "This line could not be opened" in ana.get("/cases").words
    gate = ana.get(f"{case}/gate")
    assert gate.status == 200
    assert "We cannot open the place and the roles of this case." in gate.words
    assert "He said" in pass_gate(ana, case).words


@pytest.mark.parametrize("what", ["words gone", "grant changed"])
def test_a_case_that_does_not_open_is_taken_away_all_the_same(
    ana: Visitor, case: str, trust: DeskTrust, what: str
) -> None:
    token = ana.get(f"{case}/gate").value("csrf_token")
    spoil(trust, what)
    answer = ana.post(f"{case}/gate", {"answer": "yes", "csrf_token": token})
    assert answer.response.headers["Location"] == "/cases"
    assert ana.get(case).status == 404


def test_a_reference_with_a_line_end_leads_to_the_case_and_not_to_an_error(ana: Visitor, case: str) -> None:
    for path in (f"{case}%0d%0a%20", f"{case.lower()}%20"):
        assert ana.get(path).response.headers["Location"] == f"{case}/gate"


def test_a_report_through_the_link_of_a_partner_names_the_partner(
    ana: Visitor, reporter: Visitor, trust: DeskTrust
) -> None:
    with trust.public() as work:
        change_setting(work, "partners", {"k7wq2d": "Mosaic Centre"})
    fill(reporter, "/report?s=k7wq2d", consent="agree")
    page = pass_gate(ana, f"/cases/{trust.only_reference()}")
    assert "Through a community partner (by its link)" in page.words
    assert "Mosaic Centre (by its link)" in page.words and "k7wq2d" not in page.text
