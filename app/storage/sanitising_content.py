"""What draws a page of a PDF: the instructions that readers know stay as they are written, and all else goes.

One pattern says what an instruction is: an operator with as many operands, of the kinds, as it takes.
"""

import re
from collections.abc import Iterable, Sequence

from app.storage.sanitising_jpeg import strip_jpeg
from app.storage.sanitising_shapes import STRUCTURE_NAMES

_GAP, _END = rb"[\s\0]*+", rb"(?![^\s\0()<>\[\]{}/%])"
_NUMBER, _NAME = rb"[-+.\d]++", rb"/[^\s\0()<>\[\]{}/%]*+"
_DEEPEST = 8
_ROUND: bytes = rb"\((?:[^()\\]++|\\.)*+\)"
for _ in range(_DEEPEST):
    _ROUND = rb"\((?:[^()\\]++|\\.|" + _ROUND + rb")*+\)"
_TEXT = rb"(?:" + _ROUND + rb"|<[\s\0\da-fA-F]*+>)"
_ARRAY = rb"\[(?:[-+.\s\0\d]++|" + _TEXT + rb")*+\]"
_TAG = rb"/(?:OC|Tx|" + b"|".join(sorted(name[1:].encode() for name in STRUCTURE_NAMES)) + rb")" + _END
_MARK = (
    rb"(?:/MCID" + _GAP + rb"\d++|/Type" + _GAP + rb"/(?:Pagination|Layout|Page|Background)" + _END
    + rb"|/Subtype" + _GAP + rb"/(?:Header|Footer|Watermark)" + _END + rb")"
)  # fmt: skip
"""What joins a drawing to the structure of the document, and tells readers of the screen what they may leave out."""
_MARKS = rb"<<" + _GAP + rb"(?:" + _MARK + _GAP + rb")*+>>"
_MARKED = rb"(?:" + _NAME + rb"|" + _MARKS + rb")"
_AFTER_NUMBERS = (
    rb"", rb"w|[JjMigG]|T[cwzLrs]", rb"[ml]|T[dD]|d0|" + _TEXT + _GAP + rb'"', rb"rg|RG", rb"re|[vykK]", rb"",
    rb"cm?|Tm|d1",
)  # fmt: skip
"""The operators that follow so many numbers."""
_COLOUR = rb"sc|SC|scn|SCN"


def _with_numbers(count: int) -> bytes:
    """Return the pattern of what follows the number of this count."""
    further = rb"|" + _with_numbers(count + 1) if count + 1 < len(_AFTER_NUMBERS) else b""
    after = b"|".join(filter(None, (_AFTER_NUMBERS[count], _COLOUR)))
    return _NUMBER + _GAP + rb"(?:(?:" + after + rb")" + _END + further + rb")"


_STEP = rb"(?:" + b"|".join((
    _with_numbers(1),
    rb"(?:q|Q|[hSsFn]|[fBbW]\*?|BT|ET|T\*|EMC|BX|EX)" + _END,
    _TAG + _GAP + rb"(?:BMC|MP|" + _MARKED + _GAP + rb"(?:BDC|DP))" + _END,
    _NAME + _GAP + rb"(?:ri|gs|cs|CS|Do|sh|scn|SCN|" + _NUMBER + _GAP + rb"Tf)" + _END,
    _TEXT + _GAP + rb"(?:Tj|')" + _END,
    _ARRAY + _GAP + rb"(?:TJ|" + _NUMBER + _GAP + rb"d)" + _END,
    rb"(?:" + _NUMBER + _GAP + rb")++(?:" + _NAME + _GAP + rb")?+(?:scn|SCN)" + _END,
)) + rb")"  # fmt: skip
_KNOWN = re.compile(rb"(?:" + _GAP + _STEP + rb"){0,500}+" + _GAP, re.DOTALL)
_ONE = re.compile(_GAP + _STEP + _GAP, re.DOTALL)
_COMMENT = rb"%[^\r\n]*+"
_WORD = rb"[^\s\0()<>\[\]{}/%]++"
_OPERAND = rb"(?:" + _NUMBER + _END + rb"|" + _NAME + rb"|" + _TEXT + rb"|<<|>>|[\[\]{}])"
_TOKEN = re.compile(_COMMENT + rb"|" + _OPERAND + rb"|" + _WORD, re.DOTALL)
_OTHER = re.compile(
    rb"(?:[\s\0]++|" + _COMMENT + rb"|" + _OPERAND + rb")*+(?P<word>(?!BI" + _END + rb")" + _WORD + rb")?+", re.DOTALL
)
_OPERATORS = frozenset(
    b"q Q h S s f F f* B B* b b* n W W* BT ET T* EMC BX EX w J j M i g G Tc Tw Tz TL Tr Ts m l Td TD d0 rg RG re v y k "
    b"K c cm Tm d1 sc SC scn SCN BMC MP BDC DP ri gs cs CS Do sh Tf Tj TJ ' \" d".split()
)
_MOST_OPERANDS, MOST_ODD = 6, 100_000
"""The operands of an operator other than a colour, and how much of one drawing may be something else."""
_LISTED = rb"(?:[-+.\s\0\d]++|" + _NAME + rb"|true|false|null|<<|>>)*+"
_VALUE = rb"(?:" + _NUMBER + rb"|" + _NAME + rb"|true|false|\[" + _LISTED + rb"\]|<<" + _LISTED + rb">>)"
_KEPT_PAIR = (
    rb"/(?:BPC|BitsPerComponent|D|Decode|DP|DecodeParms|F|Filter|H|Height|IM|ImageMask|Intent|I|Interpolate|W|Width|CS"
    rb"|ColorSpace)" + _END + _GAP + _VALUE
    + rb"|/(?:CS|ColorSpace)" + _GAP + rb"\[" + _GAP + rb"/(?:I|Indexed)" + _GAP + _NAME + _GAP + _NUMBER + _GAP
    + _TEXT + _GAP + rb"\]"
)  # fmt: skip
_PAIR = re.compile(
    rb"(?P<kept>" + _KEPT_PAIR + rb")|" + _NAME + _GAP + rb"(?:" + _VALUE + rb"|" + _TEXT + rb")", re.DOTALL
)
_IMAGE = re.compile(
    rb"BI" + _END + rb"((?:[\s\0]++|" + _COMMENT + rb"|" + _OPERAND + rb"|true|false|null)*+)ID[\s\0]", re.DOTALL
)
_JPEG = re.compile(rb"/DCT(?:Decode)?" + _END)
_REACHED = re.compile(rb"/F(?:ilter)?" + _GAP + rb"\[?" + _GAP + rb"/DCT(?:Decode)?" + _END)
_IMAGE_END = re.compile(rb"(?:[\s\0]|(?<=>))EI" + _END)


