"""Ethnic groups: what is asked, and what each answer becomes in every list that figures use."""

from collections import Counter

import pytest

from app.cli.northmere_staff import ETHNIC_GROUPS
from app.domain.ethnicity import (
    ETHNICITIES,
    FIVE_GROUPS,
    FIVE_OF_LETTERS,
    five_group,
    letter_of,
    wres_group,
    wres_group_of_letter,
)
from app.domain.sealed_content import encode_content
from models.vocabulary.ethnicity import ETHNIC_2021, ETHNIC_HEADINGS, NOT_SAID

LETTERS = {
    "white_british": "A", "white_irish": "B", "white_gypsy_traveller": "C", "white_roma": "C", "white_other": "C",
    "mixed_white_black_caribbean": "D", "mixed_white_black_african": "E", "mixed_white_asian": "F", "mixed_other": "G",
    "asian_indian": "H", "asian_pakistani": "J", "asian_bangladeshi": "K", "asian_chinese": "R", "asian_other": "L",
    "black_caribbean": "M", "black_african": "N", "black_other": "P", "other_arab": "S", "other_any": "S",
    "prefer_not_to_say": "Z", "not_asked": "99",
}  # fmt: skip
"""Written out once more from codes.md section 10, so that a slip in the table shows."""


def test_every_answer_has_its_place_in_every_list_and_no_list_has_more() -> None:
    assert {code: letter_of(code) for code in ETHNICITIES} == LETTERS
    assert {word.code for word in ETHNIC_2021} == ETHNICITIES.keys() - {"not_asked"}
    assert set(FIVE_OF_LETTERS) == set(LETTERS.values())
    assert {five_group(code) for code in ETHNICITIES} == {*FIVE_GROUPS, None}


def test_nineteen_groups_are_asked_under_five_headings_and_not_to_say_comes_last() -> None:
    assert [len(heading.words) for heading in ETHNIC_HEADINGS] == [5, 4, 5, 3, 2]
    assert len(ETHNIC_2021) == 20
    assert ETHNIC_2021[-1] == NOT_SAID
    assert len({word.label for word in ETHNIC_2021}) == 20
    assert "not_asked" not in {word.code for word in ETHNIC_2021}


def test_the_headings_are_the_five_groups() -> None:
    for heading, five in zip(ETHNIC_HEADINGS, FIVE_GROUPS, strict=True):
        assert {five_group(word.code) for word in heading.words} == {five}, heading.label


def test_the_lists_of_2001_and_2021_differ_in_chinese_alone() -> None:
    differing = [code for code, one in ETHNICITIES.items() if FIVE_OF_LETTERS[one.letter] != one.five]
    assert differing == ["asian_chinese"]
    assert (five_group("asian_chinese"), FIVE_OF_LETTERS["R"]) == ("asian", "other")


@pytest.mark.parametrize("code", ETHNICITIES)
def test_the_wres_group_is_the_same_from_an_answer_and_from_its_letter(code: str) -> None:
    assert wres_group(code) == wres_group_of_letter(letter_of(code))


def test_white_is_a_to_c_and_not_stated_is_neither() -> None:
    groups = Counter(wres_group_of_letter(letter) for letter in FIVE_OF_LETTERS)
    assert groups == {"white": 3, "bme": 13, "not_given": 2}
    assert wres_group("prefer_not_to_say") == wres_group("not_asked") == "not_given"
    assert {wres_group(code) for code in ("white_roma", "white_irish", "white_gypsy_traveller")} == {"white"}


def test_every_letter_of_the_headcount_has_a_group() -> None:
    assert set(ETHNIC_GROUPS) == set(FIVE_OF_LETTERS)


@pytest.mark.parametrize("code", [word.code for word in ETHNIC_2021])
def test_every_answer_can_be_sealed(code: str) -> None:
    content = {"month": "2026-11", "sent_direction": "other", "class": "own", "ethnic_2021": code}
    assert code.encode() in encode_content("equality", content)
