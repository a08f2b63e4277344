"""PDFs: the pages stay, and what was written about them, hidden in them or started by them goes."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from app.storage.sanitising_child import Cleaned, NotCleaned
from app.storage.sanitising_colour import strip_profile
from app.storage.sanitising_content import Patience, TooMuch, clean_drawing
from app.storage.sanitising_jpeg import strip_jpeg
from app.storage.sanitising_jpeg2000 import strip_boxes
from app.storage.sanitising_shapes import AUTHOR, DETAILS, DRAWINGS, TIME
from app.storage.sanitising_walk import Walk

_PACKED = frozenset({"/FlateDecode", "/Fl", "/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx", "/LZWDecode", "/LZW",
                     "/RunLengthDecode", "/RL"})  # fmt: skip
_PICTURES = {
    "/DCTDecode": (strip_jpeg, Name.DCTDecode),
    "/DCT": (strip_jpeg, Name.DCTDecode),
    "/JPXDecode": (strip_boxes, Name.JPXDecode),
}
_PROGRAM = re.compile(rb"(\((?:[^()\\]++|\\.)*+\)?+|<[\s\0\da-fA-F]*+>)|%[^\r\n]*+", re.DOTALL)
"""A text, which stays, or a comment."""
_WITH_WORDS = frozenset({"colour", "encoding"})
MOST_OBJECTS = 20_000
"""Documents of people have a few thousand; many tiny ones only cost time."""
MOST_DRAWN, MOST_PACKED = 16 * 1024 * 1024, 64 * 1024 * 1024
"""Bytes that draw the pages of one document, and of JPEGs that are packed a second time, both unpacked.

Of 180 documents the largest, a magazine with all its letters as curves, has 6 million; a usual one less than one.
"""
_LEAST = 256


def clean_document(source: io.BytesIO) -> Cleaned:
    """Return the pages of a PDF with nothing beside them. Raises `NotCleaned`."""
    try:
        pdf = Pdf.open(source)
    except pikepdf.PasswordError:
        raise NotCleaned("locked") from None
    if pdf.is_encrypted:
        raise NotCleaned("locked")
    if max(len(pdf.objects), len(pdf.pages)) > MOST_OBJECTS:
        raise NotCleaned("heavy")
    if len(pdf.pages) == 0:
        raise NotCleaned("damaged")
    try:
        removed = _clean(pdf)
    except (TooMuch, MemoryError):
        raise NotCleaned("heavy") from None
    written = io.BytesIO()
    # Only what the root leads to is written, and nothing is copied as it stood: earlier versions are gone.
    pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)
    return Cleaned(written.getbuffer(), frozenset(removed))


def samples() -> Iterator[bytes]:
    """Yield one small document with something beside it."""
    written = io.BytesIO()
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = "x"
        pdf.save(written)
    yield written.getvalue()


def _clean(pdf: Pdf) -> set[str]:
    removed = set(_clean_trailer(pdf))
    _join_contents(pdf)
    walk = Walk(pdf)
    walk.run()
    drawn, packed = _Allowance(MOST_DRAWN), _Allowance(MOST_PACKED)
    for stream, roles in walk.streams.values():
        removed.update(_clean_stream(stream, roles, drawn, packed))
    return removed | walk.removed


@dataclass
class _Allowance:
    """How many bytes of one document may still be unpacked."""

    left: int
    patience: Patience = field(default_factory=Patience)

    def read(self, stream: Object) -> bytes:
        """Return what a stream holds. Raises `TooMuch`."""
        data = stream.read_bytes() if isinstance(stream, Stream) else b""
        # Nothing is cheap a million times.
        self.left -= len(data) + _LEAST
        if self.left < 0:
            raise TooMuch
        return data


def _join_contents(pdf: Pdf) -> None:
    """Make the drawing of each page one stream: an instruction may begin in one part and end in the next."""
    allowance = _Allowance(MOST_DRAWN)
    for page in pdf.pages:
        if isinstance(contents := page.obj.get("/Contents"), Array):
            for part in contents:
                allowance.read(part)
            page.contents_coalesce()


def _clean_trailer(pdf: Pdf) -> Iterator[str]:
    info = pdf.trailer.get("/Info")
    if isinstance(info, Dictionary):
        yield from (code for key, code in (("/Author", AUTHOR), ("/CreationDate", TIME)) if key in info)
        yield DETAILS
    for key in set(pdf.trailer.keys()) - {"/Root", "/Size"}:
        del pdf.trailer[key]


def _clean_stream(stream: Stream, roles: set[str], drawn: _Allowance, packed: _Allowance) -> Iterator[str]:
    filters = stream.get("/Filter")
    names = [str(name) for name in filters] if isinstance(filters, Array) else [str(filters)]
    if names and names[-1] in _PICTURES:
        strip, filter_name = _PICTURES[names[-1]]
        picture = _unpacked(stream, names[:-1], packed)
        yield from _replace(stream, picture, strip(picture), filter_name)
    elif roles & DRAWINGS:
        plain, changed = clean_drawing(drawn.read(stream), drawn.patience)
        if changed:
            stream.write(plain)
            yield DETAILS
    elif roles & _WITH_WORDS:
        data = drawn.read(stream)
        plain = strip_profile(data) if data[36:40] == b"acsp" else _without_comments(stream, data)
        if plain != data:
            stream.write(plain)
            yield DETAILS


def _unpacked(stream: Stream, filters: list[str], allowance: _Allowance) -> bytes:
    raw = stream.read_raw_bytes()
    if not filters:
        return raw
    if not _PACKED.issuperset(filters):
        raise NotCleaned("damaged")
    # The data of the picture as a stream of its own, without the filter that draws it.
    with Pdf.new() as alone:
        packed = alone.make_stream(raw)
        packed["/Filter"] = Array([Name(name) for name in filters])
        return allowance.read(packed)


def _replace(stream: Stream, old: bytes, new: bytes, filter_name: Name) -> Iterator[str]:
    parameters = stream.get("/DecodeParms")
    last = parameters[-1] if isinstance(parameters, Array) and len(parameters) else parameters
    stream.write(new, filter=filter_name, decode_parms=last if isinstance(last, Dictionary) else None)
    if len(new) < len(old):
        yield DETAILS


def _without_comments(stream: Stream, data: bytes) -> bytes:
    """Return the program of a function or of an encoding without its comments; samples as they are."""
    is_program = stream.get("/FunctionType") == 4 or ("/FunctionType" not in stream and "/N" not in stream)
    return _PROGRAM.sub(lambda found: found[1] or b"", data) if is_program else data
