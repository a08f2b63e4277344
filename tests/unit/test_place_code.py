"""The four symbols on a poster: read as people type them, said as people say them."""

import doctest

import pytest

from app.domain import place_code
from app.domain.place_code import SPOKEN, fold_place_code, spell_place_code
from app.domain.receipts import ALPHABET, format_receipt, parse_receipt


def test_every_symbol_has_a_word_of_its_own() -> None:
    assert set(SPOKEN) == set(ALPHABET)
    assert len(set(SPOKEN.values())) == len(SPOKEN)


RECEIPT_TOO = ("７ＫＱ４", "7K\u2011Q4", "7K\u00a0Q4", "\u200b7KQ4\ufeff", "7K\u2212Q4", "7K\u00b7Q4", "7KQ4\u2060")
"""Ways to type a code that telephones and word processors make up."""


@pytest.mark.parametrize("typed", ["7KQ4", "7kq4", " 7K Q4 ", "7k-q4", "7K–Q4", "7K.Q4", "7K_Q4", *RECEIPT_TOO])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert fold_place_code(typed) == "7KQ4"


def test_letters_that_are_taken_for_digits_are_forgiven() -> None:
    assert fold_place_code("oIlU") == "011V"


@pytest.mark.parametrize("typed", ["", "7KQ", "7KQ44", "7K/4", "7K\x004", "7KQ4\x00", "ßßß", "7KQ4" * 100])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert fold_place_code(typed) == ""


@pytest.mark.parametrize("typed", RECEIPT_TOO)
def test_a_receipt_is_read_as_forgivingly_as_a_poster(typed: str) -> None:
    code = format_receipt("7KQ4M2XD9FTPHRW3V8B")
    assert parse_receipt(code.replace("7KQ4", typed, 1)) == parse_receipt(code)


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(place_code).failed == 0
    assert spell_place_code("0O"[0]) == "zero"
