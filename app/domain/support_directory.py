"""Which services are shown: those checked within a year, and beside a receipt those that fit what was ticked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

HERE = frozenset({"staff", "patients", "carers"})
"""Tags of the lines that a trust keeps for its own people."""
UNASKED = frozenset({"women", "lgbtq", "essex"})
"""Tags of services for people about whom nothing was asked: found in the directory, never put beside a receipt."""
SHOWN_BESIDE_RECEIPT = 6
SHOWN_OF_ONE_TAG = 3

# Tags in the order in which their services are offered. Who somebody is comes before what happened: nobody's ethnic
# group, faith or sex is asked for in a report, so none of these is guessed from one.
WANTED: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("role", "staff"): ("staff",),
    ("role", "volunteer"): ("staff",),
    ("role", "patient"): ("patients",),
    ("role", "family_carer"): ("carers", "patients"),
    ("role", "visitor"): ("carers",),
    ("help", "interpreter"): ("interpreting",),
    ("help", "bsl"): ("interpreting",),
    ("who", "patient"): ("patients", "advocacy"),
    ("who", "cared_for"): ("carers", "advocacy"),
    ("what", "care"): ("advocacy",),
    ("what", "decision"): ("legal",),
    ("what", "physical"): ("legal",),
    ("what", "threat"): ("legal",),
    ("by", "staff"): ("legal",),
}
ALWAYS = ("helpline", "mental_health")
"""For everybody, after what fits better."""
FIELDS = ("role", "help", "who", "what", "by")
"""The answers that choose, those first that weigh most."""


def checked_until(reviewed_on: date) -> date:
    """Return the last day on which a check of that day still counts: a year later.

    >>> checked_until(date(2024, 2, 29))
    datetime.date(2025, 2, 28)
    """
    day = 28 if (reviewed_on.month, reviewed_on.day) == (2, 29) else reviewed_on.day
    return date(reviewed_on.year + 1, reviewed_on.month, day)


def is_checked(reviewed_on: date | None, today: date) -> bool:
    """Return whether a service was checked, and within the last 12 months."""
    return reviewed_on is not None and reviewed_on <= today <= checked_until(reviewed_on)


def wanted_tags(role: str, answers: Mapping[str, str | Sequence[str]]) -> tuple[str, ...]:
    """Return the tags that fit a report, those first that matter most. `role` is who tells us."""
    given = {**answers, "role": role}
    found: dict[str, None] = {}
    for name in FIELDS:
        value = given.get(name, ())
        for code in (value,) if isinstance(value, str) else value:
            found.update(dict.fromkeys(WANTED.get((name, code), ())))
    found.update(dict.fromkeys(ALWAYS))
    return tuple(found)


def directory_order(name: str, tags: frozenset[str]) -> tuple[bool, bool, str]:
    """Return what to sort services by: the trust's own lines first, among them those to talk to, then by name."""
    return (HERE.isdisjoint(tags), "helpline" not in tags, name.casefold())


def choose(tags: Sequence[frozenset[str]], wanted: Iterable[str]) -> tuple[int, ...]:
    """Return the places, in `tags`, of the few services to show beside a receipt, the best first.

    `tags` are those of every service in the order of the directory. Each wanted tag brings a few services in turn.
    """
    chosen: dict[int, None] = {}
    for tag in wanted:
        fits = [place for place, held in enumerate(tags) if tag in held and UNASKED.isdisjoint(held)]
        chosen.update(dict.fromkeys([place for place in fits if place not in chosen][:SHOWN_OF_ONE_TAG]))
    return tuple(chosen)[:SHOWN_BESIDE_RECEIPT]
