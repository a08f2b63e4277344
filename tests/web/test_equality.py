"""The question about the reporter, as it is met after a receipt."""

import logging
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.database.engine import Database
from app.security.equality_token import EqualityToken, read_equality_token, seal_equality_token
from app.web import public_content
from models.audit import AuditEvent
from models.equality import Equality
from models.vocabulary.ethnicity import ETHNIC_2021, ETHNIC_HEADINGS
from tests.fixtures.pages import Visitor
from tests.fixtures.pseudo import install_pseudo
from tests.service.desk import DeskTrust
from tests.web.conftest import ANSWERS, Make, code_of
from tests.web.equality import answers_stored, receipt, token_on
from tests.web.report import fill

OVER = "We cannot take this answer any more"


def test_the_question_is_asked_after_the_receipt_and_saved_once(reporter: Visitor, trust: DeskTrust) -> None:
    token = token_on(receipt(reporter))
    asked = reporter.post("/about-you", {"token": token})
    assert asked.status == 200
    assert trust.count(Equality) == 0
    hidden = {name: asked.value(name) for name in ("token", "answered")}
    events = trust.count(AuditEvent)
    for code in ("black_caribbean", "black_caribbean", "white_roma"):
        saved = reporter.post("/about-you", hidden | {"ethnic_2021": code})
        assert "Thank you. You can close this page." in saved.words
        assert "Finish and clear this page" in saved.words
    assert answers_stored(trust) == ["black_caribbean"]
    assert trust.count(AuditEvent) == events


def test_the_page_has_nineteen_groups_under_five_headings_and_says_what_becomes_of_an_answer(reporter: Visitor) -> None:
    page = reporter.post("/about-you", {"token": token_on(receipt(reporter))})
    radios = [box for box in page.all("input") if box.get("type") == "radio"]
    assert [box.get("value") for box in radios] == [word.code for word in ETHNIC_2021]
    assert not [box for box in radios if box.get("checked") is not None]
    legends = [" ".join("".join(legend.itertext()).split()) for legend in page.all("legend")]
    assert legends == ["What is your ethnic group?", *(heading.label for heading in ETHNIC_HEADINGS)]
    for sentence in (
        "One optional question about you",
        "Your answer is counted apart and nobody who reads your report sees it.",
        "If you take back your report later, this count stays as it is.",
    ):
        assert sentence in page.words
    assert page.title == "One question – Heard"


@pytest.mark.parametrize("code", ["", "klingon", "not_asked", "white_irish\x00"])
def test_no_answer_or_another_one_is_named_and_nothing_is_stored(
    reporter: Visitor, trust: DeskTrust, code: str
) -> None:
    token = token_on(receipt(reporter))
    page = reporter.post("/about-you", {"token": token, "answered": "1", "ethnic_2021": code})
    assert page.status == 422
    wanted = (
        "Remove the character that cannot be read"
        if "\x00" in code
        else "Select your ethnic group, or choose “I would rather not say”"
    )
    assert page.errors() == [wanted]
    assert page.value("token") == token
    assert trust.count(Equality) == 0


def test_two_answers_at_once_and_a_stray_null_are_refused(reporter: Visitor, trust: DeskTrust) -> None:
    sent = {"token": token_on(receipt(reporter)), "answered": "1"}
    assert reporter.post("/about-you", sent | {"ethnic_2021": ["white_irish", "asian_indian"]}).status == 422
    assert reporter.post("/about-you", sent | {"ethnic_2021": "white_irish", "stray": "a\x00"}).status == 422
    assert trust.count(Equality) == 0
    broken = b"token=%ff"
    assert reporter.post("/about-you", broken, content_type="application/x-www-form-urlencoded").status == 400


