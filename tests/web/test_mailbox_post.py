"""Every form of the mailbox: who may post it, what is refused, and that nothing typed is lost."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from app.database.engine import Database
from app.factory import create_app
from config import Settings
from models.case import Case
from models.conversation import Message
from models.reporter_event import ReporterEvent
from tests.fixtures.pages import Page, Visitor
from tests.service.desk import DeskTrust
from tests.service.mailbox import Reporter
from tests.web.mailbox import FORMS, fill, heading, open_mailbox, submit, values_of

TYPED = {"reply": ("text",), "known": ("privacy", "name", "contact", "safe_times"), "stop": ("choice",),
         "consent": ("panel", "story"), "closing": ("badly",), "undo": ()}  # fmt: skip
"""What must stand on the page again."""
SENT = {"reply": 0, "known": 0, "stop": 0, "consent": 0, "closing": 0, "undo": 1}
"""How many messages there are before the form is sent."""
SAYS = {
    "reply": "We have your message.",
    "known": "We have changed how you are known.",
    "stop": "You asked us to stop",
    "consent": "We have your answers. You can change them at any time.",
    "closing": "Thank you.",
    "undo": "We carry on with your report.",
}
"""What stands on the page that taking it leads to."""
every_form = pytest.mark.parametrize("name", sorted(FORMS))


@pytest.fixture
def nurse(reporter: Visitor, trust: DeskTrust) -> Reporter:
    return open_mailbox(reporter, trust)


@pytest.fixture
def filled(reporter: Visitor, trust: DeskTrust, nurse: Reporter, name: str) -> dict[str, str]:
    """A form of the mailbox, filled in, in a mailbox that shows it."""
    if name == "undo":
        nurse.stop()
    if name == "closing":
        with trust.public() as work:
            work.connection.execute(update(Case).values(status="closed", closed_on=trust.today))
    return fill(reporter, name)


def away(*_: object, **__: object) -> None:
    raise OperationalError("", {}, Exception("away"))


def check_kept(page: Page, name: str, filled: dict[str, str]) -> dict[str, str]:
    """Hold a page that came back to what was typed; return its form."""
    form = values_of(page, FORMS[name].path)
    assert {field: form.get(field) for field in TYPED[name]} == {field: filled[field] for field in TYPED[name]}
    assert page.title.startswith("Error: ")
    assert len(page.errors()) == 1
    return form


def test_the_tables_of_this_test_name_every_form() -> None:
    assert FORMS.keys() == TYPED.keys() == SENT.keys() == SAYS.keys()


@every_form
def test_a_form_is_taken_once_however_often_it_is_sent(
    reporter: Visitor, trust: DeskTrust, name: str, filled: dict[str, str]
) -> None:
    assert [reporter.post(FORMS[name].path, filled).status for _ in range(3)] == [303, 303, 303]
    assert trust.count(Message) == SENT[name] + 1


@every_form
def test_what_was_taken_is_said_in_words_of_its_own(
    reporter: Visitor, nurse: Reporter, name: str, filled: dict[str, str]
) -> None:
    answer = reporter.post(FORMS[name].path, filled)
    assert SAYS[name] in reporter.get(answer.response.headers["Location"]).words


def test_an_unknown_mark_says_nothing(reporter: Visitor, nurse: Reporter) -> None:
    assert reporter.get("/inbox?sent=6").words == reporter.get("/inbox").words


@every_form
@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_a_form_from_elsewhere_or_from_nowhere_is_refused(
    reporter: Visitor, trust: DeskTrust, name: str, filled: dict[str, str], headers: dict[str, str]
) -> None:
    assert reporter.post(FORMS[name].path, filled, headers=headers).status == 403
    assert trust.count(Message) == SENT[name]


@every_form
def test_without_the_cookie_nothing_is_sent(app: Flask, trust: DeskTrust, name: str, filled: dict[str, str]) -> None:
    stranger = Visitor(app, public=True)
    answer = stranger.post(FORMS[name].path, filled)
    if name == "reply":
        assert answer.value("text").strip() == filled["text"]
        assert heading(answer) == "We cleared this page to keep it private"
    else:
        assert answer.response.headers["Location"] == "/return"
    assert "Set-Cookie" not in answer.response.headers
    assert trust.count(Message) == SENT[name]


@every_form
@pytest.mark.parametrize("token", ["", "altered", "other"])
def test_a_token_that_is_not_of_this_form_gives_the_page_again_with_a_new_one(
    reporter: Visitor, trust: DeskTrust, name: str, filled: dict[str, str], token: str
) -> None:
    if token == "other":
        token = values_of(reporter.get("/inbox"), f"/inbox/{'known' if name == 'reply' else 'reply'}")["token"]
    page = reporter.post(FORMS[name].path, filled | {"token": token})
    assert page.status == 200
    new = check_kept(page, name, filled)["token"]
    assert new not in (token, filled["token"])
    assert trust.count(Message) == SENT[name]
    assert reporter.post(FORMS[name].path, filled | {"token": new}).status == 303


@every_form
def test_a_database_that_is_away_loses_nothing(
    reporter: Visitor, trust: DeskTrust, name: str, filled: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as gone:
        gone.setattr(Database, "transaction", away)
        page = reporter.post(FORMS[name].path, filled)
    assert page.status == 503
    assert check_kept(page, name, filled)["token"] == filled["token"]
    assert reporter.post(FORMS[name].path, filled).status == 303
    assert trust.count(Message) == SENT[name] + 1


@pytest.mark.parametrize(("path", "typed"), [("/inbox/reply", {"text": " "}), ("/inbox/stop", {"choice": ""})])
def test_that_the_mailbox_cannot_be_read_is_logged_by_type_and_place(
    reporter: Visitor,
    nurse: Reporter,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    path: str,
    typed: dict[str, str],
) -> None:
    # What is typed is refused before anything is stored: reading the mailbox is all that fails.
    monkeypatch.setattr(Database, "transaction", away)
    assert reporter.post(path, typed).status == 422
    assert re.search(r"OperationalError at \S+/app/services/mailbox\.py:\d+", caplog.text)


@pytest.mark.parametrize(("typed", "asked"), [({"score": "4"}, {"score"}), ({"badly": "yes"}, {"badly"})])
def test_the_closing_questions_come_back_as_answered_while_the_database_is_away(
    reporter: Visitor, nurse: Reporter, monkeypatch: pytest.MonkeyPatch, typed: dict[str, str], asked: set[str]
) -> None:
    posted = {"token": reporter.get("/inbox").value("token"), **typed}
    monkeypatch.setattr(Database, "transaction", away)
    page = reporter.post("/inbox/closing", posted)
    assert page.errors() == ["Please press the button again. Nothing has been lost."]
    assert {control.get("name") for control in page.all("input")} >= asked
    assert {control.get("name") for control in page.all("input")}.isdisjoint({"score", "badly"} - asked)
    assert {name: values_of(page, "/inbox/closing").get(name) for name in typed} == typed


def test_a_report_that_already_carries_on_can_be_told_so_again(reporter: Visitor, nurse: Reporter) -> None:
    nurse.stop()
    posted = fill(reporter, "undo")
    nurse.undo()
    page = reporter.post("/inbox/undo", posted | {"token": "altered"})
    assert page.errors() == ["Please press the button again. Nothing has been lost."]
    assert reporter.post("/inbox/undo", values_of(page, "/inbox/undo")).status == 303


@every_form
def test_a_character_that_cannot_be_kept_is_named_and_bytes_that_are_no_text_are_refused(
    reporter: Visitor, trust: DeskTrust, name: str, filled: dict[str, str]
) -> None:
    control = FORMS[name].control
    if control:
        page = reporter.post(FORMS[name].path, filled | {control: "a\x00b"})
        assert page.status == 422
        assert page.errors() == ["Remove the character that cannot be read"]
    body = b"token=%ff&text=%ff&choice=%ff&panel=%ff&privacy=%ff"
    assert reporter.post(FORMS[name].path, body, content_type="application/x-www-form-urlencoded").status == 400
    assert trust.count(Message) == SENT[name]


@every_form
def test_a_mailbox_that_is_gone_meanwhile_is_left(
    reporter: Visitor, trust: DeskTrust, nurse: Reporter, name: str, filled: dict[str, str]
) -> None:
    nurse.stop("delete_all")
    before = trust.count(Message)
    with trust.public() as work:
        # The worker has not run: the event alone closes the mailbox.
        work.connection.execute(update(ReporterEvent).values(day=trust.today - timedelta(days=31)))
    answer = reporter.post(FORMS[name].path, filled)
    assert answer.response.headers["Location"] == "/return"
    assert "__Host-m=;" in answer.response.headers["Set-Cookie"]
    assert trust.count(Message) == before


@every_form
@pytest.mark.usefixtures("years")
def test_over_a_limit_the_page_comes_back_with_the_same_token_and_half_a_minute_later_it_is_taken(
    reporter: Visitor, trust: DeskTrust, name: str, filled: dict[str, str], app: Flask, settings: Settings
) -> None:
    start = app.extensions["heard"].clock()
    limits = create_app(replace(settings, send_limit_network="1 per year"))
    app.extensions["heard_limits"] = limits.extensions["heard_limits"]
    limits.extensions["heard"].database.close()
    submit(reporter, "reply", text="The one that is free")
    before = trust.count(Message)
    page = reporter.post(FORMS[name].path, filled)
    assert page.status == 200
    assert check_kept(page, name, filled)["token"] == filled["token"]
    assert trust.count(Message) == before
    app.extensions["heard"] = replace(app.extensions["heard"], clock=lambda: start + timedelta(seconds=40))
    assert reporter.post(FORMS[name].path, filled).status == 303
    assert trust.count(Message) == before + 1
