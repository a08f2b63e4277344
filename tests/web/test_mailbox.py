"""Entering a code: a typing mistake is named, everything else looks alike."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from app.database.engine import Database
from forms.message import TOO_LARGE
from models.conversation import Message
from models.deadline import Deadline
from models.mailbox import Mailbox
from tests.fixtures.pages import Visitor
from tests.fixtures.pictures import jpeg
from tests.service.desk import DeskTrust
from tests.web.conftest import code_of, send
from tests.web.mailbox import add_file, in_mailbox
from tests.web.report import send_files

UNKNOWN = "0000-0000-0000-0000-000M"


def test_a_mistyped_code_is_named_without_asking_the_database(
    reporter: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = send(reporter)

    def asked(*_: object, **__: object) -> None:
        raise AssertionError("the database was asked")

    monkeypatch.setattr(Database, "transaction", asked)
    wrong = ("A" if code[0] != "A" else "B") + code[1:]
    assert reporter.post("/return", {"code": " "}).errors() == ["Enter your receipt code"]
    for text in (wrong, code[:-1], "?" * 20, "x" * 200, "a\x00b"):
        page = reporter.post("/return", {"code": text})
        assert page.status == 422
        assert page.errors() == ["That code has a typing mistake. Check each group of four."]


def test_an_unknown_and_an_expired_code_get_one_answer(reporter: Visitor, trust: DeskTrust) -> None:
    code = send(reporter)
    with trust.public() as work:
        work.connection.execute(update(Mailbox).values(expires_on=trust.today - timedelta(days=1)))
    pages = [reporter.post("/return", {"code": text}) for text in (UNKNOWN, code)]
    assert pages[0].text.replace(UNKNOWN, "") == pages[1].text.replace(code, "")
    assert "We cannot find a report with that code." in pages[0].errors()[0]
    assert all("Set-Cookie" not in page.response.headers for page in pages)


def test_a_message_sent_twice_is_one_message(reporter: Visitor, trust: DeskTrust) -> None:
    reporter.post("/return", {"code": send(reporter)})
    token = reporter.get("/inbox").value("token")
    for _ in range(2):
        assert reporter.post("/inbox/reply", {"token": token, "text": "It happened again."}).status == 303
    assert trust.count(Message) == 1


def test_an_empty_message_is_named_and_a_stranger_has_no_mailbox(reporter: Visitor) -> None:
    assert reporter.get("/inbox").response.headers["Location"] == "/return"
    reporter.post("/return", {"code": send(reporter)})
    page = reporter.post("/inbox/reply", {"token": reporter.get("/inbox").value("token"), "text": "  "})
    assert page.status == 422
    assert page.errors() == ["Enter a message"]


def test_a_mailbox_post_that_names_no_origin_is_refused(reporter: Visitor) -> None:
    reporter.post("/return", {"code": send(reporter)})
    token = reporter.get("/inbox").value("token")
    assert reporter.post("/inbox/reply", {"token": token, "text": "x"}, headers={}).status == 403


def test_the_mailbox_cookie_is_sealed_and_strict(reporter: Visitor) -> None:
    answer = reporter.post("/return", {"code": send(reporter)})
    cookie = answer.response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-m=")
    for part in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        assert part in cookie
    assert "Max-Age" not in cookie


def test_the_mailbox_says_where_the_report_stands_and_what_is_due(reporter: Visitor) -> None:
    reporter.post("/return", {"code": send(reporter)})
    page = reporter.get("/inbox")
    assert "".join(page.all("h1")[0].itertext()).strip() == "Received"
    # The same three days as on the receipt, before anybody has written.
    for day in ("A person reads it and writes here by 18 November.", "We tell you how it is going by 14 December.",
                "We tell you what we did by 11 February."):  # fmt: skip
        assert day in page.words
    assert "report on ." not in page.words


def test_the_mailbox_says_when_the_report_came_and_how_many_files_but_shows_neither(reporter: Visitor) -> None:
    came = "Your report came on 16 November 2026. To protect you it is not shown here."
    words = in_mailbox(reporter).get("/inbox").words
    assert came in words and "came with it" not in words
    receipt = send_files(reporter, [("a.jpg", jpeg()), ("b.jpg", jpeg())], words="Nobody should find this here.")
    assert reporter.post("/return", {"code": code_of(receipt)}).status == 303
    add_file(reporter, jpeg(), name="c.jpg")
    page = reporter.get("/inbox")
    assert f"{came} 2 files came with it." in page.words
    assert "Nobody should find this here." not in page.text


def test_the_privacy_page_promises_no_deletion_that_does_not_happen(reporter: Visitor) -> None:
    words = reporter.get("/privacy").words
    assert "Heard does not delete reports by itself yet." in words
    assert "then we delete them" not in words


def test_a_reply_while_the_database_is_away_keeps_the_text_and_claims_nothing(
    reporter: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter.post("/return", {"code": send(reporter)})
    token = reporter.get("/inbox").value("token")

    def away(*_: object, **__: object) -> None:
        raise OperationalError("", {}, Exception("away"))

    with monkeypatch.context() as gone:
        gone.setattr(Database, "transaction", away)
        page = reporter.post("/inbox/reply", {"token": token, "text": "kept"})
    assert page.status == 503
    assert page.value("text").strip() == "kept"
    assert "".join(page.all("h1")[0].itertext()).strip() == "We cannot show your messages just now"
    assert "Received" not in page.words
    assert "No messages yet" not in page.words


def test_a_message_in_a_script_of_wide_letters_is_taken_up_to_what_can_be_sealed(
    reporter: Visitor, trust: DeskTrust
) -> None:
    reporter.post("/return", {"code": send(reporter)})
    token = reporter.get("/inbox").value("token")
    # 15,000 bytes of canonical JSON, of which {"text":""} takes 11.
    fits = "\u0995" * 4996 + "a"
    page = reporter.post("/inbox/reply", {"token": token, "text": fits + "a"})
    assert (page.status, page.value("text").strip()) == (422, fits + "a")
    assert page.errors() == [TOO_LARGE]
    assert trust.count(Message) == 0
    assert reporter.post("/inbox/reply", {"token": token, "text": fits}).status == 303
    assert trust.count(Message) == 1


def test_a_message_over_the_limit_says_how_long_it_is(reporter: Visitor) -> None:
    reporter.post("/return", {"code": send(reporter)})
    token = reporter.get("/inbox").value("token")
    page = reporter.post("/inbox/reply", {"token": token, "text": "x\r\n" * 2600})
    assert page.errors() == ["Your message must be 5,000 characters or fewer"]
    assert "You have written 5,199 characters." in page.words


def test_a_message_that_was_sent_is_confirmed(reporter: Visitor) -> None:
    reporter.post("/return", {"code": send(reporter)})
    token = reporter.get("/inbox").value("token")
    answer = reporter.post("/inbox/reply", {"token": token, "text": "It happened again."})
    page = reporter.get(answer.response.headers["Location"])
    assert "We have your message." in page.words
    assert "We have your message." not in reporter.get("/inbox").words


def test_a_promise_that_was_not_kept_is_not_repeated(reporter: Visitor, trust: DeskTrust) -> None:
    reporter.post("/return", {"code": send(reporter)})
    with trust.public() as work:
        late = update(Deadline).where(Deadline.clock == "acknowledge").values(due_on=trust.today - timedelta(days=1))
        work.connection.execute(late)
    words = reporter.get("/inbox").words
    assert "We said that a person would read it and write here by 15 November. We are late. We are sorry." in words
    assert "We tell you what we did by 11 February." in words
