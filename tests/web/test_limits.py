"""Limits say "send it again" and then let it through: a flood never closes the channel and never loses a text."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.web import limits, limits_counter
from app.web.limits import network_of
from app.web.limits_counter import MemoryPlace, network_key
from models.case import Case
from models.report import Report
from tests.fixtures.pages import Page, Visitor
from tests.service.desk import DeskTrust
from tests.web.conftest import ANSWERS, Make, code_of, send


def fill(reporter: Visitor, words: str) -> dict[str, object]:
    return ANSWERS | {"token": reporter.get("/quick").value("token"), "words": words}


def post(reporter: Visitor, answers: dict[str, object], address: str) -> Page:
    return reporter.post("/quick", answers, environ_overrides={"REMOTE_ADDR": address})


@pytest.mark.usefixtures("years")
def test_over_a_limit_the_page_comes_back_and_half_a_minute_later_goes_to_the_spam_lane(
    make: Make, trust: DeskTrust
) -> None:
    app = make(send_limit_network="1 per year", form_minimum_age=3)
    start, reporter = trust.now, Visitor(app, public=True)

    def at(second: int) -> None:
        app.extensions["heard"] = replace(app.extensions["heard"], clock=lambda: start + timedelta(seconds=second))

    at(0)
    first, second = fill(reporter, "one"), fill(reporter, "two")
    at(5)
    assert code_of(reporter.post("/quick", first))
    again = reporter.post("/quick", second)
    assert (again.status, again.value("token"), again.value("words").strip()) == (200, second["token"], "two")
    assert "Please press Send again. Nothing has been lost." in again.words
    assert trust.count(Report) == 1
    at(31)
    assert code_of(reporter.post("/quick", second))
    with trust.public(reading=True) as work:
        assert sorted(work.connection.scalars(select(Case.spam_lane))) == [False, True]


@pytest.mark.usefixtures("years")
def test_a_whole_trust_behind_one_address_is_not_locked_out(make: Make, trust: DeskTrust) -> None:
    app = make(send_limit_network="60 per year")
    start, reporter = trust.now, Visitor(app, public=True)

    def at(second: int) -> None:
        app.extensions["heard"] = replace(app.extensions["heard"], clock=lambda: start + timedelta(seconds=second))

    at(0)
    waiting = [fill(reporter, f"Report {number}") for number in range(200)]
    at(10)
    again = [answers for answers in waiting if not code_of(reporter.post("/quick", answers))]
    assert len(again) == 140
    at(30)
    codes = [code_of(reporter.post("/quick", answers)) for answers in again]
    assert all(codes) and len(set(codes)) == 140
    assert trust.count(Report) == 200
    with trust.public(reading=True) as work:
        assert sum(work.connection.scalars(select(Case.spam_lane))) == 140


@pytest.mark.usefixtures("years")
def test_each_network_has_its_own_limit_and_the_site_one_of_its_own(make: Make) -> None:
    reporter = Visitor(make(send_limit_network="1 per year", send_limit_site="3 per year"), public=True)
    sent = [
        bool(code_of(post(reporter, fill(reporter, address), address)))
        for address in ("192.0.2.1", "192.0.2.77", "198.51.100.1", "2001:db8::1", "2001:db8::2", "unix:")
    ]
    # The second is of the first one's network; the fifth of the fourth's, and the site is full by then.
    assert sent == [True, False, True, False, False, False]


@pytest.mark.parametrize(
    ("one", "neighbour", "stranger"),
    [
        ("192.0.2.1", "192.0.2.254", "192.0.3.1"),
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", "2001:db8:0:2::1"),
        ("::ffff:192.0.2.1", "192.0.2.7", "::ffff:192.0.3.1"),
    ],
)
@pytest.mark.usefixtures("years")
def test_neighbours_in_a_24_or_a_64_share_a_limit_and_others_do_not(
    make: Make, monkeypatch: pytest.MonkeyPatch, one: str, neighbour: str, stranger: str
) -> None:
    # With all bits of the key, two networks never look alike by chance.
    monkeypatch.setattr(limits_counter, "KEY_BYTES", 32)
    reporter = Visitor(make(send_limit_network="1 per year"), public=True)
    sent = [bool(code_of(post(reporter, fill(reporter, name), name))) for name in (one, neighbour, stranger)]
    assert sent == [True, False, True]


def test_the_trap_field_goes_to_the_spam_lane_with_a_receipt(reporter: Visitor, trust: DeskTrust) -> None:
    send(reporter, website="https://spam.example")
    with trust.public(reading=True) as work:
        assert work.connection.scalars(select(Case.spam_lane)).one() is True


def test_networks_are_forgotten_each_hour() -> None:
    memory = MemoryPlace()

    def name(address: str | None, second: int) -> str:
        return network_key(memory.key_of_hour(second), network_of(address))

    first = name("192.0.2.1", 0)
    assert first == name("192.0.2.200", 3599)
    assert len(first) == 4
    assert len({first, *(name("192.0.2.1", 3600 * hour) for hour in range(1, 9))}) > 1
    assert name(None, 0) == name("not an address", 0)


def test_too_many_wrong_codes_are_asked_to_wait_and_a_right_one_still_opens(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "WRONG_RECEIPTS", "2 per year")
    reporter = Visitor(make(), public=True)
    code = send(reporter)
    wrong = {"code": "0000-0000-0000-0000-000M"}
    said = [reporter.post("/return", wrong).errors()[0] for _ in range(3)]
    assert said[0] == said[1] != said[2] == "Try again in a few minutes."
    assert reporter.post("/return", {"code": code}).response.headers["Location"] == "/inbox"
