"""The queue page: 25 cases a page, and links that lead on and back without losing one."""

import re

import pytest
from sqlalchemy import select, update

from models.case import Case
from tests.fixtures.pages import Page, Visitor
from tests.service.desk import DeskTrust
from tests.web.conftest import send


def references(page: Page) -> list[str]:
    return re.findall(r'href="/cases/([0-9A-Z]{4}-[0-9A-Z]{4})"', page.text)


def links(page: Page) -> dict[str, str]:
    return {link.get("rel") or "": link.get("href") or "" for link in page.all("a") if link.get("rel")}


@pytest.fixture
def many(trust: DeskTrust) -> DeskTrust:
    for number in range(30):
        trust.send(words=f"Report {number}")
    return trust


def test_pages_lead_on_and_back_and_show_every_case_once(ana: Visitor, many: DeskTrust) -> None:
    first = ana.get("/cases")
    assert "1 to 25 of 30" in first.words
    assert set(links(first)) == {"next"}
    second = ana.get(links(first)["next"])
    assert "26 to 30 of 30" in second.words
    assert set(links(second)) == {"prev"}
    assert len({*references(first), *references(second)}) == 30
    assert references(ana.get(links(second)["prev"])) == references(first)


@pytest.mark.parametrize(
    "position", ["", "x", "1.2026-11-16.zz", f"1.2026-02-31.{'0' * 32}", f"7.2026-11-16.{'0' * 32}", "1.2026-11-16.<b>"]
)
@pytest.mark.parametrize("name", ["after", "before"])
def test_a_made_up_position_shows_the_first_page(ana: Visitor, trust: DeskTrust, name: str, position: str) -> None:
    trust.send()
    page = ana.get("/cases", query_string={name: position})
    assert page.status == 200
    assert references(page) == [trust.only_reference()]


def test_a_page_that_has_emptied_begins_again(ana: Visitor, trust: DeskTrust) -> None:
    trust.send()
    page = ana.get(f"/cases?after=1.9999-12-31.{'f' * 32}")
    assert references(page) == [trust.only_reference()]


def test_an_empty_queue_says_what_to_do(ana: Visitor) -> None:
    page = ana.get("/cases")
    assert "No reports yet. Put up posters" in page.words
    assert "0 cases in your queue." in page.words


def test_the_spam_lane_stands_last_and_is_named(ana: Visitor, many: DeskTrust, reporter: Visitor) -> None:
    send(reporter, website="https://spam.example")
    send(reporter)
    first = ana.get("/cases")
    assert "32 cases in your queue. 1 of them is in the spam lane." in first.words
    assert "Danger first, then soonest deadline, the spam lane last" in first.words
    second = ana.get(links(first)["next"])
    with many.public(reading=True) as work:
        spam = work.connection.scalars(select(Case.reference).where(Case.spam_lane)).one()
    assert references(second)[-1] == spam
    assert (first.words.count("Spam lane"), second.words.count("Spam lane")) == (0, 1)
    assert references(ana.get(links(second)["prev"])) == references(first)
    ana.post(f"/cases/{spam}/gate", {"answer": "no", "csrf_token": ana.get(f"/cases/{spam}/gate").value("csrf_token")})
    page = ana.get(f"/cases/{spam}")
    notice = "Spam lane: too much was sent at once, or a hidden field was filled in. Read it as any other."
    assert notice in page.words and page.words.index(notice) < page.words.index("In their words")
    assert page.words.count("Spam lane") == 1


def test_danger_by_the_spam_lane_stands_after_all_others_and_every_page_leads_to_it(
    ana: Visitor, many: DeskTrust, reporter: Visitor
) -> None:
    assert "in danger" not in ana.get("/cases").words
    many.send(danger="yes")
    for _ in range(28):
        send(reporter, website="https://spam.example")
    with many.public() as work:
        spam = work.connection.scalars(select(Case.reference).where(Case.spam_lane).order_by(Case.id)).all()
        flood = frozenset(spam[:26])
        work.connection.execute(update(Case).where(Case.reference.in_(flood)).values(possible_danger=True))
        real = work.connection.scalars(select(Case.reference).where(Case.possible_danger, ~Case.spam_lane)).one()
    first = ana.get("/cases")
    assert references(first)[0] == real
    assert not flood & {*references(first)}
    assert "28 of them are in the spam lane." in first.words
    (link,) = (one for one in first.all("a") if "someone may be in danger" in "".join(one.itertext()))
    assert "".join(link.itertext()) == "26 cases in the spam lane say that someone may be in danger"
    lane = ana.get(link.get("href") or "")
    assert "32 to 56 of 59" in lane.words
    assert {*references(lane)} < flood and lane.words.count("Possible danger") == 25
    last = ana.get(links(lane)["next"])
    assert {*references(lane), references(last)[0]} == flood
    assert {*references(last)[1:]} == {*spam} - flood
    assert references(ana.get(links(last)["prev"])) == references(lane)
    assert references(ana.get(links(ana.get(links(lane)["prev"]))["prev"])) == references(first)
    assert "26 cases in the spam lane" in lane.words and "26 cases in the spam lane" in last.words


def test_one_case_of_danger_in_the_spam_lane_is_said_of_one(ana: Visitor, many: DeskTrust) -> None:
    with many.public() as work:
        one = select(Case.reference).limit(1).scalar_subquery()
        work.connection.execute(update(Case).where(Case.reference == one).values(spam_lane=True, possible_danger=True))
    assert "1 case in the spam lane says that someone may be in danger" in ana.get("/cases").words
    with many.public() as work:
        work.connection.execute(update(Case).values(screened_on=many.today))
    assert "may be in danger" not in ana.get("/cases").words


def test_a_case_that_triage_has_confirmed_stands_with_the_others(ana: Visitor, many: DeskTrust) -> None:
    with many.public() as work:
        work.connection.execute(update(Case).values(spam_lane=True))
    assert "30 of them are in the spam lane" in ana.get("/cases").words
    with many.public() as work:
        work.connection.execute(update(Case).values(triaged_on=many.today))
    assert "the spam lane" not in ana.get("/cases").words


def test_a_closed_case_whose_reporter_wrote_is_counted_and_not_called_open(
    ana: Visitor, reporter: Visitor, trust: DeskTrust
) -> None:
    reporter.post("/return", {"code": send(reporter)})
    reply_token = reporter.get("/inbox").value("token")
    with trust.public() as work:
        work.connection.execute(update(Case).values(status="closed", closed_on=trust.today))
    assert "0 cases in your queue." in ana.get("/cases").words
    assert reporter.post("/inbox/reply", {"token": reply_token, "text": "It goes on."}).status == 303
    page = ana.get("/cases")
    assert "1 case in your queue." in page.words and "open case" not in page.words
    badges = ["".join(one.itertext()) for one in page.all("span") if one.get("class") == "app-badge"]
    assert badges == ["Reply", "Closed"]
