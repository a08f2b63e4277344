"""Ethnic groups: the 19 of the 2021 list that are asked for, and what each becomes in older and coarser lists.

Sources: harmonised standard of 2021 for the 19; NHS data dictionary 2001 for the 16 + 1 letters; five groups; WRES.
"""

from collections.abc import Mapping
from dataclasses import dataclass

BME = "bme"
WHITE = "white"
NOT_GIVEN = "not_given"
FIVE_GROUPS = ("white", "mixed", "asian", "black", "other")


@dataclass(frozen=True)
class Ethnicity:
    """One answer: its letter in the 2001 list, its place among five groups (None when it has none), its WRES group."""

    letter: str
    five: str | None
    wres: str


def _of(letter: str, five: str) -> Ethnicity:
    return Ethnicity(letter, five, WHITE if five == "white" else BME)


ETHNICITIES: Mapping[str, Ethnicity] = {
    "white_british": _of("A", "white"),
    "white_irish": _of("B", "white"),
    "white_gypsy_traveller": _of("C", "white"),
    "white_roma": _of("C", "white"),
    "white_other": _of("C", "white"),
    "mixed_white_black_caribbean": _of("D", "mixed"),
    "mixed_white_black_african": _of("E", "mixed"),
    "mixed_white_asian": _of("F", "mixed"),
    "mixed_other": _of("G", "mixed"),
    "asian_indian": _of("H", "asian"),
    "asian_pakistani": _of("J", "asian"),
    "asian_bangladeshi": _of("K", "asian"),
    # The 2021 list counts Chinese among the Asian groups; the 2001 list, below, counted it among the others.
    "asian_chinese": _of("R", "asian"),
    "asian_other": _of("L", "asian"),
    "black_caribbean": _of("M", "black"),
    "black_african": _of("N", "black"),
    "black_other": _of("P", "black"),
    "other_arab": _of("S", "other"),
    "other_any": _of("S", "other"),
    "prefer_not_to_say": Ethnicity("Z", None, NOT_GIVEN),
    "not_asked": Ethnicity("99", None, NOT_GIVEN),
}
FIVE_OF_LETTERS: Mapping[str, str | None] = {
    **dict.fromkeys("ABC", "white"),
    **dict.fromkeys("DEFG", "mixed"),
    **dict.fromkeys("HJKL", "asian"),
    **dict.fromkeys("MNP", "black"),
    **dict.fromkeys("RS", "other"),
    "Z": None,
    "99": None,
}
"""For headcounts that are given in letters of 2001; C cannot be split into Traveller, Roma and others."""


def letter_of(code: str) -> str:
    """Return the letter of the 2001 list (16 + 1, `Z` not stated, `99` not asked). Raises `KeyError`."""
    return ETHNICITIES[code].letter


def five_group(code: str) -> str | None:
    """Return which of the five groups an answer belongs to, None when none was given. Raises `KeyError`."""
    return ETHNICITIES[code].five


def wres_group(code: str) -> str:
    """Return `bme`, `white` or `not_given`, as the released tables count. Raises `KeyError`."""
    return ETHNICITIES[code].wres


def wres_group_of_letter(letter: str) -> str:
    """Return the same for a letter of the 2001 list. Raises `KeyError`."""
    five = FIVE_OF_LETTERS[letter]
    return NOT_GIVEN if five is None else WHITE if five == "white" else BME
