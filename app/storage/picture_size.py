"""How many pixels a picture claims, read from its first bytes by counting alone: no library opens anything here."""

LOOKED_AT = 1024 * 1024
_FRAMES = frozenset({*range(0xC0, 0xD0)}) - {0xC4, 0xC8, 0xCC}
_BITS_14 = 0x3FFF


def claimed_pixels(kind: str, head: bytes) -> int | None:
    """Return width times height as the first bytes of a picture claim it; None when they do not say."""
    read = {"png": _png, "jpeg": _jpeg, "webp": _webp}.get(kind)
    return read(head) if read else None


def _png(head: bytes) -> int | None:
    if len(head) < 24 or head[12:16] != b"IHDR":
        return None
    return int.from_bytes(head[16:20], "big") * int.from_bytes(head[20:24], "big")


def _jpeg(head: bytes) -> int | None:
    place = 2
    while place + 9 <= len(head) and head[place] == 0xFF:
        marker = head[place + 1]
        if marker in _FRAMES:
            height, width = head[place + 5 : place + 7], head[place + 7 : place + 9]
            return int.from_bytes(height, "big") * int.from_bytes(width, "big")
        # A marker may be padded by any number of 0xFF.
        place += 1 if marker == 0xFF else 2 + int.from_bytes(head[place + 2 : place + 4], "big")
    return None


def _webp(head: bytes) -> int | None:
    if len(head) < 30:
        return None
    if head[12:16] == b"VP8X":
        return (int.from_bytes(head[24:27], "little") + 1) * (int.from_bytes(head[27:30], "little") + 1)
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return ((bits & _BITS_14) + 1) * ((bits >> 14 & _BITS_14) + 1)
    if head[12:16] == b"VP8 ":
        width, height = int.from_bytes(head[26:28], "little"), int.from_bytes(head[28:30], "little")
        return (width & _BITS_14) * (height & _BITS_14)
    return None
