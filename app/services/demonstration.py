"""Moving demonstration cases as the desk will once it can: each move checked, audited, on a day of its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, select, update

from app.domain.deadline import next_due_on
from app.domain.workflow import STATUSES, check_can_move
from app.services.work import Work
from models.case import Case
from models.deadline import Deadline

STAMPS: Mapping[str, str] = {"screened": "screened_on", "triaged": "triaged_on", "closed": "closed_on"}
"""The day that a case keeps of each of these moves."""
MET_BY: Mapping[str, str] = {"screened": "screen", "triaged": "triage", "closed": "close"}
"""The clock that each of these moves meets."""
WITHDRAWN = "reporter_asked_to_stop"

# The statements are built once: a demonstration trust runs them thousands of times.
_THIS = Case.id == bindparam("this")
_RUNNING = (Deadline.case_id == bindparam("this")) & Deadline.met_on.is_(None)
_STATUS = select(Case.status).where(_THIS)
_MEET = update(Deadline).where(_RUNNING, Deadline.clock == bindparam("code")).values(met_on=bindparam("day"))
_MEET_ALL = update(Deadline).where(_RUNNING).values(met_on=bindparam("day"))
_DROP = delete(Deadline).where(_RUNNING)
_DROP_TO_COME = delete(Deadline).where(_RUNNING, Deadline.due_on >= bindparam("day"))
_STILL_DUE = select(Deadline.due_on).where(_RUNNING)
_MOVE = {
    status: update(Case)
    .where(_THIS)
    .values(
        status=status,
        next_due_on=bindparam("due"),
        version=Case.version + 1,
        **({STAMPS[status]: bindparam("day")} if status in STAMPS else {}),
    )
    for status in STATUSES
}
_DECIDE = update(Case).where(_THIS).values(owner=bindparam("by"), priority=bindparam("urgency"))
_TELL = update(Case).where(_THIS).values(feedback_on=bindparam("day"))
_WITHDRAW = update(Case).where(_THIS).values(withdrawn=True)


@dataclass(frozen=True)
class Triage:
    """What triage decides about a case, as far as it has a column."""

    owner: bytes
    priority: str


def move_demonstration_case(work: Work, case_id: bytes, status: str, reason: str | None = None) -> None:
    """Bring a case to its next status today; `reason` is that of a short close.

    Raises `Refused` when the order of states does not allow the move.
    """
    this = {"this": case_id}
    on_day = {"this": case_id, "day": work.today}
    before = work.connection.execute(_STATUS, this).scalar_one()
    check_can_move(before, status, reason)
    if status in MET_BY:
        work.connection.execute(_MEET, on_day | {"code": MET_BY[status]})
    if status == "closed":
        # What was due by now was met late; what was still to come is due no more.
        work.connection.execute(_DROP_TO_COME, on_day)
        work.connection.execute(_MEET_ALL, on_day)
    due = next_due_on(list(work.connection.execute(_STILL_DUE, this).scalars()))
    work.connection.execute(_MOVE[status], (on_day if status in STAMPS else this) | {"due": due})
    event = "case.closed" if status == "closed" else "case.changed"
    work.audit(event, about=case_id, before=before, after=status, **({"why": reason} if reason else {}))


def triage_demonstration_case(work: Work, case_id: bytes, triage: Triage) -> None:
    """Bring a case past triage today, and past the check for danger where nobody has made it yet."""
    if work.connection.execute(_STATUS, {"this": case_id}).scalar_one() == "received":
        move_demonstration_case(work, case_id, "screened")
    move_demonstration_case(work, case_id, "triaged")
    work.connection.execute(_DECIDE, {"this": case_id, "by": triage.owner, "urgency": triage.priority})


def record_demonstration_feedback(work: Work, case_id: bytes) -> None:
    """Keep today as the day on which the reporter was told what came of it."""
    work.connection.execute(_TELL, {"this": case_id, "day": work.today})


def end_demonstration_case(work: Work, case_id: bytes, reason: str) -> None:
    """Close a case early today: a clock that is stopped is neither met nor late, so its row goes."""
    work.connection.execute(_DROP, {"this": case_id})
    if reason == WITHDRAWN:
        work.connection.execute(_WITHDRAW, {"this": case_id})
    move_demonstration_case(work, case_id, "closed", reason)
