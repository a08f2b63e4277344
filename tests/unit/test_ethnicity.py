"""Ethnic groups: what is asked."""

import pytest

from app.domain.sealed_content import encode_content
from models.vocabulary.ethnicity import ETHNIC_2021, ETHNIC_HEADINGS, NOT_SAID

FIVE_GROUPS = ("white", "mixed", "asian", "black", "other")


def test_nineteen_groups_are_asked_under_five_headings_and_not_to_say_comes_last() -> None:
    assert [len(heading.words) for heading in ETHNIC_HEADINGS] == [5, 4, 5, 3, 2]
    assert len(ETHNIC_2021) == 20
    assert ETHNIC_2021[-1] == NOT_SAID
    assert len({word.label for word in ETHNIC_2021}) == 20
    assert "not_asked" not in {word.code for word in ETHNIC_2021}


def test_the_headings_are_the_five_groups() -> None:
    for heading, five in zip(ETHNIC_HEADINGS, FIVE_GROUPS, strict=True):
        assert {word.code.partition("_")[0] for word in heading.words} == {five}, heading.label


@pytest.mark.parametrize("code", [word.code for word in ETHNIC_2021])
def test_every_answer_can_be_sealed(code: str) -> None:
    content = {"month": "2026-11", "sent_direction": "other", "class": "own", "ethnic_2021": code}
    assert code.encode() in encode_content("equality", content)
