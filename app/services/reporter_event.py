"""What reporters did in their mailboxes: inserted by intake, counted at once by whoever reads, then applied."""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, bindparam, case, delete, func, select, update

from app.domain.deadline import RUNS_AFTER_WITHDRAWAL, is_running, next_due_on, resume_clock, stop_clock
from app.domain.errors import HeardError, place_of
from app.domain.withdrawal import RECEIPT_MONTHS, STOPPING, UNDO_DAYS, changes_of
from app.services.work import OpenWork, Work
from models.case import Case
from models.deadline import Deadline
from models.mailbox import Mailbox
from models.reporter_event import ReporterEvent

APPLIED = (*sorted(STOPPING), "stop_undone")
"""The kinds that change a case. The others wait until the desk answers."""
ANSWERED = ("wrote", "known_changed")
"""The kinds that an answer of the desk takes away."""
KEPT_AFTER_CLOSING = timedelta(days=365 * RECEIPT_MONTHS // 12)
log = logging.getLogger("heard.reporter_event")


@dataclass(frozen=True)
class WaitingEvents:
    """The events of one case that nobody has applied or answered yet: (kind, day) of each."""

    events: tuple[tuple[str, date], ...] = ()

    def count(self, kind: str) -> int:
        """Return how many events of a kind wait."""
        return sum(one == kind for one, _ in self.events)

    @property
    def stops(self) -> tuple[tuple[str, date], ...]:
        """Those that stop a case or have it carry on."""
        return tuple(event for event in self.events if event[0] in APPLIED)


def waiting_events(work: Work, case_ids: Sequence[bytes]) -> Mapping[bytes, WaitingEvents]:
    """Return the waiting events of the cases that have any."""
    rows = work.connection.execute(
        select(ReporterEvent.case_id, ReporterEvent.kind, ReporterEvent.day).where(ReporterEvent.case_id.in_(case_ids))
    )
    found: dict[bytes, list[tuple[str, date]]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append((row.kind, row.day))
    return {case_id: WaitingEvents(tuple(events)) for case_id, events in found.items()}


def mailbox_verdict(case_id: ColumnElement[bytes]) -> ScalarSelect[Any]:
    """Return an expression: 1 while the waiting events keep a mailbox open, 0 once they have closed it, else NULL.

    It needs the parameter `still`, the earliest day on which a stop may have been asked for.
    """
    still = bindparam("still", type_=ReporterEvent.day.type)
    asked = func.sum(case((ReporterEvent.kind == "stop_asked", 1), else_=0))
    undone = func.sum(case((ReporterEvent.kind == "stop_undone", 1), else_=0))
    deletion_asked = func.max(case((ReporterEvent.kind == "delete_asked", ReporterEvent.day)))
    stop_asked = func.max(case((ReporterEvent.kind == "stop_asked", ReporterEvent.day)))
    verdict = case(
        (deletion_asked >= still, 1),
        (deletion_asked < still, 0),
        (asked < undone, 1),
        (stop_asked >= still, 1),
        (asked > undone, 0),
    )
    return select(verdict).where(ReporterEvent.case_id == case_id).scalar_subquery()


class NotApplied(HeardError):
    """Some cases could not take what their reporters asked for; they are tried again next time."""


def apply_reporter_events(open_work: OpenWork) -> int:
    """Apply every waiting stop and undo to its case; return to how many cases. Other events wait for an answer.

    Each case has a transaction of its own: one that fails is logged and holds up no other. Raises `NotApplied` at the
    end when there was one.
    """
    chosen = select(ReporterEvent.case_id).where(ReporterEvent.kind.in_(APPLIED)).distinct()
    with open_work(reading=True) as work:
        case_ids = list(work.connection.scalars(chosen))
    # Not a generator inside all(): a case that fails does not stop the next.
    if not all([_is_applied(open_work, case_id) for case_id in case_ids]):
        raise NotApplied
    return len(case_ids)


def _is_applied(open_work: OpenWork, case_id: bytes) -> bool:
    try:
        with open_work() as work:
            apply_events_of(work, case_id)
    except Exception as error:
        log.error("reporter_event.not_applied %s", place_of(error))
        return False
    return True


def apply_events_of(work: Work, case_id: bytes) -> None:
    """Apply the waiting stops and undos of one case and take them away; does nothing where there are none."""
    this = work.connection.execute(
        select(Case.withdrawn, Case.status, Case.closed_on, Case.version).where(Case.id == case_id).with_for_update()
    ).one()
    events = waiting_events(work, [case_id]).get(case_id, WaitingEvents()).stops
    if not events:
        return
    changes = changes_of(this.withdrawn, events)
    for stops, day in changes:
        _turn_clocks(work, case_id, stops, day)
    withdrawn = changes[-1][0] if changes else this.withdrawn
    reopens = this.withdrawn and not withdrawn and this.status == "closed"
    values = {
        "withdrawn": withdrawn,
        "status": "reopened" if reopens else this.status,
        "next_due_on": _next_due(work, case_id),
        "version": this.version + 1,
    }
    work.connection.execute(update(Case).where(Case.id == case_id).values(values))
    until = _open_until(withdrawn, events, None if reopens else this.closed_on)
    work.connection.execute(update(Mailbox).where(Mailbox.case_id == case_id).values(expires_on=until))
    mine = (ReporterEvent.case_id == case_id) & ReporterEvent.kind.in_(APPLIED)
    work.connection.execute(delete(ReporterEvent).where(mine))
    _audit_change(work, case_id, withdrawn=withdrawn, reopens=reopens)


def _audit_change(work: Work, case_id: bytes, *, withdrawn: bool, reopens: bool) -> None:
    """Record what the reporter's wish changed on a case."""
    if reopens:
        work.audit("case.reopened", about=case_id, before="closed", after="reopened", why="stop_undone")
    else:
        work.audit("case.changed", about=case_id, why="reporter_stopped" if withdrawn else "reporter_carries_on")


def _open_until(withdrawn: bool, events: Sequence[tuple[str, date]], closed_on: date | None) -> date | None:
    """Return the last day of a mailbox: 30 days after it was withdrawn, else as if nothing had been asked."""
    asked = [day for kind, day in events if kind in STOPPING]
    if withdrawn:
        return max(asked) + timedelta(days=UNDO_DAYS)
    return closed_on + KEPT_AFTER_CLOSING if closed_on else None


def _turn_clocks(work: Work, case_id: bytes, stops: bool, day: date) -> None:
    """Stop the open clocks of a case on a day, all but the check for danger, or let them run on."""
    rows = work.connection.execute(
        select(Deadline.id, Deadline.clock, Deadline.due_on).where(
            Deadline.case_id == case_id, Deadline.met_on.is_(None), Deadline.clock.not_in(RUNS_AFTER_WITHDRAWAL)
        )
    ).all()
    turn = stop_clock if stops else resume_clock
    for row in rows:
        if is_running(row.due_on) is stops:
            this = (Deadline.case_id == case_id) & (Deadline.id == row.id)
            due = turn(row.clock, row.due_on, day)
            work.connection.execute(update(Deadline).where(this).values(due_on=due))


def _next_due(work: Work, case_id: bytes) -> date:
    still_open = select(Deadline.due_on).where(Deadline.case_id == case_id, Deadline.met_on.is_(None))
    return next_due_on(list(work.connection.scalars(still_open)))
