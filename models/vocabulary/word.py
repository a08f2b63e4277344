"""One word of the vocabulary: a stable code and the label people read."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """A code, snake_case ASCII and never reused, with its English label."""

    code: str
    label: str
    hint: str = ""


def label(words: Iterable[Word], code: str) -> str:
    """Return the label of `code`, or the code itself when the list does not know it."""
    return next((word.label for word in words if word.code == code), code)


def codes(words: Iterable[Word]) -> frozenset[str]:
    """Return every code of a list."""
    return frozenset(word.code for word in words)


def N_(text: str) -> str:
    """Return `text`; it is a sentence on a public page that is translated when it is shown."""
    return text
