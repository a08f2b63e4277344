"""Bringing demonstration cases to the state they have on the demonstration day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import update

from app.domain.deadline import NEVER_DUE
from app.services.work import Work
from models.case import Case
from models.deadline import Deadline


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
