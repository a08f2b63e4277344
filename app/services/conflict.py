"""The conflict gate: before words are read, each reader says whether they are close to the case."""

import logging
from collections.abc import Sequence
from functools import partial

from sqlalchemy import delete, func, select

from app.security.case_key import seal_grant
from app.services.case import report_of
from app.services.case_scope import GrantedCase
from app.services.report_sealing import place_id
from app.services.roster import ENOUGH_READERS, current_roster, may_read
from app.services.unsealing import ReaderKey, case_opener, open_content
from app.services.work import OpenWork, Work, add_once
from models.case import CaseSeen
from models.grant import Grant

log = logging.getLogger("heard.conflict")
StandIn = tuple[bytes, bytes]
"""A user id and the grant sealed to that person."""


def pass_gate(open_work: OpenWork, granted: GrantedCase) -> None:
    """Record that the actor declared no conflict."""
    add_once(open_work, partial(_store_pass, granted=granted))


def _store_pass(work: Work, granted: GrantedCase) -> None:
    work.insert(CaseSeen, {"case_id": granted.id, "user_id": work.person.id, "version": granted.row.version})


def step_back(open_work: OpenWork, granted: GrantedCase) -> None:
    """Take the case away from the actor; with fewer than two readers left, the fallback gets a grant first.

    With nobody left at all, the trustees' recovery key gets it, and the log says that a case needs a reader.
    """
    with open_work(reading=True) as work:
        roster = current_roster(work)
        holders = frozenset(work.connection.scalars(select(Grant.user_id).where(Grant.case_id == granted.id)))
        report = report_of(work, granted.id)
        seed, today = work.vault.seed, work.today
    with ReaderKey(seed) as reader:
        case_seed = reader.case_seed(granted.id, granted.grant)
    with case_opener(case_seed) as opener:
        # Opened by the machine alone, to keep away whom the reporter kept away; nothing of it is shown.
        answers = open_content(opener, "report", (granted.id, report.id), report.sealed)["answers"]
    place = place_id(answers)
    excluded = frozenset(answers.get("exclude", ()))
    sealed = [
        (entry.user_id, seal_grant(granted.id, case_seed, entry.public_key))
        for entry in roster.entries
        if entry.fallback
        and entry.user_id not in holders
        and entry.user_id.hex() not in excluded
        and may_read(entry, today, place)
    ]
    last_resort = roster.recovery_id, seal_grant(granted.id, case_seed, roster.recovery_public_key)
    with open_work() as work:
        _store_step_back(work, granted.id, sealed, last_resort)


def _store_step_back(work: Work, case_id: bytes, stand_ins: Sequence[StandIn], last_resort: StandIn) -> None:
    me = work.person.id
    others = select(func.count()).select_from(Grant).where(Grant.case_id == case_id, Grant.user_id != me)
    left = work.connection.scalar(others) or 0
    for user_id, sealed in stand_ins:
        if left < ENOUGH_READERS and user_id != me:
            _add_grant(work, case_id, user_id, sealed)
            left += 1
    if left == 0:
        log.error("roster.case_needs_a_reader")
        _add_grant(work, case_id, *last_resort)
    work.connection.execute(delete(Grant).where(Grant.case_id == case_id, Grant.user_id == me))
    work.connection.execute(delete(CaseSeen).where(CaseSeen.case_id == case_id, CaseSeen.user_id == me))
    work.audit("grant.removed", about=case_id, user=me.hex(), why="conflict")


def _add_grant(work: Work, case_id: bytes, user_id: bytes, sealed: bytes) -> None:
    work.insert(Grant, {"case_id": case_id, "user_id": user_id, "sealed": sealed})
    work.audit("grant.added", about=case_id, user=user_id.hex(), why="conflict")
