"""Working-day clocks: England bank holidays by rule, due days, the table of clocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

NEVER_DUE = date(9999, 12, 31)
ADDED_DAYS: frozenset[date] = frozenset()

_MONDAY = 0
_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Clock:
    """One clock: the event that starts it and how long it runs, in working or calendar days."""

    code: str
    starts: str
    days: int
    working: bool = True
    repeats: bool = False
    pauses: bool = False


CLOCKS: Mapping[str, Clock] = {
    clock.code: clock
    for clock in (
        Clock("screen", "received", 0),
        Clock("acknowledge", "received", 2),
        Clock("triage", "received", 3),
        Clock("support", "triaged", 1),
        Clock("plan", "triaged", 10, pauses=True),
        Clock("update", "last_message", 20, repeats=True, pauses=True),
        Clock("close", "received", 60, pauses=True),
        Clock("effect", "action_done", 90, working=False),
        Clock("check_in_30", "closed", 30, working=False),
        Clock("check_in_90", "closed", 90, working=False),
    )
}
STOPPED_FROM = date(9900, 1, 1)
"""A due day from here on belongs to a clock that is stopped: neither met nor late, in no period that is counted."""
_NOTHING_LEFT = date(9950, 1, 1)
"""The due day of a clock that was stopped on its due day; each day it had left is a day later."""
TRIAGE_DAYS_P2 = 1
RUNS_AFTER_WITHDRAWAL = frozenset({"screen"})


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Anonymous Gregorian algorithm, Meeus 1991)."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    moved = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - moved + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - epact - in_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _monday_on_or_after(day: date) -> date:
    return day + timedelta(days=(_MONDAY - day.weekday()) % 7)


def _monday_on_or_before(day: date) -> date:
    return day - timedelta(days=(day.weekday() - _MONDAY) % 7)


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> frozenset[date]:
    """Return the England bank holidays of `year` by the rules alone, without days the trust adds."""
    easter = easter_sunday(year)
    found = {
        easter - 2 * _ONE_DAY,
        easter + _ONE_DAY,
        _monday_on_or_after(date(year, 5, 1)),
        _monday_on_or_before(date(year, 5, 31)),
        _monday_on_or_before(date(year, 8, 31)),
    }
    fixed = (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26))
    found.update(day for day in fixed if day.weekday() < _SATURDAY)
    for day in fixed:
        if day.weekday() >= _SATURDAY:
            while day.weekday() >= _SATURDAY or day in found:
                day += _ONE_DAY
            found.add(day)
    return frozenset(found)


def is_working_day(day: date, added: frozenset[date] = ADDED_DAYS, removed: frozenset[date] = frozenset()) -> bool:
    """Return whether `day` is Monday to Friday and no bank holiday; `added` and `removed` come from the data file."""
    if day.weekday() >= _SATURDAY or day in added:
        return False
    return day in removed or day not in bank_holidays(day.year)


@lru_cache(maxsize=1024)
def add_working_days(
    day: date, n: int, added: frozenset[date] = ADDED_DAYS, removed: frozenset[date] = frozenset()
) -> date:
    """Return the `n`-th working day after `day`; 0 is `day` itself."""
    while n > 0:
        day += _ONE_DAY
        if is_working_day(day, added, removed):
            n -= 1
    return day


@lru_cache(maxsize=1024)
def working_days_between(start: date, end: date) -> int:
    """Return how many working days lie after `start` up to and including `end`; 0 if `end` is not later."""
    count = 0
    while start < end:
        start += _ONE_DAY
        count += is_working_day(start)
    return count


def due_on(clock: str, start: date, days: int | None = None) -> date:
    """Return the day on which `clock`, started on `start`, is due; `days` replaces the default of the table."""
    rule = CLOCKS[clock]
    length = rule.days if days is None else days
    return add_working_days(start, length) if rule.working else start + timedelta(days=length)


def first_clocks(received_on: date, possible_danger: bool, days: Mapping[str, int] | None = None) -> dict[str, date]:
    """Return the clocks that start when a report is received, code → due day."""
    chosen = days or {}
    return {
        clock.code: due_on(clock.code, received_on, chosen.get(clock.code))
        for clock in CLOCKS.values()
        if clock.starts == "received" and (clock.code != "screen" or possible_danger)
    }


def first_update_on(acknowledge_due: date) -> date:
    """Return by when the first update is promised, given the due day of the acknowledgement of the same report.

    >>> first_update_on(due_on("acknowledge", date(2026, 11, 16))) == due_on("update", date(2026, 11, 16))
    True
    """
    return add_working_days(acknowledge_due, CLOCKS["update"].days - CLOCKS["acknowledge"].days)


def is_running(due: date) -> bool:
    """Return whether a clock with this due day runs; a stopped one keeps its days left in a day far away."""
    return due < STOPPED_FROM


def stop_clock(clock: str, due: date, day: date) -> date:
    """Return the due day of a clock that stops on `day`: how many days it has left, or is late by."""
    if CLOCKS[clock].working:
        left = working_days_between(day, due) - working_days_between(due, day)
    else:
        left = (due - day).days
    return _NOTHING_LEFT + timedelta(days=left)


def resume_clock(clock: str, stopped: date, day: date) -> date:
    """Return the due day of a stopped clock that runs on from `day` with the days it had left."""
    left = (stopped - _NOTHING_LEFT).days
    if not CLOCKS[clock].working:
        return day + timedelta(days=left)
    if left >= 0:
        return add_working_days(day, left)
    while left < 0 or not is_working_day(day):
        left += is_working_day(day)
        day -= _ONE_DAY
    return day


def next_due_on(open_days: list[date]) -> date:
    """Return the earliest open due day of a running clock, `NEVER_DUE` when there is none."""
    return min(filter(is_running, open_days), default=NEVER_DUE)
