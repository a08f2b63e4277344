"""From the code on a poster to a form with the place filled in."""

import pytest
from sqlalchemy import select, update

from app.services.case import read_case
from app.services.case_scope import require_case
from app.services.conflict import pass_gate
from app.services.place import add_places, change_opens
from models.base import Base
from models.place import Place
from tests.fixtures.pages import Visitor
from tests.service.desk import WARD, DeskTrust
from tests.web.conftest import ANSWERS, POSTER_CODE, code_of


def goes_to(reporter: Visitor, path: str) -> tuple[int, str]:
    answer = reporter.get(path).response
    return answer.status_code, answer.headers.get("Location", "")


@pytest.mark.parametrize(("opens", "address"), [("quick", "/quick?w=7KQ4"), ("report", "/report?w=7KQ4")])
def test_a_poster_leads_to_the_form_that_it_opens(
    reporter: Visitor, trust: DeskTrust, opens: str, address: str
) -> None:
    with trust.public() as work:
        change_opens(work, "7KQ4", opens)
    assert goes_to(reporter, "/w/7KQ4") == (303, address)


def test_a_poster_for_everyone_asks_staff_and_others_apart(reporter: Visitor, trust: DeskTrust) -> None:
    with trust.public() as work:
        change_opens(work, "7KQ4", "choose")
    page = reporter.get("/w/7KQ4")
    assert page.title == "Tell us what happened – Heard"
    assert "Willow Ward, Coast House" in page.words
    links = {"".join(link.itertext()): link.get("href") for link in page.all("a")}
    assert (links["I work here"], links["Everyone else"]) == ("/quick?w=7KQ4", "/report?w=7KQ4")
    assert "Willow Ward, Coast House" in reporter.get(links["I work here"] or "").words


@pytest.mark.parametrize("typed", ["7kq4", "7K-Q4", "7K%20Q4", "７ＫＱ４", "7K\u2011Q4", "7K\u00a0Q4", "7KQ4\u200b"])
def test_a_code_that_was_typed_by_hand_is_forgiven(reporter: Visitor, typed: str) -> None:
    assert goes_to(reporter, f"/w/{typed}") == (303, "/quick?w=7KQ4")


@pytest.mark.parametrize("typed", ["NONE", "x", "7KQ4%00", "%E2%82%AC", "7KQ4" * 200])
def test_an_unknown_code_leads_to_the_start_page_without_an_error(reporter: Visitor, typed: str) -> None:
    assert goes_to(reporter, f"/w/{typed}") == (303, "/")


def test_a_ward_of_few_people_stands_for_its_site(reporter: Visitor, trust: DeskTrust) -> None:
    with trust.public() as work:
        work.connection.execute(update(Place).where(Place.id == WARD).values(staff_count=10))
        add_places(work, [{"id": b"s" * 16, "code": "S1TE", "name": "Coast House", "site": "Coast House",
                           "directorate": "medicine", "staff_count": 900, "active": True, "opens": "quick"}])  # fmt: skip
    assert goes_to(reporter, "/w/7KQ4") == (303, "/quick?w=S1TE")
    page = reporter.get("/quick?w=7KQ4")
    assert "Where: Coast House" in page.words
    assert "Willow" not in page.words


def test_the_code_of_a_poster_is_kept_neither_with_the_report_nor_anywhere_else(
    reporter: Visitor, trust: DeskTrust
) -> None:
    with trust.public() as work:
        work.connection.execute(update(Place).where(Place.id == WARD).values(code=POSTER_CODE))
    token = reporter.get(f"/quick?w={POSTER_CODE}").value("token")
    answers = ANSWERS | {"token": token, "w": POSTER_CODE}
    assert code_of(reporter.post("/quick", {name: text for name, text in answers.items() if name != "place"}))
    stored = {name: rows for name, rows in dump(trust).items() if POSTER_CODE in rows}
    assert list(stored) == ["place"]
    ana = trust.as_person("ana")
    granted = require_case(ana, trust.only_reference())
    pass_gate(ana, granted)
    view = read_case(ana, require_case(ana, trust.only_reference()))
    assert view.answers["place"] == WARD.hex()
    assert POSTER_CODE not in repr(view.answers)


def dump(trust: DeskTrust) -> dict[str, str]:
    """Return every row of every table as text, sealed bytes included."""
    with trust.public(reading=True) as work:
        return {
            name: repr(work.connection.execute(select(table)).all()) for name, table in Base.metadata.tables.items()
        }
