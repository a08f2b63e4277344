"""The conflict gate: before words are read, each reader says whether they are close to the case."""

import logging
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Row, delete, select

from app.domain.errors import Unreadable
from app.security.case_key import seal_grant
from app.security.roster import Roster, RosterEntry
from app.services.case import find_report
from app.services.case_scope import GrantedCase
from app.services.place import places_around
from app.services.report_sealing import place_id
from app.services.roster import ENOUGH_READERS, current_roster, may_read
from app.services.unsealing import ReaderKey, case_opener, open_content
from app.services.work import OpenWork, Work, add_once
from models.case import Case, CaseSeen
from models.grant import Grant

log = logging.getLogger("heard.conflict")
StandIn = tuple[bytes, bytes]
"""A user id and the grant sealed to that person."""


def pass_gate(open_work: OpenWork, granted: GrantedCase) -> None:
    """Record that the actor declared no conflict."""
    add_once(open_work, partial(_store_pass, granted=granted))


def _store_pass(work: Work, granted: GrantedCase) -> None:
    work.insert(CaseSeen, {"case_id": granted.id, "user_id": work.person.id, "version": granted.row.version})
    work.audit("conflict.denied", about=granted.id)


def step_back(open_work: OpenWork, granted: GrantedCase) -> None:
    """Take the case away from the actor; with fewer than two readers left, the fallback gets a grant first.

    With nobody left at all, the trustees' recovery key gets it, and the log says that a case needs a reader.
    A case that does not open is taken away all the same.
    """
    with open_work() as work:
        work.audit("conflict.declared", about=granted.id)
        roster = current_roster(work)
        report = find_report(work, granted.id)
        seed, today = work.vault.seed, work.today
    stand_ins: list[StandIn] = []
    last_resort: StandIn | None = None
    try:
        with ReaderKey(seed) as reader:
            case_seed = reader.case_seed(granted.id, granted.grant)
        last_resort = roster.recovery_id, seal_grant(granted.id, case_seed, roster.recovery)
        answers = _answers(case_seed, granted.id, report)
        with open_work(reading=True) as work:
            around = places_around(work, place_id(answers))
        stand_ins = [
            (entry.user_id, seal_grant(granted.id, case_seed, entry.recipient))
            for entry in _fallbacks(roster, answers, around, today)
        ]
    except Unreadable:
        log.error("case.unreadable")
    with open_work() as work:
        _store_step_back(work, granted.id, stand_ins, last_resort)


def _answers(case_seed: bytes, case_id: bytes, report: Row[Any] | None) -> Mapping[str, Any]:
    """Return the reporter's answers, opened by the machine alone to learn who is kept away; nothing is shown."""
    if report is None:
        raise Unreadable
    with case_opener(case_seed) as opener:
        answers: Mapping[str, Any] = open_content(opener, "report", (case_id, report.id), report.sealed)["answers"]
    return answers


def _fallbacks(roster: Roster, answers: Mapping[str, Any], around: frozenset[bytes], today: date) -> list[RosterEntry]:
    excluded = frozenset(answers.get("exclude", ()))
    return [
        entry
        for entry in roster.entries
        if entry.fallback and entry.user_id.hex() not in excluded and may_read(entry, today, around)
    ]


def _store_step_back(work: Work, case_id: bytes, stand_ins: Sequence[StandIn], last_resort: StandIn | None) -> None:
    me = work.person.id
    # Two readers who step back at once wait here for one another: each must count without the other.
    work.connection.execute(select(Case.id).where(Case.id == case_id).with_for_update())
    holders = frozenset(work.connection.scalars(select(Grant.user_id).where(Grant.case_id == case_id)))
    others = holders - {me} - {user_id for user_id, _ in stand_ins}
    left = len(others)
    for user_id, sealed in stand_ins:
        if left < ENOUGH_READERS and user_id != me:
            # A grant that stands there already is made anew: only this one is known to open.
            work.connection.execute(delete(Grant).where(Grant.case_id == case_id, Grant.user_id == user_id))
            _add_grant(work, case_id, user_id, sealed)
            left += 1
    if left == 0:
        log.error("roster.case_needs_a_reader")
        if last_resort:
            _add_grant(work, case_id, *last_resort)
    work.connection.execute(delete(Grant).where(Grant.case_id == case_id, Grant.user_id == me))
    work.connection.execute(delete(CaseSeen).where(CaseSeen.case_id == case_id, CaseSeen.user_id == me))
    work.audit("grant.removed", about=case_id, user=me.hex(), why="conflict")


def _add_grant(work: Work, case_id: bytes, user_id: bytes, sealed: bytes) -> None:
    work.insert(Grant, {"case_id": case_id, "user_id": user_id, "sealed": sealed})
    work.audit("grant.added", about=case_id, user=user_id.hex(), why="conflict")
