"""The four symbols on a poster: reading what was typed, and saying them aloud."""

from collections.abc import Mapping

from app.domain.errors import MistypedReceipt
from app.domain.receipts import read_symbols

SYMBOLS = 4
NO_BREAK = "\u00a0"
SPOKEN: Mapping[str, str] = {
    "0": "zero", "1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven",
    "8": "eight", "9": "nine", "A": "Alfa", "B": "Bravo", "C": "Charlie", "D": "Delta", "E": "Echo", "F": "Foxtrot",
    "G": "Golf", "H": "Hotel", "J": "Juliett", "K": "Kilo", "M": "Mike", "N": "November", "P": "Papa", "Q": "Quebec",
    "R": "Romeo", "S": "Sierra", "T": "Tango", "V": "Victor", "W": "Whiskey", "X": "X-ray", "Y": "Yankee",
    "Z": "Zulu",
}  # fmt: skip
"""How each symbol is said on the telephone."""


def fold_place_code(text: str) -> str:
    """Return a typed place code as it is stored, "" for what cannot be one; spaces, case and look-alikes are forgiven.

    >>> fold_place_code("7k-q4")
    '7KQ4'
    """
    try:
        kept = read_symbols(text)
    except MistypedReceipt:
        return ""
    return kept if len(kept) == SYMBOLS else ""


def spell_place_code(code: str) -> str:
    """Return a code as a person says it.

    >>> spell_place_code("7KQ4")
    'seven, Kilo, Quebec, four'
    """
    return ", ".join(SPOKEN[symbol] for symbol in code)


def say_address(host: str, code: str) -> str:
    """Return the address of a place in words.

    The symbols of the code keep together in one line.

    >>> say_address("heard.my-trust.nhs.uk", "7KQ4").replace("\xa0", " ")
    'heard dot my dash trust dot nhs dot uk slash w slash 7 K Q 4'
    """
    spoken = host.replace(".", " dot ").replace("-", " dash ").replace(":", " colon ")
    return f"{spoken} slash w slash {NO_BREAK.join(code)}"
