"""A mailbox that is gone or does not open: nothing is claimed that is not known, and nothing typed is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.database.engine import Database
from app.services.case_scope import require_case
from app.services.conversation import reply
from models.mailbox import Mailbox, MailboxMessage
from tests.fixtures.pages import Page, Visitor
from tests.service.desk import DeskTrust
from tests.web.conftest import send
from tests.web.mailbox import heading


@pytest.fixture
def inbox(reporter: Visitor) -> Page:
    """The open mailbox of one report, with one message in it."""
    reporter.post("/return", {"code": send(reporter)})
    token = reporter.get("/inbox").value("token")
    assert reporter.post("/inbox/reply", {"token": token, "text": "It happened again."}).status == 303
    return reporter.get("/inbox")


def test_a_message_that_does_not_open_does_not_hide_the_others(
    inbox: Page, reporter: Visitor, trust: DeskTrust
) -> None:
    assert "It happened again." in inbox.words
    with trust.public() as work:
        work.connection.execute(update(MailboxMessage).values(sealed=b"x" * 2172))
    reply(
        trust.as_person("ana"), require_case(trust.as_person("ana"), trust.only_reference()), "We are looking into it."
    )
    page = reporter.get("/inbox")
    assert page.status == 200
    # We have written, so somebody reads it, whatever the desk has noted.
    assert heading(page) == "Being read"
    assert "One message cannot be shown just now." in page.words
    assert "We are looking into it." in page.words
    assert "No messages yet" not in page.words


def test_a_mailbox_that_expired_meanwhile_is_left_and_its_cookie_goes(
    inbox: Page, reporter: Visitor, trust: DeskTrust
) -> None:
    with trust.public() as work:
        work.connection.execute(update(Mailbox).values(expires_on=trust.today - timedelta(days=1)))
    answer = reporter.post("/inbox/reply", {"token": inbox.value("token"), "text": "Late"})
    assert answer.response.headers["Location"] == "/return"
    assert "__Host-m=;" in answer.response.headers["Set-Cookie"]
    assert reporter.get("/inbox").response.headers["Location"] == "/return"


def test_an_expired_mailbox_shows_nothing(inbox: Page, reporter: Visitor, trust: DeskTrust) -> None:
    assert inbox.status == 200
    with trust.public() as work:
        work.connection.execute(update(Mailbox).values(expires_on=trust.today - timedelta(days=1)))
    answer = reporter.get("/inbox")
    assert answer.response.headers["Location"] == "/return"
    assert "__Host-m=;" in answer.response.headers["Set-Cookie"]


def test_a_swapped_case_key_takes_no_message_and_keeps_the_text(
    inbox: Page, reporter: Visitor, trust: DeskTrust, caplog: pytest.LogCaptureFixture
) -> None:
    with trust.public() as work:
        work.connection.execute(update(Mailbox).values(hello=b"x" * 1404))
    page = reporter.post("/inbox/reply", {"token": inbox.value("token"), "text": "kept"})
    assert page.status == 503
    assert page.value("text").strip() == "kept"
    assert page.errors() == ["We cannot take messages just now. Your text is still here. Please try again later."]
    assert "mailbox.hello_refused" in caplog.text
    assert trust.count(MailboxMessage) == 1


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_made_up_cookie_opens_nothing(reporter: Visitor, method: str) -> None:
    reporter.client.set_cookie("__Host-m", "made-up", domain="localhost", secure=True)
    answer = reporter.get("/inbox") if method == "GET" else reporter.post("/inbox/reply", {"text": " "})
    assert answer.response.headers["Location"] == "/return"
    assert "__Host-m=;" in answer.response.headers["Set-Cookie"]


@pytest.mark.parametrize("path", ["/inbox", "/return"])
def test_a_database_that_is_away_gives_a_page_and_no_status(
    inbox: Page, reporter: Visitor, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def away(*_: object, **__: object) -> None:
        raise ProgrammingError("", {}, Exception("away"))

    monkeypatch.setattr(Database, "transaction", away)
    code = {"code": "7KQ4-M2XD-9FTP-HRW3-V8BN"}
    page = reporter.get(path) if path == "/inbox" else reporter.post(path, code)
    assert page.status == 503
    assert heading(page) == "Sorry, this is not working just now"
    assert "Received" not in page.words


def test_a_reply_that_a_broken_database_refuses_keeps_the_text(
    inbox: Page, reporter: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ProgrammingError("", {}, Exception("broken"))

    monkeypatch.setattr(Database, "transaction", broken)
    page = reporter.post("/inbox/reply", {"token": inbox.value("token"), "text": "kept"})
    assert page.status == 503
    assert page.value("text").strip() == "kept"
    assert page.errors() == ["We could not receive your message. Your text is still here. Please press Send again."]


def test_a_message_to_a_database_that_is_away_keeps_the_text_and_says_what_to_do(
    inbox: Page, reporter: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def gone(*_: object) -> Iterator[None]:
        raise OperationalError("", {}, Exception("away"))
        yield

    monkeypatch.setattr(Engine, "connect", gone)
    page = reporter.post("/inbox/reply", {"token": inbox.value("token"), "text": "kept"})
    assert page.status == 503
    assert page.value("text").strip() == "kept"
    assert page.errors() == ["We could not receive your message. Your text is still here. Please press Send again."]
