"""The two years of Northmere: months, working days, and how many reports a day brings."""

import math
from bisect import bisect_right
from datetime import date, timedelta

from app.domain.deadline import is_working_day

TODAY = date(2026, 11, 16)
FIRST_DAY = date(2024, 11, 1)
LAST_DAY = date(2026, 10, 31)
MONTHS = 24
SEASON = (1.05, 0.95, 1, 0.95, 1, 1.05, 1.10, 1.15, 1, 1.15, 1, 0.90)
SHOCKS = (date(2025, 8, 4), date(2026, 3, 16))
"""First days of two hard weeks: unrest, and a local news story."""
AWARENESS_WEEKS = (date(2025, 10, 11), date(2026, 10, 10))
"""First days of Hate Crime Awareness Week."""
SHOCK_FACTOR = 3.0
AWARENESS_FACTOR = 1.4


def days_from(start: date, count: int) -> tuple[date, ...]:
    """Return `count` days in a row."""
    return tuple(start + timedelta(days=index) for index in range(count))


SHOCK_DAYS = frozenset(day for start in SHOCKS for day in days_from(start, 7))
_FACTORS = {day: SHOCK_FACTOR for start in SHOCKS for day in days_from(start, 7)} | {
    day: AWARENESS_FACTOR for start in AWARENESS_WEEKS for day in days_from(start, 7)
}
# Working days are looked up here: counting them one by one would take most of the time of a large scale.
_WORKING = [day for day in days_from(date(2024, 9, 1), 900) if is_working_day(day)]


def after(day: date, working_days: int) -> date:
    """Return the n-th working day after `day`, as `add_working_days` does; below 0 it counts back."""
    return day if working_days == 0 else _WORKING[bisect_right(_WORKING, day) + working_days - 1]


def between(start: date, end: date) -> int:
    """Return how many working days lie after `start` up to and including `end`."""
    return bisect_right(_WORKING, end) - bisect_right(_WORKING, start)


def month_of(index: int) -> tuple[date, ...]:
    """Return the days of a month of the window, 0 to 23."""
    start = _month_start(index)
    return days_from(start, (_month_start(index + 1) - start).days)


def _month_start(index: int) -> date:
    years, months = divmod(FIRST_DAY.month - 1 + index, 12)
    return date(FIRST_DAY.year + years, months + 1, 1)


def month_index(day: date) -> int:
    """Return which month of the window a day is in."""
    return (day.year - FIRST_DAY.year) * 12 + day.month - FIRST_DAY.month


def daily_rates(index: int) -> tuple[float, ...]:
    """Return the expected third-party reports of each day of a month, events included, at scale 1."""
    days = month_of(index)
    rise = 1 + 1.6 / (1 + math.exp(-(index - 9) / 2.2))
    usual = 6.5 * rise * SEASON[days[0].month - 1] / len(days)
    return tuple(usual * _FACTORS.get(day, 1.0) for day in days)


def progress(day: date) -> float:
    """Return how far into the window a day is, 0 to 1."""
    return (day - FIRST_DAY).days / (LAST_DAY - FIRST_DAY).days
