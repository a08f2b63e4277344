"""Northmere, the made-up trust: the same seed gives the same places, people and reports."""

import hashlib
import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from random import Random

from app.cli import northmere_words as words
from app.domain.receipts import ALPHABET, format_reference
from app.domain.report_content import canonical_json

SEED = 20261122
TODAY = date(2026, 11, 16)
FIRST_DAY = date(2024, 11, 1)
LAST_DAY = date(2026, 10, 31)
SEASON = (1.05, 0.95, 1, 0.95, 1, 1.05, 1.10, 1.15, 1, 1.15, 1, 0.90)
OTHER_DIRECTIONS = (("staff", "me", 70), ("staff", "patient", 62), ("patient", "patient", 14))
BY_THIRD_PARTY = (("patient", 74), ("visitor", 21), ("public", 5))
WHO = (("me", 68), ("colleague", 21), ("several", 11))
WHAT = (("words", 58), ("refused", 19), ("unfair", 17), ("threat", 13), ("physical", 9), ("else", 6))
PRIVACY = (("anonymous", 42), ("confidential", 33), ("named", 25))
STILL_OPEN = 24
STILL_LATE = 3
STAFF = 9000


@dataclass(frozen=True)
class DemoPlace:
    """One team."""

    id: str
    code: str
    name: str
    site: str
    directorate: str
    staff_count: int


@dataclass(frozen=True)
class DemoReport:
    """One report as the quick form sends it, and what the team did with it."""

    day: str
    reference: str
    nonce: str
    answers: dict[str, str | list[str]]
    reply: str
    replied_on: str
    closed_on: str


@dataclass(frozen=True)
class Northmere:
    """The whole trust in clear, before anything is sealed."""

    places: tuple[DemoPlace, ...]
    reports: tuple[DemoReport, ...]

    def export(self) -> bytes:
        """Return the content as canonical JSON lines, sorted."""
        items: tuple[DemoPlace | DemoReport, ...] = (*self.places, *self.reports)
        lines = sorted(canonical_json(asdict(item)) for item in items)
        return b"\n".join(lines) + b"\n"

    def digest(self) -> str:
        """Return the SHA-256 of the export."""
        return hashlib.sha256(self.export()).hexdigest()


def stream(topic: str, scale: int) -> Random:
    """Return the random stream of one topic."""
    return Random(f"{SEED}:{topic}:{scale}")


def generate(scale: int = 1) -> Northmere:
    """Return the trust at a scale; 1 is about 460 reports from 180 teams."""
    places = tuple(_places(scale))
    return Northmere(places, tuple(_reports(places, scale)))


def _places(scale: int) -> Iterator[DemoPlace]:
    random = stream("places", scale)
    plan = (
        ([f"{name} Ward" for name in words.WARD_NAMES], "surgery_critical_care", 900),
        ([f"{name} Ward" for name in words.MENTAL_HEALTH], "mental_health_ld", 300),
        (["Emergency Department", "Urgent Treatment"], "emergency_medicine", 300),
        ([f"{name} {number}" for name in words.THEATRES for number in range(1, 5)], "surgery_critical_care", 2100),
        (_over(words.MATERNITY, 10), "women_children", 600),
        (_over(words.COMMUNITY, 50), "community_home", 1800),
        (_over(words.OFFICES, 60), "corporate_estates", 3000),
    )
    codes = _codes(random)
    for names, directorate, staff in plan:
        for index, name in enumerate(names):
            site = "Coast House" if name == "Willow Ward" else _site(directorate, index)
            heads = staff // len(names) + (index < staff % len(names))
            yield DemoPlace(random.randbytes(16).hex(), next(codes), name, site, directorate, heads * scale)


def _over(names: tuple[str, ...], count: int) -> list[str]:
    """Return `count` different names: each name with each area in turn."""
    return [f"{names[index % len(names)]}, {words.AREAS[index // len(names)]}" for index in range(count)]


def _site(directorate: str, index: int) -> str:
    return "Community" if directorate == "community_home" else words.SITES[index % 3]


