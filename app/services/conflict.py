"""The conflict gate: before words are read, each reader says whether they are close to the case."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import delete, func, select

from app.domain.errors import Refused
from app.security.case_key import seal_grant
from app.security.opening import Opener
from app.services.case import report_of
from app.services.case_scope import GrantedCase
from app.services.roster import ENOUGH_READERS, VerifiedRoster, current_roster
from app.services.unsealing import ReaderKey, open_content
from app.services.work import OpenWork, Work, add_once
from models.case import CaseSeen
from models.grant import Grant

NOBODY_ELSE = "Nobody else can read this case yet. Speak to your lead, so that it does not get lost."
StandIn = tuple[bytes, bytes]
"""A user id and the grant sealed to that person."""


def pass_gate(open_work: OpenWork, granted: GrantedCase) -> None:
    """Record that the actor declared no conflict."""
    add_once(open_work, partial(_store_pass, granted=granted))


def _store_pass(work: Work, granted: GrantedCase) -> None:
    work.insert(CaseSeen, {"case_id": granted.id, "user_id": work.person.id, "version": granted.row.version})


def step_back(open_work: OpenWork, granted: GrantedCase) -> None:
    """Take the case away from the actor; with fewer than two readers left, the fallback gets a grant first.

    Raises `Refused` when the case would be left without any reader.
    """
    with open_work(reading=True) as work:
        roster = current_roster(work)
        holders = frozenset(work.session.scalars(select(Grant.user_id).where(Grant.case_id == granted.id)))
        report = report_of(work, granted.id)
        seed, today = work.vault.seed, work.today
    with ReaderKey(seed) as reader:
        case_seed = reader.case_seed(granted.id, granted.grant)
    with Opener(case_seed) as opener:
        # Opened by the machine alone, to keep away whom the reporter kept away; nothing of it is shown.
        answers = open_content(opener, "report", (granted.id, report.id), report.sealed)["answers"]
    place, kept_away = answers.get("place"), answers.get("exclude", ())
    excluded = frozenset([kept_away] if isinstance(kept_away, str) else kept_away)
    stand_ins = [
        (bytes.fromhex(entry.user), entry.public_key)
        for entry in roster.readers
        if entry.fallback and entry.user not in excluded and entry.may_read(today, place)
    ]
    sealed = [(user, seal_grant(granted.id, case_seed, key)) for user, key in stand_ins if user not in holders]
    last_resort = _recovery(roster, granted.id, case_seed)
    with open_work() as work:
        _store_step_back(work, granted.id, sealed, last_resort)


def _recovery(roster: VerifiedRoster, case_id: bytes, case_seed: bytes) -> list[StandIn]:
    if roster.recovery_id is None or roster.recovery_public_key is None:
        return []
    return [(roster.recovery_id, seal_grant(case_id, case_seed, roster.recovery_public_key))]


def _store_step_back(
    work: Work, case_id: bytes, stand_ins: Sequence[StandIn], last_resort: Sequence[StandIn]
) -> None:
    me = work.person.id
    others = select(func.count()).select_from(Grant).where(Grant.case_id == case_id, Grant.user_id != me)
    left = work.session.scalar(others) or 0
    for user_id, sealed in stand_ins:
        if left < ENOUGH_READERS and user_id != me:
            _add_grant(work, case_id, user_id, sealed)
            left += 1
    if left == 0:
        for user_id, sealed in last_resort:
            _add_grant(work, case_id, user_id, sealed)
            left += 1
    if left == 0:
        raise Refused(NOBODY_ELSE)
    work.session.execute(delete(Grant).where(Grant.case_id == case_id, Grant.user_id == me))
    work.session.execute(delete(CaseSeen).where(CaseSeen.case_id == case_id, CaseSeen.user_id == me))
    work.audit("grant.removed", about=case_id, user=me.hex(), why="conflict")


def _add_grant(work: Work, case_id: bytes, user_id: bytes, sealed: bytes) -> None:
    work.insert(Grant, {"id": work.new_id(), "case_id": case_id, "user_id": user_id, "sealed": sealed})
    work.audit("grant.added", about=case_id, user=user_id.hex(), why="conflict")
