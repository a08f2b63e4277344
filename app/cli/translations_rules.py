"""What a translated sentence must share with its English: placeholders, markup and the mark at its end."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from babel.messages.catalog import Message
from babel.messages.plurals import get_plural

from app.web.translations import english

PLACEHOLDER = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
"""A value put in by a page, or by its script."""
TAG = re.compile(r"<[^>]*>")
STRAY = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Characters that cannot be seen and change a line or its direction: the pages see to direction themselves."""
ENDS = {".": ".۔।", "?": "?؟", "!": "!¡", ":": ":", ",": ",،"}
"""The mark at the end of an English sentence → what it may be elsewhere."""
COUNTED = "num"


def problems(message: Message, said: str | Sequence[str], code: str) -> list[str]:
    """Return what is wrong with what is said for a message, as sentences; an empty list when it can be used."""
    forms = [said] if isinstance(said, str) else list(said)
    wanted = 1 if isinstance(message.id, str) else get_plural(code).num_plurals
    if len(forms) != wanted or (wanted > 1 and isinstance(said, str)):
        return [f"has {len(forms)} forms, {wanted} are needed"]
    return [problem for form in forms for problem in _problems(english(message), form, counted=wanted > 1)]


def _problems(here: str, there: str, *, counted: bool) -> Iterator[str]:
    if not there.strip() or there != there.strip():
        yield "is empty, or has a space at an end"
    if _placeholders(here, counted) != _placeholders(there, counted):
        yield f"must have the placeholders {', '.join(_names(here)) or '(none)'}"
    if PLACEHOLDER.sub("", here).count("%") != PLACEHOLDER.sub("", there).count("%"):
        yield "must have as many per cent signs"
    if Counter(TAG.findall(here)) != Counter(TAG.findall(there)) or "<" in TAG.sub("", there):
        yield f"must have the markup {' '.join(TAG.findall(here)) or '(none)'}"
    if STRAY.search(there):
        yield "has a character that cannot be seen"
    if '"' in TAG.sub("", there):
        yield "has a straight quotation mark"
    if not _ends_alike(here, there):
        yield f"must end with {here[-1]}" if here[-1] in ENDS else "must not end with a mark"


def _names(text: str) -> list[str]:
    return [by_page or by_script for by_page, by_script in PLACEHOLDER.findall(text)]


def _placeholders(text: str, counted: bool) -> Counter[str]:
    found = Counter(_names(text))
    # A language may say "one message" and "two messages" without the number.
    if counted:
        del found[COUNTED]
    return found


def _ends_alike(here: str, there: str) -> bool:
    mark, end = here[-1:], there.strip()[-1:]
    if mark in ENDS:
        return bool(end) and end in ENDS[mark]
    return end not in "".join(ENDS.values()) or not end
