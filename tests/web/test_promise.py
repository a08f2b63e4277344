"""The pages of promise say what is true of this trust."""

import re
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from app.domain.setting import DEFAULTS
from app.public import promise as page
from app.public.mailbox_entry import UNKNOWN
from app.security.mailbox_cookie import IDLE_SECONDS
from app.services.roster import current_roster, may_read
from app.services.setting import change_setting
from models.case import Case
from models.vocabulary.promise import BY_PEOPLE, CHECKED, PROMISES
from tests.fixtures.pages import H, Visitor
from tests.service.desk import DeskTrust
from tests.service.mailbox import apply, expires_on, new_reporter, pass_days
from tests.web.promise_checks import CHECKS
from tests.web.promise_world import World

DISPOSAL = ("app.jobs.retain", "app.services.retention")


@pytest.fixture
def world(app: Flask, reporter: Visitor, trust: DeskTrust) -> World:
    return World(app, reporter, trust)


def exists(module: str) -> bool:
    return bool(find_spec(module.rpartition(".")[0]) and find_spec(module))


def test_every_promise_has_a_check_of_its_own_name() -> None:
    codes = [promise.code for promise in PROMISES]
    assert len(codes) == len(set(codes))
    assert {promise.code for promise in CHECKED} == set(CHECKS)
    assert {promise.code for promise in BY_PEOPLE} == {"anonymous_action", "tell_others"}


@pytest.mark.parametrize("code", CHECKS)
def test_the_promise_holds(world: World, code: str) -> None:
    CHECKS[code](world)


def test_the_page_makes_every_promise(world: World) -> None:
    words = world.privacy()
    for promise in PROMISES:
        begins = promise.text.split("%(")[0].strip()
        assert begins in words, promise.code


def test_the_page_says_nothing_but_promises_names_and_periods(world: World) -> None:
    """A sentence that was written into the page itself would have no code. The help beside the text is on every page."""
    shown = world.reporter.get("/privacy")
    [main], [beside] = shown.all("main"), shown.all("aside")
    help_ = set(beside.iter())
    said = {" ".join("".join(one.itertext()).split()) for tag in ("p", "li") for one in main.iter(H + tag)
            if one not in help_}  # fmt: skip
    minutes = {"minutes": IDLE_SECONDS // 60}
    promised = {promise.text % minutes if "%(" in promise.text else promise.text for promise in PROMISES}
    assert said - promised == {
        "A reader, Investigator",
        "A reader",
        page.NOT_YET,
        "This is how long the trust has decided to keep things:",
    }


def test_the_privacy_page_and_the_form_name_everybody_who_may_come_to_read(reporter: Visitor, trust: DeskTrust) -> None:
    with trust.public() as work:
        entries = [entry for entry in current_roster(work).entries if may_read(entry, trust.today)]
        names = {entry.user_id.hex(): f"Reader number {place}" for place, entry in enumerate(entries)}
        change_setting(work, "reader_names", names)
    privacy, form = reporter.get("/privacy").words, reporter.get("/quick").words
    assert any(entry.fallback for entry in entries)
    for name in names.values():
        assert name in privacy
        assert name in form
    assert "No one person alone can open it." in privacy


def test_deletion_is_promised_as_soon_as_there_is_any_and_no_sooner(reporter: Visitor) -> None:
    assert page.DELETION_RUNS is any(map(exists, DISPOSAL))
    assert ("does not delete reports by itself yet" in reporter.get("/privacy").words) is not page.DELETION_RUNS


def test_the_periods_on_the_pages_are_those_of_the_settings(reporter: Visitor, trust: DeskTrust) -> None:
    periods = [name for name in DEFAULTS if name.startswith("keep_")]
    with trust.public() as work:
        for place, name in enumerate(periods):
            change_setting(work, name, 1 if name == "keep_serious_years" else 41 + place)
    privacy = reporter.get("/privacy").words
    for sentence in ("41 months after we close", "42 years after we close", "1 year Your"):
        assert sentence in privacy


def test_a_receipt_works_as_long_as_the_pages_say(reporter: Visitor, trust: DeskTrust) -> None:
    with trust.public() as work:
        for name in DEFAULTS:
            if name.startswith("keep_"):
                change_setting(work, name, 77)
    privacy = reporter.get("/privacy").words
    [days] = re.findall(r"asked us to stop (\d+) days", privacy)
    [months] = re.findall(r"Your receipt code (\d+) months", privacy)
    nurse = new_reporter(trust)
    nurse.stop()
    apply(trust)
    assert expires_on(trust) == trust.today + timedelta(days=int(days))
    pass_days(trust, int(days))
    assert nurse.is_open
    pass_days(trust, 1)
    assert not nurse.is_open
    assert f"stops working {months} months after we close a report" in reporter.get("/how-it-works").words
    assert f"stop working {months} months after we close a report" in UNKNOWN


def test_a_receipt_of_a_closed_case_works_as_long_as_the_pages_say(reporter: Visitor, trust: DeskTrust) -> None:
    [months] = re.findall(r"Your receipt code (\d+) months", reporter.get("/privacy").words)
    nurse = new_reporter(trust)
    with trust.public() as work:
        work.connection.execute(update(Case).values(status="closed", closed_on=trust.today))
    nurse.stop()
    nurse.undo()
    apply(trust)
    assert expires_on(trust) == trust.today.replace(year=trust.today.year + int(months) // 12)


def test_both_sides_of_the_promise_stand_beside_each_other_before_anything_else(reporter: Visitor) -> None:
    words = reporter.get("/privacy").words
    order = ("What we protect", "What we cannot protect", "Who can read it", "How long we keep it")
    assert [words.index(heading) for heading in order] == sorted(words.index(heading) for heading in order)


@pytest.mark.parametrize(("path", "codes"), [("/", {"no_address", "network_sees", "nothing_until_send"}),
                                             ("/quick", {"network_sees", "words_point", "anonymous_action", "nothing_until_send"})])  # fmt: skip
def test_a_promise_that_stands_on_another_page_is_said_there_in_the_same_words(
    reporter: Visitor, path: str, codes: set[str]
) -> None:
    words = reporter.get(path).words
    assert {promise.code for promise in PROMISES if promise.text in words} == codes


def test_no_template_says_a_promise_in_words_of_its_own() -> None:
    for path in Path("templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not [promise.code for promise in PROMISES if f'_("{promise.text}")' in text], path