def test_an_altered_token_is_refused_kindly_in_every_form(reporter: Visitor, trust: DeskTrust) -> None:
    token = token_on(receipt(reporter))
    other = "B" if token[10] != "B" else "C"
    altered = [token[:10] + other + token[11:], token + "=", token[:-1], "", "\x00", "ö" * 72, "x" * 5000, f" {token}"]
    for text in altered:
        for sent in ({"token": text}, {"token": text, "answered": "1", "ethnic_2021": "white_irish"}):
            page = reporter.post("/about-you", sent)
            assert page.status == 410
            assert OVER in page.words
            assert "Your report is safe with us" in page.words
    form_token = reporter.get("/quick").value("token")
    assert reporter.post("/about-you", {"token": form_token}).status == 410
    assert trust.count(Equality) == 0


@pytest.mark.parametrize(("month", "status"), [("2026-11", 200), ("2026-10", 200), ("2026-09", 410), ("2026-12", 410)])
def test_a_token_lasts_for_its_month_and_the_next(app: Flask, reporter: Visitor, month: str, status: int) -> None:
    keys = app.extensions["heard"].form_keys
    token = seal_equality_token(keys.current, EqualityToken(month, "other", "own", month.encode().ljust(16)))
    assert reporter.post("/about-you", {"token": token}).status == status
    saved = reporter.post("/about-you", {"token": token, "answered": "1", "ethnic_2021": "asian_other"})
    assert saved.status == status


def test_a_token_of_the_secret_before_the_last_change_is_taken(make: Make, trust: DeskTrust) -> None:
    old = make()
    secret = old.extensions["heard"].settings.intake_secret
    token = token_on(receipt(Visitor(old, public=True)))
    for previous, status in ((secret, 200), (None, 410)):
        visitor = Visitor(make(intake_secret=b"n" * 32, intake_secret_previous=previous), public=True)
        answer = {"token": token, "answered": "1", "ethnic_2021": "mixed_other"}
        assert visitor.post("/about-you", answer).status == status
    assert trust.count(Equality) == 1


def test_only_the_answer_that_stored_a_report_in_the_normal_lane_asks(reporter: Visitor, trust: DeskTrust) -> None:
    sent = ANSWERS | {"token": reporter.get("/quick").value("token")}
    first, again = reporter.post("/quick", sent), reporter.post("/quick", sent)
    assert code_of(first) == code_of(again)
    assert token_on(first) and not token_on(again)
    assert not token_on(receipt(reporter, website="http://spam.example"))
    assert token_on(receipt(reporter))


@pytest.mark.parametrize(
    ("answers", "direction", "report_class"),
    [
        ({}, "third_party_staff", "own"),
        ({"by": "staff", "who": "patient"}, "staff_patient", "other"),
        ({"by": "unknown"}, "other", "own"),
        ({"privacy": "confidential", "contact": "a@b"}, "third_party_staff", "other"),
    ],
)
def test_the_token_says_direction_and_class_as_sent(
    app: Flask, reporter: Visitor, answers: dict[str, str], direction: str, report_class: str
) -> None:
    token = read_equality_token(app.extensions["heard"].form_keys, token_on(receipt(reporter, **answers)))
    assert (token.month, token.sent_direction, token.report_class) == ("2026-11", direction, report_class)


@pytest.mark.parametrize(
    ("answers", "direction", "report_class"),
    [
        ({}, "staff_patient", "own"),
        ({"by": "visitor"}, "other", "own"),
        ({"role": "staff", "by": "visitor"}, "third_party_staff", "own"),
        ({"role": "family_carer", "who": "cared_for", "consent": "agree"}, "staff_patient", "other"),
        ({"role": "not_given"}, "other", "own"),
    ],
)
def test_the_full_form_asks_too_and_says_its_role(
    app: Flask, reporter: Visitor, answers: dict[str, str], direction: str, report_class: str
) -> None:
    token = read_equality_token(app.extensions["heard"].form_keys, token_on(fill(reporter, **answers)))
    assert (token.sent_direction, token.report_class) == (direction, report_class)


def test_whoever_writes_down_for_another_is_not_asked_about_themselves(reporter: Visitor) -> None:
    page = fill(reporter, "/report?s=phone", consent="agree")
    assert code_of(page)
    assert "Read this code to the person who told you" in page.words
    assert not token_on(page)


