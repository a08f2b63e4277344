"""The list of readers: what is stored cannot bring anybody back, and what is broken stops nobody from reporting."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, insert, select, update

from app.domain.errors import Misconfigured
from app.services.roster import current_roster
from models.roster import Roster
from tests.service.desk import DeskTrust, id_of

BROKEN = (
    "nonsense",
    "[]",
    "{}",
    "[1]",
    '[{"key":"zz","sig_b64":"AA=="}]',
    '[{"key":"00","sig_b64":7}]',
    "null",
    "[{}]",
)


def readers(trust: DeskTrust) -> set[bytes]:
    with trust.public(reading=True) as work:
        return {entry.user_id for entry in current_roster(work).entries}


def started_anew(trust: DeskTrust, lowest: int = 1) -> None:
    """Let the process start again: it knows no roster."""
    trust.sealer = replace(trust.sealer, rosters={}, roster_lowest=lowest)


@pytest.fixture
def without_ben(trust: DeskTrust) -> DeskTrust:
    """A trust whose second list leaves Ben out."""
    assert id_of("ben") in readers(trust)
    trust.sign_roster(2, ("ana", "cat", "gus"))
    assert id_of("ben") not in readers(trust)
    return trust


def test_a_list_that_is_taken_away_brings_nobody_back(without_ben: DeskTrust, caplog: pytest.LogCaptureFixture) -> None:
    with without_ben.public() as work:
        work.connection.execute(delete(Roster).where(Roster.version == 2))
    assert id_of("ben") not in readers(without_ben)
    assert "roster.rolled_back" in caplog.text
    started_anew(without_ben, lowest=2)
    with pytest.raises(Misconfigured):
        readers(without_ben)


def test_an_older_list_under_a_newer_number_brings_nobody_back(
    without_ben: DeskTrust, caplog: pytest.LogCaptureFixture
) -> None:
    with without_ben.public() as work:
        old = work.connection.execute(select(Roster).where(Roster.version == 1)).one()
        row = {"version": 3, "document": old.document, "signatures": old.signatures}
        work.connection.execute(insert(Roster.__table__), row)
    for _ in range(2):
        assert id_of("ben") not in readers(without_ben)
        assert "roster.refused" in caplog.text
        started_anew(without_ben)


@pytest.mark.parametrize("signatures", BROKEN)
def test_a_broken_list_is_passed_over(trust: DeskTrust, signatures: str) -> None:
    with trust.public() as work:
        work.connection.execute(insert(Roster.__table__), {"version": 9, "document": b"{", "signatures": signatures})
    for _ in range(2):
        assert len(readers(trust)) == 4
        started_anew(trust)


@pytest.mark.parametrize("change", [delete(Roster), update(Roster).values(version=7)])
def test_a_running_process_keeps_the_list_that_it_verified(trust: DeskTrust, change: object) -> None:
    assert len(readers(trust)) == 4
    with trust.public() as work:
        work.connection.execute(change)  # type: ignore[call-overload]  # two kinds of statement
    assert len(readers(trust)) == 4
    trust.send()
