import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import MistypedReceipt
from app.domain.receipts import (
    ALPHABET,
    check_symbol,
    format_fingerprint,
    format_lookup_code,
    format_printed_code,
    format_receipt,
    format_reference,
    parse_lookup_code,
    parse_printed_code,
    parse_receipt,
    parse_reference,
    symbols_from_bits,
)

SYMBOLS = st.text(ALPHABET, min_size=19, max_size=19)
SAMPLES = ("7KQ4M2XD9FTPHRW3V8B", "0000000000000000000", "489TT641GEFDRXKRBHE")


@given(SYMBOLS)
def test_what_is_shown_is_what_is_read(symbols):
    assert parse_receipt(format_receipt(symbols)) == symbols
    assert parse_receipt(format_receipt(symbols).lower().replace("-", " ")) == symbols


@given(st.text(max_size=150))
def test_any_text_is_read_or_named_a_typing_mistake(text):
    try:
        assert len(parse_receipt(text)) == 19
    except MistypedReceipt as error:
        assert error.reason in {"length", "symbol", "check"}


@pytest.mark.parametrize("symbols", SAMPLES)
def test_every_single_wrong_symbol_is_noticed(symbols):
    whole = symbols + check_symbol(symbols)
    for place in range(20):
        for other in ALPHABET:
            if other != whole[place]:
                with pytest.raises(MistypedReceipt, match="typing mistake") as caught:
                    parse_receipt(whole[:place] + other + whole[place + 1 :])
                assert caught.value.reason == "check"


@pytest.mark.parametrize("symbols", SAMPLES)
def test_every_swap_is_noticed(symbols):
    whole = symbols + check_symbol(symbols)
    for first in range(20):
        for second in range(first + 1, 20):
            if whole[first] != whole[second]:
                swapped = list(whole)
                swapped[first], swapped[second] = swapped[second], swapped[first]
                with pytest.raises(MistypedReceipt):
                    parse_receipt("".join(swapped))


@given(st.binary(min_size=17, max_size=17))
def test_printed_and_lookup_codes_read_back(bits):
    code = symbols_from_bits(bits, 27)
    assert parse_printed_code(format_printed_code(code)) == code
    assert parse_lookup_code(format_lookup_code(code[:11])) == code[:11]
    assert len(format_fingerprint(bits)) == 19


def test_references_forgive_look_alikes():
    assert format_reference("3W7QDH4K") == "3W7Q-DH4K"
    assert parse_reference(" 3w7q dh4k ") == "3W7QDH4K"
    assert parse_reference("OIL0-0000") == "01100000"
    with pytest.raises(MistypedReceipt):
        parse_reference("3W7Q-DH4")


def test_wrong_sizes_are_programming_errors():
    for act in (lambda: format_receipt("0"), lambda: format_reference("0"), lambda: symbols_from_bits(b"\x00", 2)):
        with pytest.raises(ValueError, match="symbols|bits"):
            act()
