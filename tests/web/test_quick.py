"""The quick form: what is missing is said in a sentence, and nothing typed is lost."""

import logging
import time

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from app.database.engine import Database
from app.services.place import add_places
from models.place import Place
from models.report import Report
from tests.fixtures.pages import Visitor
from tests.service.desk import PEOPLE, WARD, DeskTrust, id_of
from tests.web.conftest import ANSWERS, code_of, send

EMPTY = [
    "Select where it happened", "Select who this happened to", "Select what happened", "Select who did this",
    "Select when it happened", "Choose how you want us to treat your report",
]  # fmt: skip


def test_an_empty_form_comes_back_with_every_sentence_and_the_same_token(reporter: Visitor) -> None:
    token = reporter.get("/quick").value("token")
    page = reporter.post("/quick", {"token": token})
    assert page.status == 422
    assert sorted(page.errors()) == sorted(EMPTY)
    assert page.value("token") == token


def test_a_partial_form_keeps_what_was_typed(reporter: Visitor) -> None:
    token = reporter.get("/quick").value("token")
    page = reporter.post("/quick", {"token": token, "words": "kept <i>text</i>", "who": "me"})
    assert page.status == 422
    assert page.value("words").strip() == "kept <i>text</i>"
    assert "Select who this happened to" not in page.errors()


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"words": "x" * 2001}, "Your words must be 2,000 characters or fewer"),
        ({"privacy": "named", "contact": "a@b"}, "Enter your name, or choose Confidential"),
        ({"privacy": "confidential"}, "Enter a phone number or email, or choose Anonymous"),
        ({"who": "nobody"}, "Select who this happened to"),
        ({"what": "nothing"}, "Select what happened"),
        ({"place": "z" * 32}, "Select where it happened"),
    ],
)
def test_what_cannot_be_sent_is_named_and_nothing_is_stored(
    reporter: Visitor, trust: DeskTrust, answers: dict[str, str], sentence: str
) -> None:
    token = reporter.get("/quick").value("token")
    page = reporter.post("/quick", ANSWERS | {"token": token} | answers)
    assert page.status == 422
    assert sentence in page.errors()
    assert trust.count(Report) == 0


def test_excluding_every_reader_is_refused(reporter: Visitor) -> None:
    page = reporter.get("/quick")
    everyone = [box.get("value") for box in page.all("input") if box.get("name") == "exclude"]
    assert len(everyone) == len(PEOPLE)
    for ticked in (everyone, [id_of(name).hex() for name in ("ana", "ben", "cat")]):
        answer = reporter.post("/quick", ANSWERS | {"token": page.value("token"), "exclude": ticked})
        assert any(sentence.startswith("Leave at least one person") for sentence in answer.errors())


def test_a_null_character_is_refused_at_its_field(reporter: Visitor, trust: DeskTrust) -> None:
    token = reporter.get("/quick").value("token")
    assert reporter.post("/quick", ANSWERS | {"token": token, "words": "a\x00b"}).status == 422
    assert trust.count(Report) == 0


def test_bytes_that_are_not_utf8_are_a_400_and_a_megabyte_is_a_413(reporter: Visitor, trust: DeskTrust) -> None:
    form = "application/x-www-form-urlencoded"
    assert reporter.post("/quick", b"words=%ff", content_type=form).status == 400
    large = reporter.post("/quick", {"words": "x" * 1_000_000})
    assert large.status == 413
    assert "Go Back" in large.words
    assert trust.count(Report) == 0


def test_an_altered_token_keeps_the_text_and_gets_a_new_one(reporter: Visitor, trust: DeskTrust) -> None:
    page = reporter.post("/quick", ANSWERS | {"token": "altered", "words": "kept"})
    assert page.status == 200
    assert "Please press Send again. Nothing has been lost." in page.words
    assert page.value("words").strip() == "kept"
    assert code_of(page) == ""
    again = reporter.post("/quick", ANSWERS | {"token": page.value("token"), "words": "kept"})
    assert code_of(again)
    assert trust.count(Report) == 1


