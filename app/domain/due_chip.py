"""The chip that says how urgent a case is, in words."""

from dataclasses import dataclass
from datetime import date

from app.domain.deadline import NEVER_DUE, working_days_between


@dataclass(frozen=True)
class Chip:
    """Kind (danger, late, today, later) and text."""

    kind: str
    text: str


def due_chip(due_on: date, today: date, *, danger: bool) -> Chip | None:
    """Return the chip of a case; None when nothing is due. Days are working days."""
    if danger:
        return Chip("danger", "Possible danger")
    if due_on >= NEVER_DUE:
        return None
    if due_on < today:
        days = max(1, working_days_between(due_on, today))
        return Chip("late", "1 day late" if days == 1 else f"{days} days late")
    if due_on == today:
        return Chip("today", "Due today")
    days = max(1, working_days_between(today, due_on))
    return Chip("later", "Due tomorrow" if (due_on - today).days == 1 else _left(days))


def _left(days: int) -> str:
    return "1 day left" if days == 1 else f"{days} days left"
