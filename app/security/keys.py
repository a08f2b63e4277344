"""X-Wing key pairs from 32-byte seeds: only the seed is ever stored."""

import hashlib
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PublicKey

SEED_LENGTH = 32
MLKEM_PUBLIC_LENGTH = 1184
PUBLIC_KEY_LENGTH = 1216
KID_LENGTH = 8


def new_seed() -> bytes:
    """Return a new private key: 32 random bytes."""
    return secrets.token_bytes(SEED_LENGTH)


PrivateParts = tuple[MLKEM768PrivateKey, X25519PrivateKey]


def private_parts(seed: bytes | bytearray) -> PrivateParts:
    """Return the ML-KEM-768 and X25519 keys of a seed (X-Wing draft expansion)."""
    if len(seed) != SEED_LENGTH:
        raise ValueError("a seed is 32 bytes")
    expanded = hashlib.shake_256(seed).digest(96)
    return MLKEM768PrivateKey.from_seed_bytes(expanded[:64]), X25519PrivateKey.from_private_bytes(expanded[64:])


def public_bytes(parts: PrivateParts) -> bytes:
    """Return the public key of a parsed private key: ML-KEM 1,184 bytes ‖ X25519 32 bytes."""
    return b"".join(part.public_key().public_bytes_raw() for part in parts)


def public_key(seed: bytes | bytearray) -> bytes:
    """Return the public key of a seed, 1,216 bytes."""
    return public_bytes(private_parts(seed))


def key_hash(public_key_bytes: bytes) -> bytes:
    """Return the SHA-256 of a public key, 32 bytes."""
    return hashlib.sha256(public_key_bytes).digest()


def kid(public_key_bytes: bytes) -> bytes:
    """Return the 8 bytes that name a public key."""
    return key_hash(public_key_bytes)[:KID_LENGTH]


@dataclass(frozen=True)
class Recipient:
    """A parsed public key to seal to: its 1,216 bytes and the 8 that name it."""

    public_key: bytes = field(repr=False)
    kid: bytes
    parsed: MLKEM768X25519PublicKey = field(repr=False)


def recipient_of(seed: bytes | bytearray) -> Recipient:
    """Return the public half of a seed, ready to seal to."""
    parts = private_parts(seed)
    raw = public_bytes(parts)
    return Recipient(raw, kid(raw), MLKEM768X25519PublicKey(parts[0].public_key(), parts[1].public_key()))


def parse_public_key(public_key_bytes: bytes) -> Recipient:
    """Return the parsed key. Raises `ValueError` on bad bytes."""
    if len(public_key_bytes) != PUBLIC_KEY_LENGTH:
        raise ValueError("a public key is 1,216 bytes")
    parsed = MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public_key_bytes[:MLKEM_PUBLIC_LENGTH]),
        X25519PublicKey.from_public_bytes(public_key_bytes[MLKEM_PUBLIC_LENGTH:]),
    )
    return Recipient(public_key_bytes, kid(public_key_bytes), parsed)
