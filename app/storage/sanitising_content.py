"""What draws a page of a PDF: the instructions that readers know stay as they are written, and all else goes.

One pattern says what an instruction is: an operator with as many operands, of the kinds, as it takes.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.storage.sanitising_inline import Part, odd_in, plain_image
from app.storage.sanitising_tokens import END, GAP, NAME, NUMBER, OPERATORS, TAG, TEXT, TOKEN, UP_TO_WORD, odd_text

_ARRAY = rb"\[(?:[-+.\s\0\d]++|(?<=[.\d])[eE](?=[-+\d])|" + TEXT + rb")*+\]"
_DASHES = rb"\[[-+.\s\0\d]*+\]"
_MARK = (
    rb"(?:/MCID" + GAP + rb"\d++|/Type" + GAP + rb"/(?:Pagination|Layout|Page|Background)" + END
    + rb"|/Subtype" + GAP + rb"/(?:Header|Footer|Watermark)" + END + rb")"
)  # fmt: skip
"""What joins a drawing to the structure of the document, and tells readers of the screen what they may leave out."""
_MARKS = rb"<<" + GAP + rb"(?:" + _MARK + GAP + rb")*+>>"
_MARKED = rb"(?:" + NAME + rb"|" + _MARKS + rb")"
_AFTER_NUMBERS = (
    rb"", rb"w|[JjMigG]|T[cwzLrs]", rb"[ml]|T[dD]|d0|" + TEXT + GAP + rb'"', rb"rg|RG", rb"re|[vykK]", rb"",
    rb"cm?|Tm|d1",
)  # fmt: skip
"""The operators that follow so many numbers."""
_COLOUR = rb"sc|SC|scn|SCN"


def _with_numbers(count: int) -> bytes:
    """Return the pattern of what follows the number of this count."""
    further = rb"|" + _with_numbers(count + 1) if count + 1 < len(_AFTER_NUMBERS) else b""
    after = b"|".join(filter(None, (_AFTER_NUMBERS[count], _COLOUR)))
    return NUMBER + GAP + rb"(?:(?:" + after + rb")" + END + further + rb")"


_STEP = rb"(?:" + b"|".join((
    _with_numbers(1),
    rb"(?:q|Q|[hSsFn]|[fBbW]\*?|BT|ET|T\*|EMC|BX|EX)" + END,
    TAG + GAP + rb"(?:BMC|MP|" + _MARKED + GAP + rb"(?:BDC|DP))" + END,
    NAME + GAP + rb"(?:ri|gs|cs|CS|Do|sh|scn|SCN|" + NUMBER + GAP + rb"Tf)" + END,
    TEXT + GAP + rb"(?:Tj|')" + END,
    _ARRAY + GAP + rb"TJ" + END,
    _DASHES + GAP + NUMBER + GAP + rb"d" + END,
    rb"(?:" + NUMBER + GAP + rb"){1,32}+(?:" + NAME + GAP + rb")?+(?:scn|SCN)" + END,
)) + rb")"  # fmt: skip
_KNOWN = re.compile(rb"(?:" + GAP + _STEP + rb"){0,500}+" + GAP, re.DOTALL)
_ONE = re.compile(GAP + _STEP + GAP, re.DOTALL)
_MOST_OPERANDS, MOST_ODD = 6, 300_000
"""The operands of an operator other than a colour, and how much of one document may be something else."""
_MOST_WORDS = 100
_NEEDED: Mapping[bytes, int] = {
    operator: next((count for count, known in enumerate(_AFTER_NUMBERS) if known and re.fullmatch(known, operator)), 1)
    for operator in OPERATORS
}
"""How many numbers an operator takes at least, 1 for those that take something else."""
_ONLY_NUMBER = re.compile(NUMBER)


class TooMuch(Exception):
    """What draws a document is more than is taken apart."""


@dataclass
class Patience:
    """How much of the drawings of one document may still be something else than instructions as they should be."""

    left: int = MOST_ODD

    def spend(self, odd: int) -> None:
        """Count what was odd. Raises `TooMuch`."""
        self.left -= odd
        if self.left < 0:
            raise TooMuch


def clean_drawing(data: bytes, patience: Patience | None = None) -> tuple[bytes, bool]:
    """Return the instructions of a drawing, and whether something else stood among them.

    A text or a picture that never ends takes all that follows with it. Raises `TooMuch` where hardly anything is known.
    """
    patience = patience or Patience()
    kept: list[bytes] = []
    changed, place = False, 0
    while place < len(data):
        if (known := _KNOWN.match(data, place)) and known.end() > place:
            kept.append(known[0])
            place = known.end()
            continue
        part = plain_image(data, place) or _plain_part(data, place)
        patience.spend(part.odd)
        kept.append(part.written)
        changed, place = changed or part.changed, part.end
    return b"\n".join(kept), changed


def _plain_part(data: bytes, place: int) -> Part:
    """Return what is left of all that stands from a place up to the next operator or unknown word."""
    tokens: list[bytes] = []
    end, depth, words, brackets = place, 0, 0, 0
    while found := UP_TO_WORD.match(data, end):
        further = TOKEN.findall(data, end, found.end())
        tokens += further
        end = found.end()
        depth += further.count(b"[") - further.count(b"]")
        if found["word"]:
            words += 1
            # In a list readers pass over words.
            if depth > 0 and found["word"] not in OPERATORS and words < _MOST_WORDS:
                continue
            break
        if data[end : end + 1] not in (b"(", b"<"):
            break
        if (text := odd_text(data, end)) is None:
            return Part(b"", len(data), True, odd_in(len(data) - place))
        tokens.append(text[0])
        brackets += len(text[0]) // 8
        end = text[1]
    end = max(end, place + 1)
    written = _plain_step(tokens)
    return Part(written, end, written.split() != data[place:end].split(), odd_in(end - place) + brackets)


def _plain_step(tokens: Sequence[bytes]) -> bytes:
    """Return the instruction at the end of what is written, without what stands before it and in it; or nothing."""
    tokens = [token for token in tokens if not token.startswith(b"%")]
    if not tokens or tokens[-1] not in OPERATORS:
        return b""
    *operands, operator = tokens
    if operator in (b"BMC", b"MP", b"BDC", b"DP"):
        return _plain_mark(tokens)
    if operator in (b"TJ", b"d"):
        tokens = [*_last_list(operands), operator]
    for start in _starts(tokens):
        if _ONE.fullmatch(written := b" ".join(tokens[start:])):
            return written
    # What readers do where a number is missing differs: they skip it, take zeros, or stop there.
    is_short = len(operands) < _NEEDED[operator] and all(map(_ONLY_NUMBER.fullmatch, operands))
    return b" ".join((*operands, operator)) if is_short else b""


def _last_list(tokens: Sequence[bytes]) -> Sequence[bytes]:
    """Return the last list with its texts and numbers alone, as readers take it, and what follows it."""
    depth, kept, complete, is_list = 0, [b"["], 0, False
    for place, token in enumerate(tokens):
        if token in (b"[", b"<<"):
            if not depth:
                kept, is_list = [b"["], token == b"["
            depth += 1
        elif token in (b"]", b">>"):
            depth = max(0, depth - 1)
            if not depth:
                complete = place + 1 if is_list else 0
        elif depth == 1 and (token.startswith((b"(", b"<")) or _ONLY_NUMBER.fullmatch(token)):
            kept.append(token)
    return [*kept, b"]", *tokens[complete:]] if complete and not depth else []


def _starts(tokens: Sequence[bytes]) -> Iterable[int]:
    """Return where the operands of an instruction may begin: readers take the last ones that are given."""
    last = len(tokens) - 1
    if tokens[-1] in (b"TJ", b"d"):
        return [0]
    if tokens[-1] in (b"sc", b"SC", b"scn", b"SCN"):
        start = last - 1 if tokens[last - 1].startswith(b"/") and last else last
        while start and tokens[start - 1][:1] in b"-+.0123456789":
            start -= 1
        return [start]
    return range(last, max(-1, last - _MOST_OPERANDS - 1), -1)


def _plain_mark(tokens: Sequence[bytes]) -> bytes:
    """Return where a marked part begins; it keeps its ordinary names and its number."""
    *operands, operator = (token for token in tokens if token.startswith(b"<<") or token[:1] not in b"(<")
    if operator in (b"BMC", b"MP"):
        tag, properties = operands[-1:], b""
    elif b"<<" in operands:
        start = operands.index(b"<<")
        marks = re.findall(_MARK, b" ".join(operands[start:]))
        tag, properties = operands[:start][-1:], b"<< " + b" ".join(marks) + b" >> "
    else:
        tag, properties = operands[:-1][-1:], b"<<>> "
        if operands and operands[-1].startswith(b"/"):
            properties = operands[-1] + b" "
    return (tag[0] if tag and re.fullmatch(TAG, tag[0]) else b"/Span") + b" " + properties + operator
