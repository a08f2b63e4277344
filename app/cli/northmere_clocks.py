"""When the team of Northmere acts: acknowledgement, triage, updates and closing, met or late."""

import math
from datetime import date
from random import Random

from app.cli.northmere_days import after, progress
from app.domain.deadline import CLOCKS, is_working_day

MET_EARLY, MET_LATE = 0.88, 0.95
"""Share of clocks met in time, on the first and on the last day of the window."""
WORKING_HOURS = 8
ACKNOWLEDGED_HOURS, ACKNOWLEDGED_SPREAD = 6.5, 0.837
"""Median working hours, and the log-normal spread that puts the 90th centile at 19."""
TRIAGED_DAYS, TRIAGED_SPREAD = 1.4, 0.6
CLOSED_DAYS, CLOSED_SPREAD = 22, 0.55
UPDATE_AFTER, UPDATE_LATE = (15, 20), (21, 25)
MOST_LATE = {"screen": 1, "acknowledge": 3, "triage": 3, "close": 14}
"""How many working days after its due day a late clock is met at most."""


def _acknowledged_after(random: Random) -> int:
    """Return whole working days from a report, sent at any hour of a working day, to its acknowledgement."""
    hours = random.lognormvariate(math.log(ACKNOWLEDGED_HOURS), ACKNOWLEDGED_SPREAD)
    return int((random.random() * WORKING_HOURS + hours) / WORKING_HOURS)


def _triaged_after(random: Random) -> int:
    return int(random.random() + random.lognormvariate(math.log(TRIAGED_DAYS), TRIAGED_SPREAD))


def _closed_after(random: Random) -> int:
    return max(4, int(random.lognormvariate(math.log(CLOSED_DAYS), CLOSED_SPREAD)))


_DRAWS = {
    "screen": lambda _random: 0,
    "acknowledge": _acknowledged_after,
    "triage": _triaged_after,
    "close": _closed_after,
}


def is_met(random: Random, received: date) -> bool:
    """Return whether one clock of a report received on this day is met in time."""
    return random.random() < MET_EARLY + (MET_LATE - MET_EARLY) * progress(received)


def met_day(random: Random, clock: str, received: date) -> date:
    """Return the day on which a clock that started on the day of the report is met."""
    limit = CLOCKS[clock].days
    if not is_met(random, received):
        return after(received, limit + random.randint(1, MOST_LATE[clock]))
    draw = _DRAWS[clock]
    days = draw(random)
    while days > limit:
        days = draw(random)
    if days == 0 and clock != "screen" and not is_working_day(received):
        # Nobody answers at the weekend; the danger check alone is on call.
        days = 1
    return after(received, days)


def update_day(random: Random, last: date, received: date) -> date:
    """Return the day of the next update after the last message."""
    return after(last, random.randint(*(UPDATE_AFTER if is_met(random, received) else UPDATE_LATE)))