def test_an_expired_token_gets_a_new_one(app: Flask, reporter: Visitor) -> None:
    keys = app.extensions["heard"].form_keys
    old = keys.seal_form_token(b"o" * 16, int(time.time()) - 90_000, "quick", 1)
    page = reporter.post("/quick", ANSWERS | {"token": old})
    assert "Nothing has been lost" in page.words
    assert page.value("token") != old


def test_the_same_page_sent_again_shows_the_same_receipt(reporter: Visitor, trust: DeskTrust) -> None:
    token = reporter.get("/quick").value("token")
    codes = {code_of(reporter.post("/quick", ANSWERS | {"token": token})) for _ in range(3)}
    assert len(codes) == 1
    assert trust.count(Report) == 1


def test_the_receipt_shows_the_real_dates(reporter: Visitor) -> None:
    token = reporter.get("/quick").value("token")
    page = reporter.post("/quick", ANSWERS | {"token": token})
    for day in ("18 November", "14 December", "11 February"):
        assert day in page.words
    assert "Nobody on your ward" not in page.words


def test_a_database_that_is_away_keeps_the_text_and_shows_no_receipt(
    reporter: Visitor, trust: DeskTrust, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    token = reporter.get("/quick").value("token")

    def away(*_: object, **__: object) -> None:
        raise OperationalError("", {}, Exception("away"))

    with monkeypatch.context() as gone, caplog.at_level(logging.CRITICAL):
        gone.setattr(Database, "transaction", away)
        page = reporter.post("/quick", ANSWERS | {"token": token, "words": "kept"})
    assert page.status == 503
    assert "We could not receive your report. Your text is still here." in page.words
    assert page.value("words").strip() == "kept"
    assert code_of(page) == ""
    assert code_of(reporter.post("/quick", ANSWERS | {"token": page.value("token"), "words": "kept"}))
    assert trust.count(Report) == 1


def test_another_site_cannot_send(reporter: Visitor, trust: DeskTrust) -> None:
    token = reporter.get("/quick").value("token")
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://other.example"}, {"Origin": "null"}):
        assert reporter.post("/quick", ANSWERS | {"token": token}, headers=headers).status == 403
    assert trust.count(Report) == 0
    assert code_of(reporter.post("/quick", ANSWERS | {"token": token}, headers={}))


def test_a_poster_fills_in_the_place(reporter: Visitor) -> None:
    assert reporter.get("/w/7KQ4").response.headers["Location"] == "/quick?w=7KQ4"
    assert reporter.get("/w/0000").response.headers["Location"] == "/"
    page = reporter.get("/quick?w=7KQ4")
    assert "Willow Ward, Coast House" in page.words
    answers = {name: value for name, value in ANSWERS.items() if name != "place"}
    sent = reporter.post("/quick", answers | {"token": page.value("token"), "w": "7KQ4"})
    assert "Nobody on your ward or in your line management sees it." in sent.words


def test_the_poster_of_a_small_ward_keeps_its_people_away_and_its_code_is_not_kept(
    reporter: Visitor, trust: DeskTrust
) -> None:
    site = b"\x51" * 16
    with trust.public() as work:
        work.connection.execute(update(Place).values(staff_count=10))
        add_places(work, [{"id": site, "code": "9TQ4", "name": "Coast House", "site": "Coast House",
                           "directorate": "medicine", "staff_count": 40, "active": True, "opens": "quick"}])  # fmt: skip
    trust.sign_roster(2, ana="works_in")
    page = reporter.get("/quick?w=7KQ4")
    answers = {name: value for name, value in ANSWERS.items() if name != "place"}
    sent = reporter.post("/quick", answers | {"token": page.value("token"), "w": "7KQ4"})
    assert "Nobody on your ward or in your line management sees it." in sent.words
    assert trust.granted() == {"ben", "cat"}
    assert trust.opened_report("ben")["answers"]["place"] == site.hex()
    assert WARD.hex() not in str(trust.opened_report("ben")) and "7KQ4" not in str(trust.opened_report("ben"))


def test_no_word_is_logged_even_when_everything_is(reporter: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        send(reporter, words="Words with canaryzqx inside.", privacy="named", name="canaryzqx", contact="canaryzqx")
        reporter.post("/quick", ANSWERS | {"token": "altered", "words": "canaryzqx"})
    assert "canaryzqx" not in caplog.text
