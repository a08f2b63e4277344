"""HKDF-SHA-256 (RFC 5869): extract, expand, and both."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

_SHA256 = SHA256()


def extract(salt: bytes, key_material: bytes | bytearray) -> bytes:
    """Return the 32-byte pseudorandom key of `key_material`."""
    return HKDF.extract(_SHA256, salt, key_material)


def expand(key: bytes | bytearray, context: bytes, length: int) -> bytes:
    """Return `length` bytes for `context`; `key` must be uniformly random."""
    return HKDFExpand(_SHA256, length, context).derive(key)


def derive(key_material: bytes | bytearray, salt: bytes, context: bytes, length: int) -> bytes:
    """Return extract, then expand."""
    return HKDF(_SHA256, length, salt, context).derive(key_material)
