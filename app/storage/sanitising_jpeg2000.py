"""JPEG 2000 as boxes and segments: what is needed to decode the picture stays, and every other word goes."""

from collections.abc import Iterator

from app.storage.sanitising_colour import strip_profile

_BOXES = frozenset({b"jP  ", b"ftyp", b"rreq", b"ihdr", b"bpcc", b"pclr", b"cmap", b"cdef", b"opct"})
_BOXES_OF_BOXES = frozenset({b"jp2h", b"jpch", b"jplh", b"cgrp"})
_COLOUR, _PICTURE = b"colr", b"jp2c"
_WITH_PROFILE, _COLOUR_HEAD = frozenset({2, 3}), 3
_SEGMENTS = frozenset({0x50, 0x51, 0x52, 0x53, 0x59, 0x5C, 0x5D, 0x5E, 0x5F, 0x60, 0x61, 0x63})
"""Sizes, codings, quantities, regions, orders and packed heads. Lengths of tiles are only for skipping, and go."""
_START, _TILE, _DATA, _END = b"\xff\x4f", 0x90, 0x93, 0xD9


def strip_boxes(data: bytes) -> bytes:
    """Return a JPEG 2000 picture, in its boxes or bare, without words. Raises `ValueError` when it is none."""
    if data[4:8] != b"jP  ":
        return _strip_codes(data)
    return b"".join(_kept_boxes(data))


def _kept_boxes(data: bytes) -> Iterator[bytes]:
    place = 0
    while place + 8 <= len(data):
        length, kind, head = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8], 8
        if length == 1:
            length, head = int.from_bytes(data[place + 8 : place + 16], "big"), 16
        if length == 0:
            length = len(data) - place
        if length < head:
            raise ValueError("a box shorter than its head")
        content = _kept_content(kind, data[place + head : place + length])
        if content is not None:
            yield (8 + len(content)).to_bytes(4, "big") + kind + content
        place += length


def _kept_content(kind: bytes, content: bytes) -> bytes | None:
    if kind in _BOXES:
        return content
    if kind in _BOXES_OF_BOXES:
        return b"".join(_kept_boxes(content))
    if kind == _PICTURE:
        return _strip_codes(content)
    if kind != _COLOUR:
        return None
    if content[:1] and content[0] in _WITH_PROFILE:
        return content[:_COLOUR_HEAD] + strip_profile(content[_COLOUR_HEAD:])
    # A colour space by its number; some programs write the range of Lab behind it.
    return content[:35]


def _strip_codes(data: bytes) -> bytes:
    if data[:2] != _START:
        raise ValueError("no JPEG 2000")
    head, place = _kept_segments(data, 2)
    return _START + head + b"".join(_kept_tiles(data, place)) + bytes((0xFF, _END))


def _kept_tiles(data: bytes, place: int) -> Iterator[bytes]:
    while data[place : place + 2] == bytes((0xFF, _TILE)):
        length = int.from_bytes(data[place + 6 : place + 10], "big")
        end = place + length if length else len(data)
        head, start = _kept_segments(data, place + 12)
        if data[start : start + 2] != bytes((0xFF, _DATA)) or end < start + 2:
            raise ValueError("no JPEG 2000")
        codes = data[start:end]
        if not length and codes.endswith(bytes((0xFF, _END))):
            codes = codes[:-2]
        size = 12 + len(head) + len(codes) if length else 0
        yield data[place : place + 6] + size.to_bytes(4, "big") + data[place + 10 : place + 12] + head + codes
        place = end


def _kept_segments(data: bytes, place: int) -> tuple[bytes, int]:
    """Return the segments that are needed, and where the first tile or its data begins."""
    kept = []
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            raise ValueError("no JPEG 2000")
        marker = data[place + 1]
        if marker in (_TILE, _DATA, _END):
            break
        length = int.from_bytes(data[place + 2 : place + 4], "big")
        if length < 2 or place + 2 + length > len(data):
            raise ValueError("no JPEG 2000")
        if marker in _SEGMENTS:
            kept.append(data[place : place + 2 + length])
        place += 2 + length
    return b"".join(kept), place
