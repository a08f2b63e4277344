"""Asking us to stop: the three choices, the days of grace, and what messages and events add up to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

UNDO_DAYS = 30
"""So long a report that was stopped can be taken up again, and so long its mailbox still opens."""
RECEIPT_MONTHS = 12
"""So long a receipt works once its case is closed."""
KEEP = "stop_keep_count"
UNDONE = "stop_undone"
CHOICES = (KEEP, "delete_words", "delete_all")
"""Weakest first: a later choice takes nothing back of an earlier one."""
EVENTS: Mapping[str, str] = {
    KEEP: "stop_asked",
    "delete_words": "delete_asked",
    "delete_all": "delete_asked",
    UNDONE: "stop_undone",
}
"""What the text of a `stop` message may be, and the event that goes with it. Which deletion is in the message alone."""
STOPPING = frozenset({"stop_asked", "delete_asked"})


@dataclass(frozen=True)
class Withdrawal:
    """What the reporter wants: the strongest choice that stands, and the last day on which it was asked for."""

    choice: str
    asked_on: date

    @property
    def until(self) -> date:
        """The last day on which the mailbox opens."""
        return self.asked_on + timedelta(days=UNDO_DAYS)

    @property
    def can_be_undone(self) -> bool:
        """Whether the reporter may still have us carry on."""
        return self.choice == KEEP


def withdrawal_of(acts: Iterable[tuple[str, date]]) -> Withdrawal | None:
    """Return what the `stop` messages of a mailbox add up to: (text, day) of each, in any order."""
    days: dict[str, list[date]] = defaultdict(list)
    for choice, day in acts:
        days[choice].append(day)
    deletions = [choice for choice in CHOICES if choice != KEEP and days[choice]]
    if deletions:
        return Withdrawal(deletions[-1], max(day for choice in deletions for day in days[choice]))
    # Each undo answers one stop, so that numbers tell what an order within a day would.
    if len(days[KEEP]) > len(days[UNDONE]):
        return Withdrawal(KEEP, max(days[KEEP]))
    return None


def choices_left(standing: Withdrawal | None, *, delete_all: bool) -> tuple[str, ...]:
    """Return what may still be asked for; `delete_all` is whether the trust offers it."""
    offered = CHOICES if delete_all else CHOICES[:-1]
    return offered if standing is None else tuple(offered[CHOICES.index(standing.choice) + 1 :])


def changes_of(stopped: bool, events: Iterable[tuple[str, date]]) -> list[tuple[bool, date]]:
    """Return each change that waiting events make to a case: whether it stops, and its day, in their order.

    `stopped` is how the case stands before them. A stop and its undo on one day change nothing.
    """
    by_day: dict[date, list[str]] = defaultdict(list)
    for kind, day in events:
        by_day[day].append(kind)
    changes: list[tuple[bool, date]] = []
    for day in sorted(by_day):
        kinds = by_day[day]
        balance = kinds.count("stop_asked") - kinds.count("stop_undone")
        after = stopped if balance == 0 else balance > 0
        after = after or "delete_asked" in kinds
        if after != stopped:
            changes.append((after, day))
            stopped = after
    return changes


def is_stopped(withdrawn: bool, events: Iterable[tuple[str, date]]) -> bool:
    """Return how a case stands once its waiting events are counted."""
    changes = changes_of(withdrawn, events)
    return changes[-1][0] if changes else withdrawn
