"""How many reports Northmere gets, on which days, and the two wards with a pattern."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from app.cli.northmere_days import FIRST_DAY, LAST_DAY, MONTHS, SHOCK_DAYS, daily_rates, month_index, month_of
from app.cli.northmere_draw import negative_binomial, stream
from app.cli.northmere_places import Map

THIRD_PARTY = "third_party_to_staff"
HIDDEN_REPORTS, HIDDEN_ANONYMOUS, HIDDEN_SPAN = 7, 5, 150
REPEAT_REPORTS, REPEAT_SPAN = 9, 42
OTHER_DIRECTIONS = {"staff_to_staff": 70 - HIDDEN_REPORTS, "staff_to_patient": 62, "patient_to_patient": 14}
DISPERSION = 12
PATTERN_FIRST, PATTERN_LAST = date(2025, 3, 1), date(2026, 5, 1)


@dataclass(frozen=True)
class Event:
    """One thing that is reported: its day, its direction, and for a patterned ward which pattern and where."""

    day: date
    direction: str
    pattern: str = ""
    place: str = ""
    number: int = 0
    """Which of its pattern, from 0."""

    @property
    def in_shock(self) -> bool:
        """Whether it belongs to one of the two hard weeks."""
        return self.direction == THIRD_PARTY and self.day in SHOCK_DAYS and not self.pattern


class Volume:
    """Every event, month by month. Only counts and the few patterned events are kept in memory."""

    def __init__(self, scale: int, where: Map) -> None:
        self.scale = scale
        self._patterned = _patterned(stream("patterns", scale), scale, where)
        self.quiet_from = {event.place: event.day for event in self._patterned if event.pattern == "repeat"}
        """The day of the last report about a patient who was then kept away, by ward: none comes after it."""
        random = stream("volumes", scale)
        self._counts = [
            {THIRD_PARTY: negative_binomial(random, sum(daily_rates(month)) * scale, DISPERSION * scale)}
            for month in range(MONTHS)
        ]
        for direction, count in OTHER_DIRECTIONS.items():
            for _ in range(count * scale):
                month = self._counts[month_index(_any_day(random))]
                month[direction] = month.get(direction, 0) + 1
        self.total = len(self._patterned) + sum(sum(month.values()) for month in self._counts)

    def events(self) -> Iterator[Event]:
        """Yield every event in the order of its day."""
        random = stream("days", self.scale)
        for month in range(MONTHS):
            found = [event for event in self._patterned if month_index(event.day) == month]
            days, reached = month_of(month), list(accumulate(daily_rates(month)))
            for direction, count in self._counts[month].items():
                for _ in range(count):
                    third = direction == THIRD_PARTY
                    index = (
                        bisect_left(reached, random.random() * reached[-1]) if third else random.randrange(len(days))
                    )
                    found.append(Event(days[index], direction))
            found.sort(key=lambda event: event.day)
            yield from found


def _any_day(random: Random) -> date:
    return FIRST_DAY + timedelta(days=random.randrange((LAST_DAY - FIRST_DAY).days + 1))


def _patterned(random: Random, scale: int, where: Map) -> list[Event]:
    """Return the events of two wards for each unit of scale: a repeat patient, and something among colleagues."""
    wards = random.sample(
        [ward.id for ward in where.by_setting["ward"] if not ward.name.startswith("Willow")], 2 * scale
    )
    found = []
    for index, ward in enumerate(wards):
        repeat = index % 2 == 0
        count, span = (REPEAT_REPORTS, REPEAT_SPAN) if repeat else (HIDDEN_REPORTS, HIDDEN_SPAN)
        start = PATTERN_FIRST + timedelta(days=random.randrange((PATTERN_LAST - PATTERN_FIRST).days))
        name, direction = ("repeat", THIRD_PARTY) if repeat else ("hidden", "staff_to_staff")
        for number, offset in enumerate(sorted(random.sample(range(span), count))):
            found.append(Event(start + timedelta(days=offset), direction, name, ward, number))
    return found