def test_a_process_with_public_halves_alone_asks_and_saves(make: Make, trust: DeskTrust) -> None:
    def never() -> bytes:
        raise AssertionError("a page asked for the key of the worker")

    intake = make(surface="intake", desk_pepper=b"d" * 32, csrf_key=b"c" * 32, worker_key=never)
    visitor = Visitor(intake, public=True)
    answer = {"token": token_on(receipt(visitor)), "answered": "1", "ethnic_2021": "other_arab"}
    assert visitor.post("/about-you", answer).status == 200
    assert answers_stored(trust) == ["other_arab"]


def test_without_a_key_to_count_with_nothing_is_asked(
    reporter: Visitor, trust: DeskTrust, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_content, "FRESH_SECONDS", 0.0)
    token = token_on(receipt(reporter))
    trust.sign_roster(2, years=())
    assert not token_on(receipt(reporter))
    # A page that was open meanwhile keeps its answer and says that it was not saved.
    page = reporter.post("/about-you", {"token": token, "answered": "1", "ethnic_2021": "asian_indian"})
    assert page.status == 503
    assert "We could not save your answer. It is still here." in page.words


def test_a_database_that_is_away_keeps_the_answer_on_the_page(
    reporter: Visitor, trust: DeskTrust, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answer = {"token": token_on(receipt(reporter)), "answered": "1", "ethnic_2021": "asian_indian"}

    def away(*_: object, **__: object) -> None:
        raise OperationalError("", {}, Exception("away"))

    with monkeypatch.context() as gone, caplog.at_level(logging.CRITICAL):
        gone.setattr(Database, "transaction", away)
        page = reporter.post("/about-you", answer)
    assert page.status == 503
    assert [box.get("value") for box in page.all("input") if box.get("checked") is not None] == ["asian_indian"]
    assert page.value("token") == answer["token"]
    assert trust.count(Equality) == 0
    assert reporter.post("/about-you", answer).status == 200
    assert answers_stored(trust) == ["asian_indian"]


def test_a_get_goes_to_the_start_page_and_another_site_cannot_answer(reporter: Visitor, trust: DeskTrust) -> None:
    page = reporter.get("/about-you")
    assert (page.status, page.response.headers["Location"]) == (303, "/")
    answer = {"token": token_on(receipt(reporter)), "answered": "1", "ethnic_2021": "asian_indian"}
    assert reporter.post("/about-you", answer, headers={"Sec-Fetch-Site": "cross-site"}).status == 403
    assert trust.count(Equality) == 0
    assert reporter.post("/about-you", answer, headers={}).status == 200


@pytest.fixture
def spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Urdu says everything."""
    install_pseudo(tmp_path / "made", monkeypatch)


@pytest.mark.usefixtures("spoken")
def test_the_question_keeps_the_language_of_the_report(reporter: Visitor) -> None:
    sent = ANSWERS | {"token": reporter.get("/quick?lang=ur").value("token")}
    page = reporter.post("/quick?lang=ur", sent)
    for _ in range(2):
        [action] = [form.get("action") for form in page.all("form")]
        assert action == "/about-you?lang=ur"
        page = reporter.post(str(action), {"token": page.value("token")})
        assert page.tree is not None and page.tree.get("dir") == "rtl"
    assert reporter.get("/about-you?lang=ur").response.headers["Location"] == "/?lang=ur"


def test_no_page_of_the_question_names_the_report(reporter: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        page = receipt(reporter)
        code = code_of(page)
        answer = {"token": token_on(page), "answered": "1", "ethnic_2021": "black_african"}
        asked, saved = reporter.post("/about-you", {"token": answer["token"]}), reporter.post("/about-you", answer)
    for shown in (asked, saved):
        assert code not in shown.text
        assert not re.search(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", shown.text)
    for secret in (code, str(answer["token"]), "black_african"):
        assert secret not in caplog.text