def _codes(random: Random) -> Iterator[str]:
    used: set[str] = set()
    while True:
        code = "".join(random.choices(ALPHABET, k=4))
        if code not in used:
            used.add(code)
            yield code


def _reports(places: tuple[DemoPlace, ...], scale: int) -> Iterator[DemoReport]:
    random = stream("reports", scale)
    days = sorted(_days(random, scale), key=lambda item: item[0])
    for number, (day, who, by) in enumerate(days):
        answers = _answers(random, places, who, by)
        place_in_open = number - (len(days) - STILL_OPEN * scale)
        is_open = place_in_open >= 0
        answered = not is_open or place_in_open >= STILL_LATE * scale
        replied = min(day + timedelta(days=random.choice((1, 1, 1, 2, 3))), TODAY)
        if is_open:
            replied = max(replied, TODAY - timedelta(days=place_in_open % 12))
        closed = min(day + timedelta(days=random.randint(12, 75)), TODAY)
        yield DemoReport(
            day=day.isoformat(),
            reference=format_reference("".join(random.choices(ALPHABET, k=8))),
            nonce=random.randbytes(16).hex(),
            answers=answers,
            reply=random.choice(words.REPLIES if is_open else words.OUTCOMES) if answered else "",
            replied_on=replied.isoformat() if answered else "",
            closed_on="" if is_open else closed.isoformat(),
        )


def _days(random: Random, scale: int) -> Iterator[tuple[date, str, str]]:
    for month in range(24):
        start = _month_start(month)
        length = (_month_start(month + 1) - start).days
        rate = 6.5 * (1 + 1.6 / (1 + math.exp(-(month - 9) / 2.2))) * SEASON[start.month - 1] * scale
        for _ in range(_negative_binomial(random, rate, 12 * scale)):
            day = start + timedelta(days=random.randrange(length))
            yield day, _pick(random, WHO), _pick(random, BY_THIRD_PARTY)
    span = (LAST_DAY - FIRST_DAY).days + 1
    for by, who, count in OTHER_DIRECTIONS:
        for _ in range(count * scale):
            yield FIRST_DAY + timedelta(days=random.randrange(span)), who, by


def _month_start(month: int) -> date:
    years, months = divmod(10 + month, 12)
    return date(2024 + years, months + 1, 1)


def _negative_binomial(random: Random, mean: float, shape: float) -> int:
    """Return a count: Poisson with a gamma mean (Knuth's product method)."""
    limit, product, count = math.exp(-random.gammavariate(shape, mean / shape)), random.random(), 0
    while product > limit:
        product *= random.random()
        count += 1
    return count


def _pick(random: Random, weighted: tuple[tuple[str, int], ...]) -> str:
    codes, weights = zip(*weighted, strict=True)
    return str(random.choices(codes, weights)[0])


def _answers(random: Random, places: tuple[DemoPlace, ...], who: str, by: str) -> dict[str, str | list[str]]:
    kinds = [code for code, share in WHAT if random.random() * 100 < share] or ["words"]
    answers: dict[str, str | list[str]] = {
        "who": who,
        "what": kinds,
        "by": by,
        "when": random.choices(("shift", "week", "earlier", "going"), (45, 35, 12, 8))[0],
        "privacy": _pick(random, PRIVACY),
        "place": random.choice(places).id,
    }
    if random.random() < 0.9:
        answers["words"] = _sentence(random, by, kinds[0])
    if answers["privacy"] != "anonymous":
        answers["contact"] = f"0{random.randint(1000, 9999)} 555{random.randint(100, 999)}"
    if answers["privacy"] == "named":
        answers["name"] = random.choice(("R. Sample", "T. Example", "B. Placeholder", "K. Invented"))
    return answers


def _sentence(random: Random, by: str, kind: str) -> str:
    if random.random() < 0.06:
        return random.choice(words.OTHER_LANGUAGES)
    opening, act = random.choice(words.OPENINGS[by]), random.choice(words.ACTS[kind])
    number = " The NHS number on the form was 999 000 0018." if random.random() < 0.04 else ""
    return f"{opening} {act}. {random.choice(words.ENDINGS)}{number}".strip()
