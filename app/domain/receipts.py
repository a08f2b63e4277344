"""Receipts, printed codes and case references: symbols, check symbol, reading what a person typed."""

import unicodedata

from app.domain.errors import MistypedReceipt

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECEIPT_SYMBOLS = 19
PRINTED_CODE_SYMBOLS = 27
REFERENCE_SYMBOLS = 8
LOOKUP_CODE_SYMBOLS = 11
FINGERPRINT_SYMBOLS = 16

_LONGEST_INPUT = 128
_START_STATE = 6
_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}
_DROPPED_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Pd"})
_DROPPED_CHARACTERS = frozenset("._·−")
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def _double(value: int) -> int:
    doubled = value << 1
    return doubled ^ 0x25 if doubled & 0x20 else doubled


def check_symbol(symbols: str) -> str:
    """Return the check symbol of `symbols`, arithmetic in GF(32) with x^5 + x^2 + 1.

    >>> check_symbol("7KQ4M2XD9FTPHRW3V8B")
    'N'
    """
    state = _START_STATE
    for symbol in symbols:
        state = _double(state ^ _VALUES[symbol])
    return ALPHABET[state]


def symbols_from_bits(bits: bytes, count: int) -> str:
    """Return the first `count` symbols of `bits`, five bits at a time from the left."""
    whole = int.from_bytes(bits, "big")
    size = len(bits) * 8
    if count * 5 > size:
        raise ValueError("too few bits")
    return "".join(ALPHABET[(whole >> (size - 5 * place)) & 31] for place in range(1, count + 1))


def _in_fours(symbols: str) -> str:
    return "-".join(symbols[start : start + 4] for start in range(0, len(symbols), 4))


def read_symbols(text: str) -> str:
    """Return the symbols that somebody typed, however many; raise `MistypedReceipt`.

    Case, width, spaces, dashes and look-alikes are forgiven, whatever kind a telephone makes of them.

    >>> read_symbols("7k\u2011q4 oil")
    '7KQ4011'
    """
    if len(text) > _LONGEST_INPUT:
        raise MistypedReceipt("length")
    # No keyboard types it, and no database takes it.
    if "\x00" in text:
        raise MistypedReceipt("symbol")
    folded = unicodedata.normalize("NFKC", text).upper()
    kept = "".join(
        character
        for character in folded
        if character not in _DROPPED_CHARACTERS and unicodedata.category(character) not in _DROPPED_CATEGORIES
    ).translate(_LOOK_ALIKES)
    if any(character not in _VALUES for character in kept):
        raise MistypedReceipt("symbol")
    return kept


def _parse_checked(text: str, count: int) -> str:
    symbols = read_symbols(text)
    if len(symbols) != count + 1:
        raise MistypedReceipt("length")
    if check_symbol(symbols[:count]) != symbols[count]:
        raise MistypedReceipt("check")
    return symbols[:count]


def _format_checked(symbols: str, count: int) -> str:
    if len(symbols) != count:
        raise ValueError("wrong number of symbols")
    return _in_fours(symbols + check_symbol(symbols))


def format_receipt(symbols: str) -> str:
    """Return 19 symbols as a receipt: 20 symbols in five groups of four.

    >>> format_receipt("7KQ4M2XD9FTPHRW3V8B")
    '7KQ4-M2XD-9FTP-HRW3-V8BN'
    """
    return _format_checked(symbols, RECEIPT_SYMBOLS)


def parse_receipt(text: str) -> str:
    """Return the 19 symbols of a typed receipt; raise `MistypedReceipt`.

    Case, spaces, dashes and look-alikes (O, I, L, U) are forgiven. No database is asked.
    """
    return _parse_checked(text, RECEIPT_SYMBOLS)


def format_printed_code(symbols: str) -> str:
    """Return 27 symbols as a printed code: 28 symbols in seven groups of four."""
    return _format_checked(symbols, PRINTED_CODE_SYMBOLS)


def parse_printed_code(text: str) -> str:
    """Return the 27 symbols of a typed printed code; raise `MistypedReceipt`."""
    return _parse_checked(text, PRINTED_CODE_SYMBOLS)


def format_lookup_code(symbols: str) -> str:
    """Return 11 symbols as a second-factor lookup code: 12 symbols in three groups of four."""
    return _format_checked(symbols, LOOKUP_CODE_SYMBOLS)


def parse_lookup_code(text: str) -> str:
    """Return the 11 symbols of a typed lookup code; raise `MistypedReceipt`."""
    return _parse_checked(text, LOOKUP_CODE_SYMBOLS)


def format_reference(symbols: str) -> str:
    """Return the 8 symbols of a case reference in two groups: `3W7Q-DH4K`."""
    if len(symbols) != REFERENCE_SYMBOLS:
        raise ValueError("wrong number of symbols")
    return _in_fours(symbols)


def parse_reference(text: str) -> str:
    """Return the 8 symbols of a typed case reference; raise `MistypedReceipt`. It has no check symbol."""
    symbols = read_symbols(text)
    if len(symbols) != REFERENCE_SYMBOLS:
        raise MistypedReceipt("length")
    return symbols


def format_fingerprint(public_key_digest: bytes) -> str:
    """Return the first 80 bits of a public key's SHA-256 as 16 symbols, to be compared by voice."""
    return _in_fours(symbols_from_bits(public_key_digest, FINGERPRINT_SYMBOLS))
