"""Injective labels: every key, seal and signature of Heard names what it is for."""

_LABEL = b"heard/1"


def ctx(*parts: bytes) -> bytes:
    """Return uint16 length ‖ bytes for "heard/1" and each part. Names are ASCII, ids raw bytes."""
    return b"".join(len(part).to_bytes(2, "big") + part for part in (_LABEL, *parts))
