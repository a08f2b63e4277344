"""The four symbols on a poster: read as people type them, said as people say them."""

import doctest

import pytest

from app.domain import place_code
from app.domain.place_code import SPOKEN, fold_place_code, spell_place_code
from app.domain.receipts import ALPHABET


def test_every_symbol_has_a_word_of_its_own() -> None:
    assert set(SPOKEN) == set(ALPHABET)
    assert len(set(SPOKEN.values())) == len(SPOKEN)


@pytest.mark.parametrize("typed", ["7KQ4", "7kq4", " 7K Q4 ", "7k-q4", "7K–Q4"])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert fold_place_code(typed) == "7KQ4"


def test_letters_that_are_taken_for_digits_are_forgiven() -> None:
    assert fold_place_code("oIlU") == "011V"


@pytest.mark.parametrize("typed", ["", "7KQ", "7KQ44", "7K/4", "7K\x004", "７ＫＱ４", "ßßß", "7KQ4" * 100])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert fold_place_code(typed) == ""


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(place_code).failed == 0
    assert spell_place_code("0O"[0]) == "zero"
