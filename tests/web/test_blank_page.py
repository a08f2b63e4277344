"""The blank form is rendered once for what it shows: a change shows at once, and what is put in is escaped."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from app.services.place import add_places
from app.services.setting import change_setting
from app.web import public_content
from models.place import Place
from tests.fixtures.pages import Visitor
from tests.service.desk import DeskTrust, id_of
from tests.web.conftest import ANSWERS

MARKED = 'Bay <b>4</b> & "5"'
Change = Callable[[DeskTrust], None]


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages ask the database each time whether their content still holds."""
    monkeypatch.setattr(public_content, "FRESH_SECONDS", 0.0)


def add(trust: DeskTrust, code: str, name: str, *, staff_count: int = 40, active: bool = True) -> None:
    row = {"id": code.encode() * 4, "code": code, "name": name, "site": "Coast House", "directorate": "medicine",
           "staff_count": staff_count, "active": active, "opens": "quick"}  # fmt: skip
    with trust.public() as work:
        add_places(work, [row])


def change_place(trust: DeskTrust, **columns: object) -> None:
    with trust.public() as work:
        work.connection.execute(update(Place).where(Place.code == "7KQ4").values(columns))


def replace_place(trust: DeskTrust) -> None:
    change_place(trust, active=False)
    add(trust, "AAAA", "Alder Ward")


def name_reader(trust: DeskTrust) -> None:
    with trust.public() as work:
        change_setting(work, "reader_names", {id_of("ben").hex(): "Ben Okafor"})


@pytest.mark.parametrize(
    ("change", "new", "old"),
    [
        (lambda trust: add(trust, "AAAA", "Alder Ward"), "Alder Ward", ""),
        (lambda trust: change_place(trust, active=False), "", "Willow Ward"),
        (lambda trust: change_place(trust, name="Rowan Ward"), "Rowan Ward", "Willow Ward"),
        (lambda trust: change_place(trust, staff_count=10), "", "Willow Ward"),
        (replace_place, "Alder Ward", "Willow Ward"),
        (name_reader, "Ben Okafor", ""),
    ],
    ids=["added", "retired", "renamed", "shrunk", "replaced", "setting"],
)
@pytest.mark.usefixtures("at_once")
def test_a_changed_place_or_setting_gives_a_new_blank_form(
    reporter: Visitor, trust: DeskTrust, change: Change, new: str, old: str
) -> None:
    before = reporter.get("/quick").words
    assert old in before and (not new or new not in before)
    change(trust)
    after = reporter.get("/quick").words
    assert new in after and (not old or old not in after)


@pytest.mark.usefixtures("at_once")
def test_a_changed_roster_gives_a_new_blank_form(reporter: Visitor, trust: DeskTrust) -> None:
    def offered() -> set[str | None]:
        return {box.get("value") for box in reporter.get("/quick").all("input") if box.get("name") == "exclude"}

    assert offered() == {id_of(name).hex() for name in ("ana", "ben", "cat")}
    trust.sign_roster(2, people=("ana", "ben", "gus"))
    assert offered() == {id_of(name).hex() for name in ("ana", "ben")}


def test_for_two_seconds_the_database_is_not_asked_again(
    reporter: Visitor, trust: DeskTrust, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert public_content.FRESH_SECONDS == 2
    # A busy machine may take longer than that over this test.
    monkeypatch.setattr(public_content, "FRESH_SECONDS", 600.0)
    reporter.get("/quick")
    change_place(trust, name="Rowan Ward")
    assert "Willow Ward" in reporter.get("/quick").words


def test_a_name_that_looks_like_markup_is_put_in_as_text(reporter: Visitor, trust: DeskTrust) -> None:
    add(trust, "AAAA", MARKED)
    for _ in range(2):
        page = reporter.get("/quick?w=AAAA")
        assert f"Where: {MARKED}, Coast House" in page.words
        assert "<b>4" not in page.text


@pytest.mark.parametrize(("staff_count", "active", "named"), [(11, True, True), (10, True, False), (40, False, False)])
def test_a_place_that_is_retired_or_too_small_is_neither_offered_nor_taken(
    reporter: Visitor, trust: DeskTrust, staff_count: int, active: bool, named: bool
) -> None:
    add(trust, "AAAA", "Alder Ward", staff_count=staff_count, active=active)
    page = reporter.get("/quick")
    assert ("Alder Ward" in page.words) is named
    assert reporter.get("/w/AAAA").response.headers["Location"] == ("/quick?w=AAAA" if named else "/")
    sent = reporter.post("/quick", ANSWERS | {"token": page.value("token"), "place": (b"AAAA" * 4).hex()})
    assert sent.errors() == ([] if named else ["Select where it happened"])
