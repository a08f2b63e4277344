"""The programs in a PDF, functions of colours and tables of letters: what they compute with stays, all else goes."""

import re

from app.storage.sanitising_content import TooMuch
from app.storage.sanitising_tokens import COMMENT, END

_NUMBER = rb"[-+.\d][-+.\deE]*+" + END
_OPERATORS = (
    "abs add atan ceiling cos cvi cvr div exp floor idiv ln log mod mul neg round sin sqrt sub truncate and bitshift "
    "eq false ge gt le lt ne not or true xor if ifelse copy dup exch index pop roll"
)
_FUNCTION = re.compile(
    rb"((?:[\s\0{}]++|" + _NUMBER + rb"|(?:" + "|".join(_OPERATORS.split()).encode() + rb")" + END + rb")++)"
    rb"|" + COMMENT + rb"|[^\s\0{}%]++"
)
_BLOCKS = rb"begin(codespacerange|bfchar|bfrange|cidchar|cidrange|notdefchar|notdefrange)"
_IN_BLOCK = rb"(?:[\s\0\[\]]++|<[\s\0\da-fA-F]*+>|" + _NUMBER + rb"|/[A-Za-z\d._]*+" + END + rb")*+"
_WORDS = (
    "begincmap endcmap usecmap def dict dup begin end findresource defineresource pop currentdict true false CMapName"
)
_NAMES = (
    "CIDInit ProcSet CIDSystemInfo CMap CMapName CMapType CMapVersion Registry Ordering Supplement WMode UIDOffset "
    "XUID Adobe-Identity-UCS Adobe-Identity-H Adobe-Identity-V Adobe Identity UCS Identity-H Identity-V"
)
_COLLECTIONS = rb"\((?:Adobe|Identity|UCS|Japan[12]|GB1|CNS1|Korea1|KR)?\)"
_TABLE = re.compile(
    rb"((?:[\s\0\[\]]++|<<|>>|" + _BLOCKS + _IN_BLOCK + rb"end\2" + END + rb"|" + _NUMBER + rb"|" + _COLLECTIONS
    + rb"|(?:" + "|".join(_WORDS.split()).encode() + rb")" + END
    + rb"|/(?:" + "|".join(_NAMES.split()).encode() + rb")" + END + rb"|/[\w-]++[\s\0]++usecmap" + END + rb")++)"
    rb"|" + COMMENT + rb"|(?P<name>/[^\s\0()<>\[\]{}/%]*+)|\((?:[^()\\]++|\\.)*+\)?|<[^<>]*+>?|[^\s\0()<>\[\]{}/%]++|.",
    re.DOTALL,
)  # fmt: skip
MOST_STRANGE = 100_000


def clean_function(data: bytes) -> bytes:
    """Return the program of a function without comments, texts and words that are no operators of functions."""
    return _kept(_FUNCTION, data)


def clean_table(data: bytes) -> bytes:
    """Return the table that says what the letters of a font mean, without comments, texts and further names."""
    return _kept(_TABLE, data)


def _kept(pattern: re.Pattern[bytes], data: bytes) -> bytes:
    """Return what a pattern knows. Raises `TooMuch` where it knows hardly anything."""
    kept: list[bytes] = []
    strange = 0
    for found in pattern.finditer(data):
        if found[1] is None:
            strange += 1
            if strange > MOST_STRANGE:
                raise TooMuch
        # A name is followed by what it stands for: without a name that would stand for something else.
        kept.append(found[1] or (b"/Name " if found.groupdict().get("name") else b" "))
    return b"".join(kept)
