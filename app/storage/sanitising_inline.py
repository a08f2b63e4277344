"""Pictures that stand in a drawing itself: what readers need to draw them stays, and they end where their data end."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pikepdf import Object

from app.storage.sanitising_jpeg import strip_jpeg
from app.storage.sanitising_shapes import SHAPES
from app.storage.sanitising_tokens import COMMENT, END, GAP, NAME, NUMBER, OPERAND, OPERATORS, TEXT, TOKEN, UP_TO_WORD


class Part(NamedTuple):
    """What is left of one part of a drawing, where it ends in the data, and whether something of it went."""

    written: bytes
    end: int
    changed: bool
    odd: int
    """How much of it had to be taken apart word by word."""


_AT_ONCE = 32


def odd_in(length: int) -> int:
    """Return how much it is to take so many bytes apart word by word."""
    return 1 + length // _AT_ONCE


_HEAD = re.compile(rb"BI" + END + rb"((?:[\s\0]++|" + COMMENT + rb"|" + OPERAND + rb")*+)ID(?=[\s\0])", re.DOTALL)
_FULL_NAMES: Mapping[bytes, bytes] = {
    b"/BPC": b"/BitsPerComponent", b"/CS": b"/ColorSpace", b"/D": b"/Decode", b"/DP": b"/DecodeParms",
    b"/F": b"/Filter", b"/H": b"/Height", b"/IM": b"/ImageMask", b"/I": b"/Interpolate", b"/W": b"/Width",
    b"/L": b"/Length",
}  # fmt: skip
_JPEG = rb"/DCT(?:Decode)?+"
_FILTER = rb"/(?:(?:ASCIIHex|ASCII85|LZW|Flate|RunLength|CCITTFax|DCT)Decode|AHx|A85|LZW|Fl|RL|CCF|DCT)"
_PARAMETER = (
    rb"/(?:" + b"|".join(sorted(key[1:].encode() for key, role in SHAPES["parameters"].items() if not role)) + rb") "
    rb"(?:" + NUMBER + rb"|true|false)" + END
)  # fmt: skip
_PARAMETERS = rb"<<(?: " + _PARAMETER + rb")*+ >>"
_NUMBERS = rb"\[(?: " + NUMBER + rb")*+ \]"
_BASE = (
    rb"(?:" + NAME + rb"|\[ /(?:G|RGB|CMYK|DeviceGray|DeviceRGB|DeviceCMYK|Pattern) \]|\[ /(?:CalGray|CalRGB|Lab) <<"
    rb"(?: /(?:WhitePoint|BlackPoint|Gamma|Matrix|Range) (?:" + NUMBER + rb"|" + _NUMBERS + rb"))*+ >> \])"
)  # fmt: skip
_TABLE = rb"\[ /(?:I|Indexed) " + _BASE + rb" \d{1,3} " + TEXT + rb" \]"
_VALUES: Mapping[bytes, re.Pattern[bytes]] = {
    key: re.compile(pattern, re.DOTALL)
    for keys, pattern in (
        (b"/BitsPerComponent /Height /Width", NUMBER),
        (b"/Length", rb"\d{1,9}"),
        (b"/ImageMask /Interpolate", rb"true|false"),
        (b"/Intent", rb"/(?:AbsoluteColorimetric|RelativeColorimetric|Saturation|Perceptual)"),
        (b"/Decode", _NUMBERS),
        (b"/Filter", _FILTER + rb"|\[(?: " + _FILTER + rb")*+ \]"),
        (b"/DecodeParms", _PARAMETERS + rb"|\[(?: (?:" + _PARAMETERS + rb"|null))*+ \]"),
        (b"/ColorSpace", _BASE + rb"|" + _TABLE),
    )
    for key in keys.split()
}
"""What each key may hold, with one space between any two words."""
_KEPT_PARAMETERS = re.compile(_PARAMETER + rb"|<<|>>|[\[\]]|null" + END)
_ONLY_JPEG = re.compile(_JPEG + rb"|\[ " + _JPEG + rb" \]")
_COMPONENTS: Mapping[bytes, int] = {
    b"G": 1, b"DeviceGray": 1, b"CalGray": 1, b"I": 1, b"Indexed": 1, b"RGB": 3, b"DeviceRGB": 3, b"CalRGB": 3,
    b"Lab": 3, b"CMYK": 4, b"DeviceCMYK": 4,
}  # fmt: skip
_MOST_COMPONENTS = 32
_NOTHING = (b"", b"")
_WHITE = b" \t\r\n\f\v\0"
_FAMILY = re.compile(rb"(?:\[ )?+/(\w++)")
_END_AT_ONCE = re.compile(rb"[\s\0]{0,8}+EI" + END)
_IMAGE_END = re.compile(rb"(?:[\s\0]|(?<=>))EI" + END)
_NEXT_IMAGE = re.compile(rb"BI" + END + GAP + rb"(?:/|ID)")
_WRITTEN_TEXT = re.compile(rb"[(<][\s\x20-\x7e]*+")
_AHEAD, _MOST_ENDS = 512, 100
"""How far is looked to tell an end from data that look like one, and how many ends are tried."""


def plain_image(data: bytes, place: int) -> Part | None:
    """Return the picture that begins at a place of a drawing; None where none begins.

    Nothing is left of it where it cannot be cleaned, and nothing of what follows where nobody can tell its end.
    """
    if not (head := _HEAD.match(data, place)):
        return None
    tokens = TOKEN.findall(head[1])
    pairs = dict(_plain_pairs([token for token in tokens if not token.startswith(b"%")]))
    start, end, after, wrong = _place_of_data(data, head.end() + 1, pairs)
    odd = odd_in(start - place) + 1 + wrong
    picture = _plain_data(pairs, data[start:end])
    if after == 0 or picture is None:
        return Part(b"", after or len(data), True, odd)
    # A length helps readers only where it is true.
    words = b" ".join(key + b" " + value for name, (key, value) in pairs.items() if _is_true(name, value, picture))
    changed = words != b" ".join(tokens) or len(picture) != end - start or data[end:after].strip(_WHITE) != b"EI"
    return Part(b"BI " + words + b" ID" + data[head.end() : start] + picture + b"\nEI", after, changed, odd)


def _is_true(name: bytes, value: bytes, picture: bytes) -> bool:
    return name != b"/Length" or int(value) == len(picture)


def _plain_pairs(tokens: Sequence[bytes]) -> Iterator[tuple[bytes, tuple[bytes, bytes]]]:
    """Yield the full name of each key that is needed with the key and the value as they are written."""
    place = 0
    while place < len(tokens):
        key, start = tokens[place], place + 1
        place = _end_of_value(tokens, start) if key.startswith(b"/") else start
        name = _FULL_NAMES.get(key, key)
        if name not in _VALUES or tokens[start:place] == [b"null"]:
            continue
        value = b" ".join(tokens[start:place])
        if name == b"/DecodeParms":
            words = b" ".join(token for token in tokens[start:place] if token == b"<<" or token[:1] not in b"(<")
            value = b" ".join(_KEPT_PARAMETERS.findall(words))
        if _VALUES[name].fullmatch(value):
            is_table = tokens[start + 1 : start + 2] in ([b"/I"], [b"/Indexed"])
            yield name, (key, b" ".join(_plain_table(tokens[start:place])) if is_table else value)
        elif name == b"/Filter":
            yield name, (key, b"")


def _plain_table(tokens: Sequence[bytes]) -> Sequence[bytes]:
    """Return a table of colours without what stands behind its last one."""
    *before, highest, table, bracket = tokens
    base = _FAMILY.match(b" ".join(before[2:]))
    most = (int(highest) + 1) * (_COMPONENTS.get(base[1], _MOST_COMPONENTS) if base else _MOST_COMPONENTS)
    colours = bytes(Object.parse(table))
    return tokens if len(colours) <= most else [*before, highest, b"<" + colours[:most].hex().encode() + b">", bracket]


def _end_of_value(tokens: Sequence[bytes], place: int) -> int:
    depth = 0
    while place < len(tokens):
        depth += (tokens[place] in (b"[", b"<<")) - (tokens[place] in (b"]", b">>"))
        place += 1
        if depth <= 0:
            break
    return place


def _length(pairs: Mapping[bytes, tuple[bytes, bytes]]) -> int | None:
    """Return how many bytes a picture has that is not packed, if its head says so."""
    is_mask = pairs.get(b"/ImageMask", _NOTHING)[1] == b"true"
    width, height, bits = (pairs.get(key, _NOTHING)[1] for key in (b"/Width", b"/Height", b"/BitsPerComponent"))
    bits = b"1" if is_mask else bits
    family = _FAMILY.match(pairs.get(b"/ColorSpace", _NOTHING)[1])
    parts = 1 if is_mask else _COMPONENTS.get(family[1], 0) if family else 0
    if not parts or not all(number.isdigit() and len(number) < 7 for number in (width, height, bits)):
        return None
    return int(height) * ((int(width) * int(bits) * parts + 7) // 8)


def _place_of_data(data: bytes, start: int, pairs: Mapping[bytes, tuple[bytes, bytes]]) -> tuple[int, int, int, int]:
    """Return where the data of a picture begin and end, where the drawing goes on, and how many ends were wrong.

    The drawing goes on at 0 where the data have no end.
    """
    length = None if b"/Filter" in pairs else _length(pairs)
    said = length
    if length is None and b"/Filter" not in pairs and b"/Length" in pairs:
        # Its colours are described elsewhere.
        said = int(pairs[b"/Length"][1])
    if said is not None:
        # After the word that says that the data begin, some programs write two signs for the end of the line.
        for begin in (start, start + 1) if data.startswith(b"\r\n", start - 1) else (start,):
            if found := _END_AT_ONCE.match(data, begin + said):
                return begin, begin + said, found.end(), 0
    end, after, odd = _likely_end(data, start)
    if length is None or start + length > (end or len(data)):
        return start, end, after, odd
    return start, start + length, after or len(data), odd


def _likely_end(data: bytes, start: int) -> tuple[int, int, int]:
    """Return the first end that an instruction follows, a further picture, or nothing; else the first of all."""
    first, odd = (0, 0), 0
    for found in _IMAGE_END.finditer(data, start):
        if _goes_on(data, found.end()):
            return found.start(), found.end(), odd
        first, odd = first if odd else found.span(), odd + 1
        if odd == _MOST_ENDS:
            break
    return *first, odd


def _goes_on(data: bytes, place: int) -> bool:
    limit = min(len(data), place + _AHEAD)
    following = UP_TO_WORD.match(data, place, limit)
    rest = following.end() if following else place
    if rest == limit or (following and following["word"] in OPERATORS):
        return True
    if following and following["word"]:
        return False
    text = _WRITTEN_TEXT.match(data, rest, limit)
    return bool(_NEXT_IMAGE.match(data, rest, limit) or (text and text.end() == limit))


def _plain_data(pairs: Mapping[bytes, tuple[bytes, bytes]], picture: bytes) -> bytes | None:
    """Return the data of a picture, without words if it is a JPEG; None where words in it cannot be reached."""
    packed = pairs.get(b"/Filter", (b"", b"[ ]"))[1]
    if _ONLY_JPEG.fullmatch(packed):
        return strip_jpeg(picture) if picture.startswith(b"\xff\xd8") else None
    return picture if packed and b"/DCT" not in packed else None
