"""PDFs: the pages stay, and what was written about them, hidden in them or started by them goes."""

import io
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from app.storage.sanitising_child import Cleaned, NotCleaned
from app.storage.sanitising_colour import samples_length, strip_profile
from app.storage.sanitising_content import Patience, TooMuch, clean_drawing
from app.storage.sanitising_jpeg import strip_jpeg
from app.storage.sanitising_jpeg2000 import strip_boxes
from app.storage.sanitising_names import DRAWN, PACKED
from app.storage.sanitising_programs import clean_function, clean_table
from app.storage.sanitising_shapes import AUTHOR, DETAILS, DRAWINGS, TIME
from app.storage.sanitising_used import Names, drop_unused, names_in
from app.storage.sanitising_walk import Walk

_PICTURES = {
    "/DCTDecode": (strip_jpeg, Name.DCTDecode),
    "/DCT": (strip_jpeg, Name.DCTDecode),
    "/JPXDecode": (strip_boxes, Name.JPXDecode),
}
_READ = DRAWINGS | {"lookup", "profile", "function", "encoding"}
"""The roles whose streams are looked at."""
_OF_SAMPLES, _PROGRAM = 0, 4
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
    # Nor is anything unpacked that has not been looked at: a few kilobytes can stand for gigabytes.
    pdf.save(
        written,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        static_id=True,
    )
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
    parts = _Parts(walk.lookups)
    for stream, roles in walk.streams.values():
        removed.update(parts.clean(stream, roles))
    if drop_unused(pdf, walk, parts.names):
        removed.add(DETAILS)
    return removed | walk.removed


@dataclass
class _Allowance:
    """How many bytes of one document may still be unpacked."""

    left: int

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


class _Parts:
    """Cleans the streams of one document."""

    def __init__(self, lookups: Mapping[tuple[int, int], int]) -> None:
        self.names: dict[tuple[int, int], Names] = {}
        """What each drawing names: letters, pictures, figures, colours, states."""
        self._lookups = lookups
        self._drawn, self._packed = _Allowance(MOST_DRAWN), _Allowance(MOST_PACKED)
        self._patience = Patience()

    def clean(self, stream: Stream, roles: set[str]) -> Iterator[str]:
        """Clean what a stream holds in its roles, and yield the codes of what went."""
        filters = _filters(stream)
        if not PACKED.issuperset(filters[:-1]) or not (PACKED | DRAWN).issuperset(filters[-1:]):
            # No reader can draw that, and nobody can look into it.
            stream.write(b"")
            yield DETAILS
        elif filters and filters[-1] in _PICTURES:
            strip, filter_name = _PICTURES[filters[-1]]
            picture = _unpacked(stream, filters[:-1], self._packed)
            yield from _replace(stream, picture, strip(picture), filter_name)
        elif roles & _READ:
            data = self._drawn.read(stream)
            plain, changed = self._plain(stream, roles, data)
            if changed or not filters:
                stream.write(zlib.compress(plain), filter=Name.FlateDecode)
            if changed:
                yield DETAILS

    def _plain(self, stream: Stream, roles: set[str], data: bytes) -> tuple[bytes, bool]:
        plain, changed = clean_drawing(data, self._patience) if roles & DRAWINGS else (data, False)
        drawn = plain
        if roles & DRAWINGS:
            self.names[stream.objgen] = names_in(plain)
        if "lookup" in roles:
            plain = plain[: self._lookups.get(stream.objgen, 0)]
        if "profile" in roles:
            plain = strip_profile(plain)
        if "function" in roles:
            plain = _plain_function(stream, plain)
        if "encoding" in roles:
            plain = clean_table(plain)
        return plain, changed or plain != drawn


def _filters(stream: Stream) -> list[str]:
    filters = stream.get("/Filter")
    return [str(name) for name in filters] if isinstance(filters, Array) else [str(filters)] if filters else []


def _plain_function(stream: Stream, data: bytes) -> bytes:
    kind = stream.get("/FunctionType")
    if kind == _OF_SAMPLES:
        return data[: samples_length(stream)]
    return clean_function(data) if kind == _PROGRAM else b""


def _unpacked(stream: Stream, filters: list[str], allowance: _Allowance) -> bytes:
    raw = stream.read_raw_bytes()
    if not filters:
        return raw
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
