"""What a reporter told us, line by line, in the words of the desk."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

from models.vocabulary.incident import BEFORE, DANGER, WANTS, WHAT, WHEN, WHEN_QUICK
from models.vocabulary.people import AGREED, CAME, HELP, PRIVACY, READER, SOURCE, TARGET, TOLD_BY
from models.vocabulary.word import Word, label

Answers = Mapping[str, Any]
PLACE, PARTNER = "place", "partner"
BY_LINK = "{name} (by its link)"
"""A link can be passed on: who uses it need not be the partner."""
NO_PARTNER = "a partner that is no longer on our list"


def _typed(name: str, answers: Answers) -> str:
    return str(answers.get(name, ""))


def _chosen(name: str, words: tuple[Word, ...], answers: Answers) -> str:
    answer = answers.get(name, ())
    codes = [answer] if isinstance(answer, str) else list(answer)
    # The labels hold commas themselves.
    return "; ".join(label(words, str(code)) for code in codes)


def _month(answers: Answers) -> str:
    return "/".join(str(answers[name]) for name in ("month", "year") if name in answers)


FACTS: tuple[tuple[str, str, Callable[[Answers], str]], ...] = (
    ("what", "What happened", partial(_chosen, "what", WHAT)),
    ("what_else", "In other words", partial(_typed, "what_else")),
    ("danger", "Danger or fear", partial(_chosen, "danger", DANGER)),
    ("who", "Happened to", partial(_chosen, "who", TARGET)),
    ("by", "Done by", partial(_chosen, "by", SOURCE)),
    (PLACE, "Where", partial(_typed, PLACE)),
    ("when", "When", partial(_chosen, "when", (*WHEN, *WHEN_QUICK))),
    ("month", "Month and year", _month),
    ("before", "Happened before", partial(_chosen, "before", BEFORE)),
    ("names", "Names they gave", partial(_typed, "names")),
    ("wants", "What would help", partial(_chosen, "wants", WANTS)),
    ("role", "Told by", partial(_chosen, "role", TOLD_BY)),
    ("source", "Written down for them", partial(_chosen, "source", CAME)),
    (PARTNER, "Partner", partial(_typed, PARTNER)),
    ("consent", "Does that person know?", partial(_chosen, "consent", AGREED)),
    ("privacy", "Reported as", partial(_chosen, "privacy", PRIVACY)),
    ("reader", "Who should read it", partial(_chosen, "reader", READER)),
    ("name", "Their name", partial(_typed, "name")),
    ("contact", "Phone or email", partial(_typed, "contact")),
    ("safe_times", "Safe to contact", partial(_typed, "safe_times")),
    ("help", "Help needed", partial(_chosen, "help", HELP)),
    ("help_lang", "Language", partial(_typed, "help_lang")),
    ("help_contact", "Safe number to call", partial(_typed, "help_contact")),
    ("help_times", "When it is safe to call", partial(_typed, "help_times")),
)
"""The answer that stands in a line (the year stands with the month), the title of the line, and its text."""
NOT_SHOWN = frozenset({"words", "exclude", "year"})
"""The words stand in a block of their own; whom the reporter keeps out is nobody's business who may read it."""


def case_facts(
    answers: Answers, place: str, replaced: Collection[str] = (), partners: Mapping[str, str] | None = None
) -> list[tuple[str, str]]:
    """Return the lines that have something to say: title and text. `place` is where it happened, in words.

    `replaced` are the answers that the reporter has changed since: they have lines of their own. `partners` are the
    names of community partners by the code of their link.
    """
    shown = {**answers, PLACE: place}
    if PARTNER in answers:
        shown[PARTNER] = BY_LINK.format(name=(partners or {}).get(answers[PARTNER], NO_PARTNER))
    return [(title, text) for name, title, read in FACTS if name not in replaced and (text := read(shown))]
