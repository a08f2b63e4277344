"""Which services are shown: those checked within a year, and beside a receipt those that fit what was ticked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

HERE = frozenset({"staff", "patients", "carers"})
"""Tags of the lines that a trust keeps for its own people."""
OWN_LINE = "staff"
UNASKED = frozenset(
    {"women", "lgbtq", "black", "asian", "latin_american", "jewish", "muslim", "sikh", "migrant", "essex"}
)
"""Tags of services for one group, about which nothing was asked: found in the directory, never beside a receipt."""
SHOWN_BESIDE_RECEIPT = 6
SHOWN_OF_ONE_TAG = 2

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
ALWAYS_FIRST, ALWAYS_LAST = "helpline", ("legal", "mental_health")
"""For everybody: somebody to talk to at once, before what happened is looked at; their rights, and more at the end."""
ABOUT_THEM = ("role", "help")
ABOUT_IT = ("who", "what", "by")
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
    about_them, about_it = _tags(given, ABOUT_THEM), _tags(given, ABOUT_IT)
    return tuple(dict.fromkeys((*about_them, ALWAYS_FIRST, *about_it, *ALWAYS_LAST)))


def _tags(given: Mapping[str, str | Sequence[str]], names: Iterable[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        value = given.get(name, ())
        for code in (value,) if isinstance(value, str) else value:
            found += WANTED.get((name, code), ())
    return found


def directory_order(name: str, tags: frozenset[str]) -> tuple[bool, bool, str]:
    """Return what to sort services by: the trust's own lines first, among them those to talk to, then by name."""
    return (HERE.isdisjoint(tags), "helpline" not in tags, name.casefold())


def choose(tags: Sequence[frozenset[str]], wanted: Sequence[str]) -> tuple[int, ...]:
    """Return the places, in `tags`, of the few services to show beside a receipt, the best first.

    `tags` are those of every service in the order of the directory. Each wanted tag brings a few services in turn. A
    line that the trust keeps for others is left out, and so is what is made for people about whom nothing was asked.
    """
    held_for = HERE.intersection(wanted)
    fits = [
        (place, held)
        for place, held in enumerate(tags)
        if UNASKED.isdisjoint(held) and (HERE.isdisjoint(held) or held_for & held)
    ]
    chosen: dict[int, None] = {}
    for tag in wanted:
        found = [place for place, held in fits if tag in held and place not in chosen]
        chosen.update(dict.fromkeys(found[:SHOWN_OF_ONE_TAG]))
    return tuple(chosen)[:SHOWN_BESIDE_RECEIPT]


def lacks_own_line(shown: Iterable[Iterable[str]], wanted: Iterable[str]) -> bool:
    """Return whether the support line of the settings has to stand in: staff are shown none, or nobody is shown any.

    `shown` are the tags of each service that is shown.
    """
    held = [frozenset(tags) for tags in shown]
    return not held or (OWN_LINE in wanted and not any(OWN_LINE in tags for tags in held))
