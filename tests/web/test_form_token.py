"""How old a page may be when it is sent: too young and too old give the page again, with what was typed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from app.factory import create_app
from app.public import mailbox_visit
from app.security import mailbox_cookie
from config import Settings
from models.conversation import Message
from models.report import Report
from tests.fixtures.pages import Visitor
from tests.service.desk import DeskTrust
from tests.web.conftest import ANSWERS, code_of

AGAIN = "Please press Send again. Nothing has been lost."
Wait = Callable[[int], None]


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """Heard with the minimum age of production."""
    made = create_app(replace(settings, form_minimum_age=3))
    yield made
    made.extensions["heard"].database.close()


@pytest.fixture
def wait(app: Flask) -> Wait:
    """Let seconds pass: the clock of the application stands until then."""
    start = app.extensions["heard"].clock()
    passed = timedelta()

    def later(seconds: int) -> None:
        nonlocal passed
        passed += timedelta(seconds=seconds)
        app.extensions["heard"] = replace(app.extensions["heard"], clock=lambda: start + passed)

    later(0)
    return later


def test_a_young_page_comes_back_with_the_same_token_and_text(reporter: Visitor, trust: DeskTrust, wait: Wait) -> None:
    token = reporter.get("/quick").value("token")
    wait(2)
    page = reporter.post("/quick", ANSWERS | {"token": token, "words": "kept"})
    assert (page.status, page.value("token"), page.value("words").strip()) == (200, token, "kept")
    assert AGAIN in page.words
    assert trust.count(Report) == 0
    wait(1)
    assert code_of(reporter.post("/quick", ANSWERS | {"token": token, "words": "kept"}))
    assert trust.count(Report) == 1


def test_no_page_of_the_mailbox_is_too_young(reporter: Visitor, trust: DeskTrust, wait: Wait) -> None:
    token = reporter.get("/quick").value("token")
    wait(3)
    code = code_of(reporter.post("/quick", ANSWERS | {"token": token}))
    reporter.post("/return", {"code": code})
    reply = {"token": reporter.get("/inbox").value("token"), "text": "It happened again."}
    assert reporter.post("/inbox/reply", reply).status == 303
    assert trust.count(Message) == 1


def test_an_expired_page_gets_a_new_token_and_keeps_the_text(reporter: Visitor, wait: Wait) -> None:
    token = reporter.get("/quick").value("token")
    wait(24 * 3600 + 1)
    page = reporter.post("/quick", ANSWERS | {"token": token, "words": "kept"})
    assert page.value("words").strip() == "kept"
    assert page.value("token") not in ("", token)
    wait(3)
    assert code_of(reporter.post("/quick", ANSWERS | {"token": page.value("token")}))


def test_a_stored_page_shows_its_receipt_however_old_it_is(reporter: Visitor, trust: DeskTrust, wait: Wait) -> None:
    token = reporter.get("/quick").value("token")
    wait(3)
    code = code_of(reporter.post("/quick", ANSWERS | {"token": token}))
    wait(48 * 3600)
    assert code_of(reporter.post("/quick", ANSWERS | {"token": token})) == code
    assert trust.count(Report) == 1


def test_an_altered_reply_token_keeps_the_text_and_gets_a_new_one(
    reporter: Visitor, trust: DeskTrust, wait: Wait
) -> None:
    token = reporter.get("/quick").value("token")
    wait(3)
    reporter.post("/return", {"code": code_of(reporter.post("/quick", ANSWERS | {"token": token}))})
    page = reporter.post("/inbox/reply", {"token": "altered", "text": "kept"})
    assert (page.status, page.value("text").strip()) == (200, "kept")
    wait(3)
    reply = {"token": page.value("token"), "text": "kept"}
    assert reporter.post("/inbox/reply", reply).status == 303
    assert trust.count(Message) == 1


def test_the_mailbox_closes_after_quiet_minutes_and_says_so(reporter: Visitor, wait: Wait) -> None:
    token = reporter.get("/quick").value("token")
    wait(3)
    code = code_of(reporter.post("/quick", ANSWERS | {"token": token}))
    reporter.post("/return", {"code": code})
    wait(15 * 60)
    assert reporter.get("/inbox").status == 200
    wait(15 * 60)
    reply = {"token": reporter.get("/inbox").value("token"), "text": "late"}
    wait(15 * 60 + 1)
    page = reporter.post("/inbox/reply", reply)
    assert "We cleared this page to keep it private" in page.words
    assert "__Host-m=;" in page.response.headers["Set-Cookie"]
    assert reporter.get("/inbox").response.headers["Location"] == "/return"


def test_a_stored_reply_is_not_stored_again_however_old_its_page_is(
    reporter: Visitor, trust: DeskTrust, wait: Wait
) -> None:
    token = reporter.get("/quick").value("token")
    wait(3)
    code = code_of(reporter.post("/quick", ANSWERS | {"token": token}))
    reporter.post("/return", {"code": code})
    reply = {"token": reporter.get("/inbox").value("token"), "text": "said once"}
    wait(3)
    assert reporter.post("/inbox/reply", reply).status == 303
    wait(48 * 3600)
    reporter.post("/return", {"code": code})
    assert reporter.post("/inbox/reply", reply).status == 303
    assert trust.count(Message) == 1
    assert AGAIN in reporter.post("/inbox/reply", reply | {"text": "not said yet"}).errors()


def test_pages_of_the_mailbox_say_and_keep_the_minutes_of_its_cookie(
    reporter: Visitor, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (mailbox_cookie, mailbox_visit):
        monkeypatch.setattr(module, "IDLE_SECONDS", 9 * 60)
        monkeypatch.setattr(module, "LONGEST_SECONDS", 3 * 60 * 60)
    token = reporter.get("/quick").value("token")
    wait(3)
    reporter.post("/return", {"code": code_of(reporter.post("/quick", ANSWERS | {"token": token}))})
    choice = {"token": reporter.get("/inbox/stop").value("token"), "choice": "delete_words"}
    pages = [*map(reporter.get, ("/inbox", "/inbox/stop", "/inbox/consent", "/inbox/file"))]
    for page in (*pages, reporter.post("/inbox/stop", choice)):
        [body] = page.all("body")
        assert [body.get(f"data-idle-{name}") for name in ("minutes", "grace")] == ["7", "2"], page.title
    wait(9 * 60 + 1)
    assert "Nobody used it for 9 minutes, or it was open for 3 hours" in reporter.get("/inbox").words
