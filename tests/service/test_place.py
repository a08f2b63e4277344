"""Places: a small ward is never named, and what a poster opens is changed on the record."""

import pytest
from sqlalchemy import update

from app.domain.errors import NotFound, Refused
from app.services.place import (
    SMALLEST_NAMED_UNIT,
    add_places,
    change_opens,
    find_posters,
    list_places,
    manage_places,
    require_place,
)
from app.services.place_poster import change_posters, list_posters, make_poster, poster_lines
from app.services.setting import change_setting, read_settings
from models.place import Place
from models.vocabulary.place_poster import POSTER_LINES
from tests.service.desk import WARD, DeskTrust

EVERY = tuple(line.code for line in POSTER_LINES)


def add(trust: DeskTrust, code: str, name: str, staff: int, *, active: bool = True, site: str = "Coast House") -> None:
    row = {"id": code.encode() * 4, "code": code, "name": name, "site": site, "directorate": "medicine",
           "staff_count": staff, "active": active, "opens": "choose"}  # fmt: skip
    with trust.public() as work:
        add_places(work, [row])


def codes_by_poster(trust: DeskTrust) -> dict[str, str]:
    with trust.public(reading=True) as work:
        return {code: view.code for code, view in find_posters(work).items()}


@pytest.mark.parametrize(("staff", "named"), [(SMALLEST_NAMED_UNIT - 1, False), (SMALLEST_NAMED_UNIT, True)])
def test_a_ward_below_eleven_staff_uses_the_poster_of_its_site(trust: DeskTrust, staff: int, named: bool) -> None:
    add(trust, "S1TE", "Coast House", 400)
    add(trust, "TEAM", "Small Team", staff)
    assert codes_by_poster(trust)["TEAM"] == ("TEAM" if named else "S1TE")
    with trust.public(reading=True) as work:
        assert ("TEAM" in {view.code for view in list_posters(work)}) is named
        assert ("TEAM" in {view.code for view in list_places(work)}) is named
        small = require_place(work, "TEAM")
        assert small.has_own_poster is named
        assert small.staff_count == staff


def test_a_small_ward_of_a_site_without_an_entry_has_no_poster(trust: DeskTrust) -> None:
    add(trust, "TEAM", "Small Team", 3)
    add(trust, "0THR", "Moor Lane", 300, site="Moor Lane")
    assert "TEAM" not in codes_by_poster(trust)
    with trust.public(reading=True) as work:
        assert require_place(work, "TEAM").poster is None


def test_a_site_that_is_small_itself_stands_in_for_nothing(trust: DeskTrust) -> None:
    add(trust, "S1TE", "Coast House", 5)
    add(trust, "TEAM", "Small Team", 3)
    assert set(codes_by_poster(trust)) == {"7KQ4"}


def test_a_place_that_is_no_longer_used_has_no_poster(trust: DeskTrust) -> None:
    add(trust, "0LDW", "Old Ward", 40, active=False)
    assert "0LDW" not in codes_by_poster(trust)
    with trust.public(reading=True) as work, pytest.raises(NotFound):
        require_place(work, "0LDW")


def test_a_site_comes_first_among_its_places(trust: DeskTrust) -> None:
    add(trust, "S1TE", "Coast House", 400)
    add(trust, "ASPN", "Aspen Ward", 40)
    with trust.public(reading=True) as work:
        assert [one.place.name for one in manage_places(work)] == ["Coast House", "Aspen Ward", "Willow Ward"]
        assert [one.name for one in list_places(work)] == ["Coast House", "Aspen Ward", "Willow Ward"]


def test_a_change_of_what_a_poster_opens_is_audited_once(trust: DeskTrust) -> None:
    before = trust.events("setting.changed")
    for opens in ("choose", "choose", "report"):
        with trust.public() as work:
            change_opens(work, "7KQ4", opens)
    assert trust.events("setting.changed") == before + 2
    with trust.public(reading=True) as work:
        assert require_place(work, "7KQ4").place.opens == "report"


def test_a_poster_opens_nothing_else(trust: DeskTrust) -> None:
    with trust.public() as work:
        with pytest.raises(ValueError, match="inbox"):
            change_opens(work, "7KQ4", "inbox")
        with pytest.raises(NotFound):
            change_opens(work, "NONE", "quick")


@pytest.mark.parametrize("host", ["", "localhost", "https://heard.example", "heard.example/w", "a b.example", "-a.example",
                                  "heard.example:123456", "é.example", "x" * 99 + ".example"])  # fmt: skip
def test_an_address_that_nobody_can_type_is_refused_and_nothing_changes(trust: DeskTrust, host: str) -> None:
    with pytest.raises(Refused), trust.public() as work:
        change_posters(work, host, ["pl"], [])
    with trust.public(reading=True) as work:
        assert read_settings(work)["public_host"] == "heard.northmere.example"


def test_a_real_trust_prints_only_lines_that_a_speaker_has_checked(trust: DeskTrust) -> None:
    with trust.public() as work:
        drafts = poster_lines(read_settings(work), EVERY, with_drafts=True)
        assert [line.code for line in drafts] == [line.code for line in POSTER_LINES]
        assert poster_lines(read_settings(work), EVERY, with_drafts=False) == ()
        change_posters(work, " Heard.Real.NHS.uk ", ["ur", "pl", "xx"], ["ur", "it"])
        settings = read_settings(work)
    assert settings["public_host"] == "heard.real.nhs.uk"
    assert settings["poster_languages"] == ["pl", "ur"]
    assert [line.code for line in poster_lines(settings, EVERY, with_drafts=False)] == ["ur"]


@pytest.mark.parametrize("with_drafts", [True, False])
def test_no_poster_promises_a_language_without_pages(trust: DeskTrust, with_drafts: bool) -> None:
    with trust.public() as work:
        change_posters(work, "heard.real.nhs.uk", EVERY, EVERY)
        settings = read_settings(work)
    lines = poster_lines(settings, ["en", "ur", "cy"], with_drafts=with_drafts)
    assert [line.code for line in lines] == ["ur"]
    assert poster_lines(settings, (), with_drafts=with_drafts) == ()


def test_a_poster_is_made_from_the_settings(trust: DeskTrust) -> None:
    with trust.public() as work:
        place = require_place(work, "7KQ4").place
        made = make_poster(read_settings(work), EVERY, place, "a4", with_drafts=True)
        work.connection.execute(update(Place).where(Place.id == WARD).values(opens="report"))
        assert (
            make_poster(read_settings(work), EVERY, require_place(work, "7KQ4").place, "a4", with_drafts=True) == made
        )
        change_setting(work, "public_host", "another.example")
        assert make_poster(read_settings(work), EVERY, place, "a4", with_drafts=True) != made
    assert made.startswith(b"%PDF-")
