"""JPEG as segments: what is written beside the picture goes, every bit of the picture stays."""

import re
from collections.abc import Iterator

_APP0, _APP14 = 0xE0, 0xEE
_SCAN, _END = 0xDA, 0xD9
_KEPT = frozenset({*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDC, 0xDD}) - {0xC8}
"""Frames, tables of both codings, scans, tables of quantities, the number of lines and the restarts."""
_AFTER_SCAN = re.compile(rb"\xff(?![\x00\xd0-\xd7\xff]|\Z)")
"""A mark that is no data of a scan and does not begin its data anew."""
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
MOST_SCANS, _MOST_MARKS = 200, 20_000
"""A picture that comes in steps has about ten of them; each goes over the whole picture, however few its bytes."""


def strip_jpeg(data: bytes) -> bytes:
    """Return the picture without what was written beside it. Raises `ValueError` when it is no JPEG.

    Kept are the tables, the frames, the scans, and the two marks that tell how to read the colours (JFIF, Adobe).
    What follows the end of the picture goes too.
    """
    if data[:2] != b"\xff\xd8":
        raise ValueError("no JPEG")
    return b"\xff\xd8" + b"".join(_kept(data)) + b"\xff\xd9"


def has_many_scans(data: bytes) -> bool:
    """Return whether a JPEG would be drawn over and over; read as decoders do, which skip what they do not know."""
    scans = 0
    for number, marker in enumerate(_markers(data)):
        scans += marker == _SCAN
        if scans > MOST_SCANS or number > _MOST_MARKS:
            return True
    return False


def _markers(data: bytes) -> Iterator[int]:
    place = 2
    while found := _AFTER_SCAN.search(data, place):
        marker, place = data[found.end()], found.end() + 1
        if marker == _END:
            return
        yield marker
        if marker not in _ALONE:
            place += int.from_bytes(data[place : place + 2], "big")


def _kept(data: bytes) -> Iterator[bytes]:
    place = 2
    while place < len(data):
        marker, place = _marker(data, place)
        if marker == _END:
            return
        if marker in _ALONE:
            yield bytes((0xFF, marker))
            continue
        length = int.from_bytes(data[place : place + 2], "big")
        if length < 2 or place + length > len(data):
            raise ValueError("no JPEG")
        segment = data[place : place + length]
        place += length
        if _is_picture(marker, segment):
            yield bytes((0xFF, marker)) + _plain(marker, segment)
        if marker == _SCAN:
            end = _end_of_scan(data, place)
            yield data[place:end]
            place = end


def _marker(data: bytes, place: int) -> tuple[int, int]:
    if data[place] != 0xFF:
        raise ValueError("no JPEG")
    while place < len(data) and data[place] == 0xFF:
        place += 1
    if place >= len(data):
        raise ValueError("no JPEG")
    return data[place], place + 1


def _is_picture(marker: int, segment: bytes) -> bool:
    if marker == _APP0:
        return segment[2:7] == b"JFIF\x00"
    if marker == _APP14:
        return segment[2:7] == b"Adobe"
    return marker in _KEPT


def _plain(marker: int, segment: bytes) -> bytes:
    if marker == _APP0:
        # JFIF may carry a small picture of its own: without it the segment has 16 bytes.
        return (16).to_bytes(2, "big") + segment[2:14].ljust(12, b"\x00") + b"\x00\x00"
    if marker == _APP14:
        return (14).to_bytes(2, "big") + segment[2:14].ljust(12, b"\x00")
    return segment


def _end_of_scan(data: bytes, place: int) -> int:
    found = _AFTER_SCAN.search(data, place)
    return found.start() if found else len(data)
