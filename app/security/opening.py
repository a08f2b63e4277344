"""The private-key half: the only module that opens envelopes."""

from types import TracebackType
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

from app.domain.errors import Unreadable
from app.security.envelope import HEADER_LENGTH, MAGIC, SHORTEST_ENVELOPE, SUITE, envelope_info, unpad
from app.security.keys import kid, private_parts, public_bytes


class Opener:
    """Opens many envelopes of one key and parses the key once; short life, never stored or logged."""

    __slots__ = ("_key", "kid")

    def __init__(self, seed: bytes | bytearray) -> None:
        parts = private_parts(seed)
        self._key: MLKEM768X25519PrivateKey | None = MLKEM768X25519PrivateKey(*parts)
        self.kid = kid(public_bytes(parts))

    def __repr__(self) -> str:
        return f"<Opener {self.kid.hex()}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._key = None

    def open(self, purpose: str, ids: tuple[bytes, ...], envelope: bytes) -> bytes:
        """Return the content of an envelope; raise `Unreadable`, whatever was wrong."""
        header = envelope[:HEADER_LENGTH]
        if self._key is None or len(envelope) < SHORTEST_ENVELOPE or header != MAGIC + self.kid:
            raise Unreadable
        try:
            padded = SUITE.decrypt(envelope[HEADER_LENGTH:], self._key, envelope_info(header, purpose, ids))
        except (InvalidTag, ValueError):
            raise Unreadable from None
        return unpad(purpose, padded)


def open_envelope(purpose: str, ids: tuple[bytes, ...], seed: bytes | bytearray, envelope: bytes) -> bytes:
    """Return the content of one envelope; raise `Unreadable`."""
    return Opener(seed).open(purpose, ids, envelope)


def open_grant(case_id: bytes, identity_seed: bytes | bytearray, grant: bytes) -> bytes:
    """Return the case seed that a reader was granted, 32 bytes; raise `Unreadable`."""
    reader = Opener(identity_seed)
    return reader.open("grant", (case_id, reader.kid), grant)


def open_record_grant(case_id: bytes, identity_seed: bytes | bytearray, grant: bytes) -> bytes:
    """Return the record seed that a reader was granted, 32 bytes; raise `Unreadable`."""
    reader = Opener(identity_seed)
    return reader.open("record_grant", (case_id, reader.kid), grant)


def open_escrow(user_id: bytes, recovery_seed: bytes | bytearray, escrow: bytes) -> bytes:
    """Return the identity seed kept for the trustees, 32 bytes; raise `Unreadable`."""
    return open_envelope("escrow", (user_id,), recovery_seed, escrow)
