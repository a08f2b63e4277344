"""What draws a page of a PDF: every stroke and letter stays, and what only rides along with them goes."""

import re
from collections.abc import Iterable, Iterator

import pikepdf
from pikepdf import Array, ContentStreamInlineImage, Dictionary, Object, Operator, Pdf, Stream, String

from app.storage.sanitising_jpeg import strip_jpeg

_RIDES_ALONG = re.compile(rb"(?:^|\s)BI\s|%|<<(?!\s*/MCID\s+\d+\s*>>)")
"""An inline picture, a comment, or a property list of more than its number. Most pages have none and are not parsed."""
_MARKS = frozenset({Operator("BDC"), Operator("DP")})
_JPEG = frozenset({"/DCTDecode", "/DCT"})
_PROPERTIES = frozenset({"/MCID", "/Type", "/Subtype", "/Attached", "/BBox"})
"""What readers of the screen and of page heads need; none of it is a text."""
_DETAILS = "details"
_HEADER, _TAG = 128, 12
_SIGNED = ((24, 36), (40, 44), (48, 64), (80, 128))
"""In the header of a colour profile: its time, its platform, its device, its maker and its mark."""
_COLOURS = frozenset(b"rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC wtpt bkpt chad A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 gamt".split())


def clean_contents(pdf: Pdf) -> Iterator[str]:
    """Clean what draws the pages, their forms, patterns and letters; yield the codes of what went."""
    for page in pdf.pages:
        if isinstance(page.obj.get("/Contents"), Array):
            page.contents_coalesce()
    for drawing in _drawings(pdf):
        yield from _clean_drawing(drawing)


def _drawings(pdf: Pdf) -> Iterator[Stream]:
    for page in pdf.pages:
        yield from _streams([page.obj.get("/Contents")])
    for part in list(pdf.objects):
        if isinstance(part, Stream) and (str(part.get("/Subtype", "")) == "/Form" or "/PatternType" in part):
            yield part
        elif isinstance(part, Dictionary) and isinstance(letters := part.get("/CharProcs"), Dictionary):
            yield from _streams(value for _, value in letters.items())


def _streams(parts: Iterable[object]) -> Iterator[Stream]:
    yield from (part for part in parts if isinstance(part, Stream))


def _clean_drawing(drawing: Stream) -> Iterator[str]:
    data = drawing.read_bytes()
    if not _RIDES_ALONG.search(data):
        return
    kept: list[bytes] = []
    removed: list[str] = []
    for step in pikepdf.parse_content_stream(drawing):
        written = None
        if isinstance(step, ContentStreamInlineImage):
            written = _clean_inline(step)
            removed += [_DETAILS] if written is not None else []
        elif step.operator in _MARKS and isinstance(step.operands[-1], Dictionary):
            removed += clean_properties(step.operands[-1])
        kept.append(pikepdf.unparse_content_stream([step]) if written is None else written)
    plain = b"\n".join(kept)
    if plain.count(b"%") < data.count(b"%"):
        # Comments are not read, and so they are not in what is written.
        removed.append(_DETAILS)
    if removed:
        drawing.write(plain)
    yield from removed


def clean_properties(properties: Object) -> Iterator[str]:
    """Leave of a property list the number that joins it to the structure of the document, and what kind it is."""
    for key, value in list(properties.items()):
        if key not in _PROPERTIES or _holds_text(value):
            del properties[key]
            yield _DETAILS


def _holds_text(value: object) -> bool:
    if isinstance(value, Array):
        return any(map(_holds_text, value))
    return isinstance(value, String | Dictionary | Stream)


def _clean_inline(step: ContentStreamInlineImage) -> bytes | None:
    """Return the step with a plain JPEG, without it where the JPEG cannot be reached; None for other pictures."""
    filters = step.iimage.filters
    if _JPEG.isdisjoint(filters):
        return None
    written = step.iimage.unparse()
    start = written.find(b"\xff\xd8")
    if len(filters) > 1 or start < 0:
        return b""
    return written[:start] + strip_jpeg(written[start:]) + b"\nEI"


def strip_profile(data: bytes) -> bytes:
    """Return a colour profile with its colours alone; empty where it cannot be read."""
    if len(data) < _HEADER + 4:
        return b""
    count = int.from_bytes(data[_HEADER : _HEADER + 4], "big")
    end = _HEADER + 4 + count * _TAG
    if end > len(data):
        return b""
    plain = bytearray(len(data))
    plain[:end] = data[:end]
    for start, stop in _SIGNED:
        plain[start:stop] = bytes(stop - start)
    for place in range(_HEADER + 4, end, _TAG):
        offset, size = (int.from_bytes(data[place + at : place + at + 4], "big") for at in (4, 8))
        # Of the others only the type stays: a text of no length.
        size = size if data[place : place + 4] in _COLOURS else min(size, 8)
        plain[offset : offset + size] = data[offset : offset + size]
    return bytes(plain[: len(data)])


def clean_profile(stream: Stream) -> Iterator[str]:
    """Take the words out of a stream that is a colour profile."""
    if str(stream.get("/Type", "")) in ("/ObjStm", "/XRef") or "/N" not in stream:
        return
    data = stream.read_bytes()
    if data[36:40] != b"acsp":
        return
    plain = strip_profile(data)
    if plain != data:
        stream.write(plain)
        yield _DETAILS