class TooMuch(Exception):
    """What draws a document is more than is taken apart."""


def clean_drawing(data: bytes) -> tuple[bytes, bool]:
    """Return the instructions of a drawing, and whether something else stood among them.

    Raises `ValueError` for a text that does not end or is nested too deep, `TooMuch` where hardly anything is known.
    """
    kept: list[bytes] = []
    changed, place, odd = False, 0, 0
    while place < len(data):
        end = _end_of(_KNOWN, data, place)
        if end > place:
            kept.append(data[place:end])
        elif image := _IMAGE.match(data, place):
            end = _image_end(data, image.end())
            written = _plain_image(image[1], data[image.end() : end])
            end = _end_of(_IMAGE_END, data, end)
            changed = changed or written.split() != data[place:end].split()
            kept.append(written)
        else:
            end = _end_of(_OTHER, data, place)
            written = _plain_step(_TOKEN.findall(data, place, end))
            changed = changed or written.split() != data[place:end].split()
            if end == place and data[place : place + 1] == b"(":
                raise ValueError("a text without an end")
            end = max(end, place + 1)
            kept.append(written)
            odd += 1
        place = end
        if odd > MOST_ODD:
            raise TooMuch
    return b"\n".join(kept), changed


def _end_of(pattern: re.Pattern[bytes], data: bytes, place: int) -> int:
    found = pattern.match(data, place)
    return found.end() if found else place


def _plain_step(tokens: Sequence[bytes]) -> bytes:
    """Return the instruction at the end of what is written, without what stands before it and in it; or nothing."""
    tokens = [token for token in tokens if not token.startswith(b"%")]
    if tokens and tokens[-1] in (b"BMC", b"MP", b"BDC", b"DP"):
        return _plain_mark(tokens)
    if not tokens or tokens[-1] not in _OPERATORS:
        return b""
    for start in _starts(tokens):
        if _ONE.fullmatch(written := b" ".join(tokens[start:])):
            return written
    return b""


def _starts(tokens: Sequence[bytes]) -> Iterable[int]:
    """Return where the operands of an instruction may begin: readers take the last ones that are given."""
    last = len(tokens) - 1
    if tokens[-1] in (b"TJ", b"d"):
        return [last - tokens[::-1].index(b"[")] if b"[" in tokens else []
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
        tag, properties = operands[:-1][-1:], b"".join(operands[-1:]) + b" "
    return (tag[0] if tag and re.fullmatch(_TAG, tag[0]) else b"/Span") + b" " + properties + operator


def _image_end(data: bytes, place: int) -> int:
    """Return where the data of an inline picture end: an instruction follows, a further picture, or nothing."""
    for end in _IMAGE_END.finditer(data, place):
        following = _OTHER.match(data, end.end())
        if following is None or following["word"] in _OPERATORS:
            return end.start()
        rest = following.end()
        if not following["word"] and (rest == len(data) or _IMAGE.match(data, rest)):
            return end.start()
    raise ValueError("a picture without an end")


def _plain_image(head: bytes, picture: bytes) -> bytes:
    """Return an inline picture with what readers need; nothing where its JPEG cannot be reached."""
    words = b" ".join(token for token in _TOKEN.findall(head) if not token.startswith(b"%"))
    pairs = b" ".join(pair["kept"] for pair in _PAIR.finditer(words) if pair["kept"])
    if _JPEG.search(pairs):
        if not _REACHED.search(pairs) or not picture.startswith(b"\xff\xd8"):
            return b""
        picture = strip_jpeg(picture)
    return b"BI " + pairs + b" ID " + picture + b"\nEI"
