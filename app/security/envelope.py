"""The bytes of an envelope: header, context, padding. Neither half of a key."""

from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from app.domain.errors import Refused, Unreadable
from app.security.context import ctx

MAGIC = b"HD\x01\x01"
HEADER_LENGTH = 12
ENC_LENGTH = 1120
TAG_LENGTH = 16
SHORTEST_ENVELOPE = HEADER_LENGTH + ENC_LENGTH + TAG_LENGTH
EXACT_LENGTH = 32
SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)

_LENGTH_FIELD = 4
_LONG = (1024, 4096, 16384, 65536)

# None: the content is exactly 32 bytes and is not padded.
BUCKETS: dict[str, tuple[int, ...] | None] = {
    "report": (4096, 16384, 65536, 131072),
    "message": (1024, 4096, 16384),
    "note": _LONG,
    "card": (1024,),
    "manifest": (1024,),
    "record": _LONG,
    "draft": _LONG,
    "mailbox": (1024, 4096, 16384),
    "hello": (256,),
    "facet": (512,),
    "closing": (512,),
    "score": (512,),
    "equality": (512,),
    "grant": None,
    "record_grant": None,
    "escrow": None,
}


def envelope_header(recipient_kid: bytes) -> bytes:
    """Return "HD" ‖ version ‖ suite ‖ kid."""
    return MAGIC + recipient_kid


def envelope_info(header: bytes, purpose: str, ids: tuple[bytes, ...]) -> bytes:
    """Return what HPKE binds: the header and the context of purpose and ids."""
    return header + ctx(purpose.encode("ascii"), *ids)


def longest_content(purpose: str) -> int:
    """Return how many bytes of content a purpose takes at most."""
    buckets = BUCKETS[purpose]
    return EXACT_LENGTH if buckets is None else buckets[-1] - _LENGTH_FIELD


def pad(purpose: str, content: bytes) -> bytes:
    """Return `content` in the smallest bucket of its purpose; raise `Refused` when it is too long."""
    buckets = BUCKETS[purpose]
    if buckets is None:
        if len(content) != EXACT_LENGTH:
            raise Refused("A key is 32 bytes.")
        return bytes(content)
    needed = _LENGTH_FIELD + len(content)
    for bucket in buckets:
        if needed <= bucket:
            return len(content).to_bytes(_LENGTH_FIELD, "big") + content + bytes(bucket - needed)
    raise Refused("This is too long. Make it shorter.")


def unpad(purpose: str, padded: bytes) -> bytes:
    """Return the content of a bucket; raise `Unreadable` for another size, a wrong length or non-zero fill."""
    buckets = BUCKETS.get(purpose, ())
    if buckets is None:
        if len(padded) != EXACT_LENGTH:
            raise Unreadable
        return padded
    if len(padded) not in buckets:
        raise Unreadable
    end = _LENGTH_FIELD + int.from_bytes(padded[:_LENGTH_FIELD], "big")
    if end > len(padded) or padded.count(0, end) != len(padded) - end:
        raise Unreadable
    return padded[_LENGTH_FIELD:end]
