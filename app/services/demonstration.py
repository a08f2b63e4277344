"""Bringing demonstration cases to the state they have on the demonstration day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update

from app.domain.deadline import NEVER_DUE, next_due_on
from app.services.work import Work
from models.case import Case
from models.deadline import Deadline

MET_BY_TRIAGE = ("screen", "acknowledge", "triage")


@dataclass(frozen=True)
class Ending:
    """When the team handled a case whose work is done."""

    case_id: bytes
    acknowledged_on: date
    closed_on: date


def close_demonstration_case(work: Work, ending: Ending) -> None:
    """Close a case as the desk will once it can: days set, clocks met, nothing due."""
    work.session.execute(
        update(Deadline)
        .where(Deadline.case_id == ending.case_id, Deadline.met_on.is_(None))
        .values(met_on=ending.closed_on)
    )
    work.session.execute(
        update(Case)
        .where(Case.id == ending.case_id)
        .values(
            status="closed",
            acknowledged_on=ending.acknowledged_on,
            screened_on=ending.acknowledged_on,
            triaged_on=ending.acknowledged_on,
            feedback_on=ending.closed_on,
            closed_on=ending.closed_on,
            next_due_on=NEVER_DUE,
        )
    )
    work.audit("case.closed", about=ending.case_id)


def triage_demonstration_case(work: Work, case_id: bytes, triaged_on: date) -> None:
    """Bring an open case past triage: its first clocks are met, the next one due is the reporter's update."""
    first = (Deadline.case_id == case_id) & Deadline.clock.in_(MET_BY_TRIAGE) & Deadline.met_on.is_(None)
    work.session.execute(update(Deadline).where(first).values(met_on=triaged_on))
    left = select(Deadline.due_on).where(Deadline.case_id == case_id, Deadline.met_on.is_(None))
    due = next_due_on(list(work.session.scalars(left)))
    work.session.execute(
        update(Case)
        .where(Case.id == case_id)
        .values(status="under_review", screened_on=triaged_on, triaged_on=triaged_on, next_due_on=due)
    )
    work.audit("case.changed", about=case_id)
