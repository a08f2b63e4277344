"""The keys of a financial year: made once, opened by the worker's key alone, named in the signed roster."""

import pytest
from sqlalchemy import select

from app.domain.errors import Unreadable
from app.security.keys import public_key
from app.security.worker_key import AGGREGATION, NOISE, open_worker_row
from app.services.roster import current_roster, lists_aggregation
from app.services.worker_key import make_year_keys
from models.worker_key import WorkerKey
from tests.service.desk import WORKER_KEY, DeskTrust


def rows(trust: DeskTrust, year: str) -> dict[str, bytes]:
    """Return the sealed rows of a year by their use."""
    with trust.public(reading=True) as work:
        found = work.connection.execute(
            select(WorkerKey.use, WorkerKey.sealed).where(WorkerKey.financial_year == year)
        ).all()
    return {row.use: row.sealed for row in found}


def test_a_year_gets_a_pair_and_a_noise_key_once(trust: DeskTrust) -> None:
    before = trust.events("key.made")
    with trust.public() as work:
        first = make_year_keys(work, WORKER_KEY, "FY2027")
    stored = rows(trust, "FY2027")
    with trust.public() as work:
        again = make_year_keys(work, WORKER_KEY, "FY2027")
    assert first == again
    assert rows(trust, "FY2027") == stored
    assert stored.keys() == {AGGREGATION, NOISE}
    assert trust.events("key.made") == before + 2
    seed, noise = (open_worker_row(WORKER_KEY, use, "FY2027", stored[use]) for use in (AGGREGATION, NOISE))
    assert public_key(seed) == first.public_key
    assert seed != noise


def test_every_year_has_keys_of_its_own_and_a_row_opens_in_its_own_place_only(trust: DeskTrust) -> None:
    years = {year: rows(trust, year) for year in ("FY2025", "FY2026")}
    opened = {
        open_worker_row(WORKER_KEY, use, year, sealed) for year, found in years.items() for use, sealed in found.items()
    }
    assert len(opened) == 4
    for use, year in ((AGGREGATION, "FY2026"), (NOISE, "FY2025")):
        with pytest.raises(Unreadable):
            open_worker_row(WORKER_KEY, use, year, years["FY2025"][AGGREGATION])


def test_another_worker_key_opens_nothing_and_changes_nothing(trust: DeskTrust) -> None:
    stored = rows(trust, "FY2026")
    with pytest.raises(Unreadable), trust.public() as work:
        make_year_keys(work, b"x" * 32, "FY2026")
    assert rows(trust, "FY2026") == stored


def test_a_year_whose_noise_key_is_lost_gets_a_new_one_and_keeps_its_pair(trust: DeskTrust) -> None:
    with trust.public(reading=True) as work:
        listed = current_roster(work).aggregation_for("FY2026")
    with trust.public() as work:
        work.connection.execute(WorkerKey.__table__.delete().where(WorkerKey.use == NOISE))
        made = make_year_keys(work, WORKER_KEY, "FY2026")
    assert listed and made.public_key == listed.recipient.public_key
    assert rows(trust, "FY2026").keys() == {AGGREGATION, NOISE}


def test_the_roster_names_the_key_of_a_year_else_the_newest_it_lists(trust: DeskTrust) -> None:
    with trust.public(reading=True) as work:
        roster = current_roster(work)
        assert lists_aggregation(work)
    chosen = {
        year: (roster.aggregation_for(year) or roster.aggregation[0]).financial_year
        for year in ("FY2024", "FY2025", "FY2026", "FY2027")
    }
    assert chosen == {"FY2024": "FY2026", "FY2025": "FY2025", "FY2026": "FY2026", "FY2027": "FY2026"}
    trust.sign_roster(2, years=())
    with trust.public(reading=True) as work:
        assert current_roster(work).aggregation_for("FY2026") is None
        assert not lists_aggregation(work)


def test_no_private_half_is_stored_in_clear(trust: DeskTrust) -> None:
    stored = trust.stored_bytes()
    for year in ("FY2025", "FY2026"):
        for use, sealed in rows(trust, year).items():
            key = open_worker_row(WORKER_KEY, use, year, sealed)
            assert key not in stored
            assert key.hex().encode() not in stored
            assert sealed in stored, "what is looked at holds the rows"
