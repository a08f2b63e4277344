"""Colour profiles: their colours stay, their words go."""

_HEADER, _TAG = 128, 12
_SIGNED = ((24, 36), (40, 44), (48, 64), (80, 128))
"""In the header of a colour profile: its time, its platform, its device, its maker and its mark."""
_COLOURS = frozenset(b"rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC wtpt bkpt chad A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 gamt".split())


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
