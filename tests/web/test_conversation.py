"""Replying from the desk: one page is one message, and what cannot be sent comes back as it was typed."""

import pytest
from sqlalchemy import update

from forms.message import TOO_LARGE
from models.conversation import Message
from models.mailbox import Mailbox, MailboxMessage
from tests.fixtures.pages import Page, Visitor
from tests.service.desk import DeskTrust
from tests.web.conftest import send

HELLO = "Thank you. Are you safe?"


@pytest.fixture
def case(reporter: Visitor, ana: Visitor, trust: DeskTrust) -> str:
    """The address of a case that Ana has opened."""
    send(reporter)
    path = f"/cases/{trust.only_reference()}"
    gate = ana.get(f"{path}/gate")
    ana.post(f"{path}/gate", {"answer": "no", "csrf_token": gate.value("csrf_token")})
    return path


def answer(ana: Visitor, case: str, page: Page, text: str) -> Page:
    """Send the reply form of a page."""
    hidden = {name: page.value(name) for name in ("csrf_token", "once")}
    return ana.post(f"{case}/conversation", hidden | {"text": text})


def test_the_same_page_sent_twice_is_one_message(ana: Visitor, case: str, trust: DeskTrust) -> None:
    page = ana.get(case)
    assert [answer(ana, case, page, HELLO).status for _ in range(2)] == [303, 303]
    assert trust.count(Message) == trust.count(MailboxMessage) == 1
    assert trust.events("message.sent") == 1


def test_a_new_page_and_a_changed_text_are_new_messages(ana: Visitor, case: str, trust: DeskTrust) -> None:
    page = ana.get(case)
    answer(ana, case, page, HELLO)
    answer(ana, case, page, "Can we call you?")
    answer(ana, case, ana.get(case), HELLO)
    assert trust.count(Message) == 3


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" \n ", "Enter a message"),
        ("x" * 5001, "Your message must be 5,000 characters or fewer"),
        ("\U0001f600" * 4000, TOO_LARGE),
        ("\u0995" * 4998, TOO_LARGE),
        ("a\x00b", "Your message has a character that we cannot keep. Type it again"),
    ],
)
def test_what_cannot_be_sent_comes_back_with_the_same_mark(
    ana: Visitor, case: str, trust: DeskTrust, text: str, sentence: str
) -> None:
    page = ana.get(case)
    again = answer(ana, case, page, text)
    assert again.status == 422
    assert again.errors() == [sentence]
    assert again.value("once") == page.value("once")
    assert again.value("text").strip() == text.replace("\x00", "").strip()
    assert trust.count(Message) == 0


def test_a_closed_mailbox_says_that_nothing_was_sent_and_keeps_the_text(
    ana: Visitor, case: str, trust: DeskTrust
) -> None:
    page = ana.get(case)
    with trust.public() as work:
        work.connection.execute(update(Mailbox).values(expires_on=trust.today.replace(year=2025)))
    again = answer(ana, case, page, HELLO)
    assert again.status == 422
    assert again.errors() == ["The reporter's mailbox is closed, so a reply cannot reach them. Nothing was sent."]
    assert again.value("text").strip() == HELLO


def test_no_reply_goes_out_before_the_gate(ana: Visitor, reporter: Visitor, trust: DeskTrust) -> None:
    send(reporter)
    path = f"/cases/{trust.only_reference()}"
    token = ana.get("/cases").value("csrf_token")
    sent = ana.post(f"{path}/conversation", {"csrf_token": token, "text": HELLO})
    assert sent.response.headers["Location"] == f"{path}/gate"
    assert trust.count(Message) == 0


def test_a_made_up_mark_is_not_shown_again(ana: Visitor, case: str) -> None:
    token = ana.get(case).value("csrf_token")
    page = ana.post(f"{case}/conversation", {"csrf_token": token, "once": "<b>", "text": ""})
    assert page.status == 422
    assert page.value("once") == ""
