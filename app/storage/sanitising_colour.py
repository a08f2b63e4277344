"""Colour profiles and palettes: their colours stay, their words go."""

from collections.abc import Iterator, Mapping

from pikepdf import Array, Object, Stream

_HEADER, _TAG, _MOST_TAGS = 128, 12, 100
_KINDS = frozenset({b"scnr", b"mntr", b"prtr", b"spac"})
_SPACES: Mapping[bytes, int] = {b"GRAY": 1, b"RGB ": 3, b"Lab ": 3, b"XYZ ": 3, b"CMYK": 4} | {
    f"{count}CLR".encode(): count for count in range(2, 10)
}
_WHITE = bytes.fromhex("0000f6d6000100000000d32d")
"""The light that every profile is made for."""
_VALUES = frozenset(b"rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC wtpt bkpt chad A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 gamt".split())
_NO_NAME = b"desc" + bytes(7) + b"\1" + bytes(79)
_NO_OWNER = b"text" + bytes(5)
"""A name and a notice that say nothing: a profile without them is none."""
_SIZES: Mapping[bytes, int] = {b"XYZ ": 20, b"sf32": 44, b"para": 40}
_TABLES: Mapping[bytes, tuple[int, int]] = {b"mft1": (48, 1), b"mft2": (52, 2)}
_CURVES, _STAGES = b"curv", frozenset({b"mAB ", b"mBA "})
_COMPONENTS: Mapping[str, int] = {
    "/DeviceGray": 1, "/G": 1, "/CalGray": 1, "/Separation": 1, "/DeviceRGB": 3, "/RGB": 3, "/CalRGB": 3, "/Lab": 3,
    "/DeviceCMYK": 4, "/CMYK": 4,
}  # fmt: skip
_MOST_COLOURS, _MOST_COMPONENTS = 256, 32


def lookup_length(space: Array) -> int:
    """Return how many bytes the colours of a palette have, by its number of colours and of components."""
    base, last = space[1], _number(space[2])
    # A name may be that of a space in the resources: four is the most that programs make palettes for.
    components = _COMPONENTS.get(str(base), 4)
    if isinstance(base, Array) and len(base) > 1:
        components = _components(str(base[0]), base[1])
    colours = min(last, _MOST_COLOURS - 1) + 1
    return max(colours, 0) * min(max(components, 0), _MOST_COMPONENTS)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _components(kind: str, detail: object) -> int:
    if kind == "/ICCBased":
        return _number(detail.get("/N")) if isinstance(detail, Stream) else 0
    if kind == "/DeviceN":
        return len(detail) if isinstance(detail, Array) else 1
    return _COMPONENTS.get(kind, 0)


def samples_length(function: Object) -> int | None:
    """Return how many bytes of a function of samples are samples; `None` where it does not say."""
    try:
        count = len(function["/Range"]) // 2
        for size in function["/Size"]:
            count *= int(size)
        return (count * int(function["/BitsPerSample"]) + 7) // 8
    except (KeyError, TypeError, ValueError):
        return None


def strip_profile(data: bytes) -> bytes:
    """Return a colour profile with its colours alone; empty where it cannot be read."""
    count = int.from_bytes(data[_HEADER : _HEADER + 4], "big")
    end = _HEADER + 4 + count * _TAG
    if data[36:40] != b"acsp" or data[12:16] not in _KINDS or count > _MOST_TAGS or end > len(data):
        return b""
    if data[16:20] not in _SPACES or data[20:24] not in _SPACES:
        return b""
    return _written(data, dict(_values(data, end)))


def _values(data: bytes, end: int) -> Iterator[tuple[bytes, tuple[int, bytes]]]:
    """Yield the tags that say colours, each with the place and the bytes of its values."""
    for place in range(_HEADER + 4, end, _TAG):
        name = data[place : place + 4]
        offset, size = (int.from_bytes(data[place + at : place + at + 4], "big") for at in (4, 8))
        if name in _VALUES and offset >= end:
            value = data[offset : offset + size]
            if value := value[: _length(value)]:
                yield name, (offset, value[:4] + bytes(4) + value[8:])


def _length(value: bytes) -> int:
    """Return how long the values of a tag are by their own kind; nothing for a kind that says no colours."""
    kind = value[:4]
    if kind in _STAGES:
        return len(value)
    if kind == _CURVES:
        return 12 + 2 * int.from_bytes(value[8:12], "big")
    if kind not in _TABLES or len(value) < _TABLES[kind][0]:
        return _SIZES.get(kind, 0)
    head, width = _TABLES[kind]
    inputs, outputs, points = value[8:11]
    first, last = (int.from_bytes(value[at : at + 2], "big") if width > 1 else 256 for at in (48, 50))
    return head + width * (inputs * first + int(points ** min(inputs, 16)) * outputs + outputs * last)


def _written(data: bytes, values: dict[bytes, tuple[int, bytes]]) -> bytes:
    """Return a profile of these values; what was written once for several tags is so again, and nothing overlaps."""
    ends = 0
    for offset, value in sorted({offset: value for offset, value in values.values()}.items()):
        if offset < ends:
            return b""
        ends = offset + len(value)
    tags: dict[bytes, tuple[int, bytes]] = {b"desc": (-2, _NO_NAME), b"cprt": (-1, _NO_OWNER), **values}
    body, places = bytearray(), dict[int, int]()
    head = bytearray(len(tags).to_bytes(4, "big"))
    start = _HEADER + 4 + len(tags) * _TAG
    for name, (offset, value) in tags.items():
        if offset not in places:
            places[offset] = start + len(body)
            body += value + bytes(-len(value) % 4)
        head += name + places[offset].to_bytes(4, "big") + len(value).to_bytes(4, "big")
    size = (start + len(body)).to_bytes(4, "big")
    plain = size + bytes(4) + data[8:12] + data[12:24] + bytes(12) + b"acsp" + bytes(24) + data[64:68] + _WHITE
    return plain.ljust(_HEADER, b"\0") + bytes(head + body)
