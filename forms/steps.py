"""Which fields of the full form stand on one page, in which order, and when a page is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NOT_ME = ("cared_for", "someone_else", "several")
"""Answers to `who` after which we ask whether that person knows."""


@dataclass(frozen=True)
class Step:
    """One page of the full form. `number` is what stands before its question on the long page."""

    name: str
    number: str
    fields: tuple[str, ...]
    asked_after: tuple[str, ...] = ()
    """The answers to `who` after which it is asked; empty: always."""


STEPS: tuple[Step, ...] = (
    Step("role", "1", ("role",)),
    Step("who", "2", ("who",)),
    Step("consent", "2b", ("consent",), NOT_ME),
    Step("words", "3", ("words",)),
    Step("what", "4", ("what", "what_else")),
    Step("by", "5", ("by",)),
    Step("when", "6", ("when", "month", "year")),
    Step("place", "7", ("place",)),
    Step("before", "8", ("before",)),
    Step("wants", "9", ("wants",)),
    Step("danger", "10", ("danger",)),
    Step("more", "11", ("names", "files")),
    Step("help", "12", ("help", "help_lang", "help_contact", "help_times")),
    Step("privacy", "13", ("privacy", "name", "contact", "safe_times", "reader", "exclude")),
)

ASKED_AFTER: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "consent": ("who", NOT_ME),
    "what_else": ("what", ("else",)),
    "help_lang": ("help", ("interpreter",)),
    "help_contact": ("help", ("interpreter", "call_me")),
    "help_times": ("help", ("interpreter", "call_me")),
}
"""A field that is asked after an answer alone → that question, and the answers after which it is."""


def is_asked(name: str, answers: Mapping[str, str | Sequence[str]]) -> bool:
    """Return whether a field is asked after these answers."""
    if name not in ASKED_AFTER:
        return True
    question, codes = ASKED_AFTER[name]
    given = answers.get(question, ())
    return not frozenset((given,) if isinstance(given, str) else given).isdisjoint(codes)
