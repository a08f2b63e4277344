"""The words in which a drawing of a PDF is written, as patterns that pass each byte once."""

import re

from app.storage.sanitising_shapes import STRUCTURE_NAMES

GAP, END = rb"[\s\0]*+", rb"(?![^\s\0()<>\[\]{}/%])"
NUMBER, NAME = rb"[-+.\d]++(?:(?<=[.\d])[eE][-+]?+\d++)?+", rb"/[^\s\0()<>\[\]{}/%]*+"
"""Some readers know numbers with an exponent."""
_DEEPEST = 8
_ROUND: bytes = rb"\((?:[^()\\]++|\\.)*+\)"
for _ in range(_DEEPEST):
    _ROUND = rb"\((?:[^()\\]++|\\.|" + _ROUND + rb")*+\)"
TEXT = rb"(?:" + _ROUND + rb"|<[\s\0\da-fA-F]*+>)"
TAG = rb"/(?:OC|Tx|" + b"|".join(sorted(name[1:].encode() for name in STRUCTURE_NAMES)) + rb")" + END
COMMENT = rb"%[^\r\n]*+"
_WORD = rb"[^\s\0()<>\[\]{}/%]++"
OPERAND = (
    rb"(?:" + NUMBER + END + rb"|" + NAME + rb"|" + TEXT + rb"|<<|>>|[\[\]{}]|(?:true|false|null)" + END + rb")"
)  # fmt: skip
TOKEN = re.compile(COMMENT + rb"|" + OPERAND + rb"|" + _WORD, re.DOTALL)
UP_TO_WORD = re.compile(
    rb"(?:[\s\0]++|" + COMMENT + rb"|" + OPERAND + rb")*+(?P<word>(?!BI" + END + rb")" + _WORD + rb")?+", re.DOTALL
)
"""Operands and the word that ends them; a picture that begins is no such word."""
OPERATORS = frozenset(
    b"q Q h S s f F f* B B* b b* n W W* BT ET T* EMC BX EX w J j M i g G Tc Tw Tz TL Tr Ts m l Td TD d0 rg RG re v y k "
    b"K c cm Tm d1 sc SC scn SCN BMC MP BDC DP ri gs cs CS Do sh Tf Tj TJ ' \" d".split()
)
_BRACKET = re.compile(rb"[()]|\\.", re.DOTALL)
MOST_BRACKETS = 100_000
"""Brackets of one text: readers hold texts to some ten thousand bytes."""
_NO_DIGIT = re.compile(rb"[^\da-fA-F]++")


def odd_text(data: bytes, place: int) -> tuple[bytes, int] | None:
    """Return a text that `TEXT` does not match, written so that it does, and where it ends; None if nobody can tell.

    Such a text has brackets within brackets within brackets, or bytes among its digits that readers pass over.
    """
    if data.startswith(b"<", place):
        end = data.find(b">", place)
        return (b"<" + _NO_DIGIT.sub(b"", data[place:end]) + b">", end + 1) if end > place else None
    depth = 0
    for count, found in enumerate(_BRACKET.finditer(data, place)):
        if count > MOST_BRACKETS:
            return None
        depth += (found[0] == b"(") - (found[0] == b")")
        if depth == 0:
            return b"(" + _BRACKET.sub(_escaped, data[place + 1 : found.start()]) + b")", found.end()
    return None


def _escaped(found: re.Match[bytes]) -> bytes:
    return found[0] if found[0].startswith(b"\\") else b"\\" + found[0]
