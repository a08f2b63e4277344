"""The sites and teams of Northmere, and where in them something happens."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from app.cli import northmere_names as names
from app.cli.northmere_draw import Weighted, stream
from app.domain.receipts import ALPHABET

SETTINGS = Weighted(inpatient=40.2, ed=22.4, mental_health=14.9, community=9.6, phone=5.0, outpatient=6.4, grounds=1.5)
"""Without the hard weeks and the two patterned wards, which bring phone, grounds and inpatient to their shares."""
SHOCK_SETTINGS = Weighted(phone=55, grounds=15, usual=30)
NOT_SAID = 0.02


@dataclass(frozen=True)
class DemoPlace:
    """One team."""

    id: str
    code: str
    name: str
    site: str
    directorate: str
    staff_count: int
    setting: str


@dataclass(frozen=True)
class _Plan:
    """Teams of one kind: their names at scale 1, and all their staff; `varied` staff move between each pair."""

    setting: str
    directorate: str
    names: tuple[str, ...]
    staff: int
    varied: int


def _over(names_: tuple[str, ...], count: int) -> tuple[str, ...]:
    """Return `count` different names: each name with each area in turn."""
    return tuple(f"{names_[index % len(names_)]}, {names.AREAS[index // len(names_)]}" for index in range(count))


PLANS = (
    _Plan("ward", "surgery_critical_care", tuple(f"{name} Ward" for name in names.WARD_NAMES), 900, 10),
    _Plan("mental_health", "mental_health_ld", tuple(f"{name} Ward" for name in names.MENTAL_HEALTH), 300, 8),
    _Plan("ed", "emergency_medicine", ("Emergency Department", "Urgent Treatment"), 300, 60),
    _Plan("theatre", "surgery_critical_care", tuple(f"{name} {n}" for name in names.THEATRES for n in range(1, 5)),
          2100, 30),
    _Plan("maternity", "women_children", _over(names.MATERNITY, 10), 600, 20),
    _Plan("community", "community_home", _over(names.COMMUNITY, 50), 1800, 12),
    _Plan("outpatient", "corporate_estates", _over(names.OFFICES, 60), 3000, 24),
)  # fmt: skip


def places(scale: int) -> Iterator[DemoPlace]:
    """Yield every team: 180 with 9,000 staff for each unit of scale."""
    random = stream("places", scale)
    codes = _codes(random)
    for plan in PLANS:
        for copy in range(1, scale + 1):
            heads = _heads(random, plan)
            for index, name in enumerate(plan.names):
                numbered = name if copy == 1 else f"{name} {copy}"
                place_id, site = random.randbytes(16).hex(), _site(plan, index)
                yield DemoPlace(
                    place_id, next(codes), numbered, site, plan.directorate, heads[index], plan.setting
                )  # fmt: skip


def site_entries(teams: Sequence[DemoPlace]) -> Iterator[DemoPlace]:
    """Yield an entry for each site, with all its staff: its poster hangs where no single team is named."""
    random = stream("sites", len(teams))
    used = {team.code for team in teams}
    codes = (code for code in _codes(random) if code not in used)
    for site in names.SITES:
        staff = sum(team.staff_count for team in teams if team.site == site)
        place_id, code = random.randbytes(16).hex(), next(codes)
        yield DemoPlace(place_id, code, site, site, "corporate_estates", staff, "outpatient")


def _heads(random: Random, plan: _Plan) -> list[int]:
    count = len(plan.names)
    heads = [plan.staff // count + (index < plan.staff % count) for index in range(count)]
    # What one team of a pair gains the other loses: sizes differ and the total stays.
    for index in range(0, count - 1, 2):
        moved = random.randint(-plan.varied, plan.varied)
        heads[index] += moved
        heads[index + 1] -= moved
    return heads


def _site(plan: _Plan, index: int) -> str:
    return "Community" if plan.setting == "community" else names.SITES[index % 3]


def _codes(random: Random) -> Iterator[str]:
    used: set[str] = set()
    while True:
        code = "".join(random.choices(ALPHABET, k=4))
        if code not in used:
            used.add(code)
            yield code


INPATIENT = Weighted(ward=65, maternity=15, theatre=20)


class Map:
    """The teams by the kind of setting, to draw a place from."""

    def __init__(self, teams: tuple[DemoPlace, ...]) -> None:
        self.by_setting: Mapping[str, list[DemoPlace]] = {plan.setting: [] for plan in PLANS}
        for team in teams:
            self.by_setting[team.setting].append(team)
        self.estates = [team for team in self.by_setting["outpatient"] if team.name.startswith("Estates")]

    def draw(self, random: Random, setting: str) -> str:
        """Return the place answer of a report: a team's id, or `remote`, `home` or `none`."""
        if setting == "phone":
            return "remote"
        if random.random() < NOT_SAID:
            return "none"
        if setting == "community" and random.random() < 0.45:
            return "home"
        if setting == "grounds":
            return random.choice(self.estates).id if random.random() < 0.5 else "none"
        return random.choice(self.by_setting[INPATIENT.draw(random) if setting == "inpatient" else setting]).id
