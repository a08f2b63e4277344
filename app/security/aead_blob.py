"""AEAD blobs: 01 ‖ nonce[12] ‖ AES-256-GCM ciphertext ‖ tag, and their strict base64url spelling."""

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.domain.errors import Unreadable

_VERSION = b"\x01"
_NONCE_END = 13
OVERHEAD = 29


def seal_blob(key: bytes, content: bytes | bytearray, context: bytes) -> bytes:
    """Return `content` sealed under a 32-byte key and bound to `context`."""
    nonce = secrets.token_bytes(12)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, content, context)


def open_blob(key: bytes, blob: bytes, context: bytes) -> bytes:
    """Return the content of a blob; raise `Unreadable`."""
    if len(blob) < OVERHEAD or blob[:1] != _VERSION:
        raise Unreadable
    try:
        return AESGCM(key).decrypt(blob[1:_NONCE_END], blob[_NONCE_END:], context)
    except (InvalidTag, ValueError):
        raise Unreadable from None


def open_exact_blob(key: bytes, blob: bytes, context: bytes, length: int) -> bytes:
    """Return the content of a blob that must hold exactly `length` bytes; raise `Unreadable`."""
    content = open_blob(key, blob, context)
    if len(content) != length:
        raise Unreadable
    return content


def to_base64url(blob: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(blob).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes:
    """Return the bytes of base64url without padding; raise `Unreadable` for any other spelling."""
    try:
        encoded = text.encode("ascii")
        blob = base64.urlsafe_b64decode(encoded + b"=" * (-len(encoded) % 4))
    except (ValueError, binascii.Error):
        raise Unreadable from None
    if to_base64url(blob) != text:
        raise Unreadable
    return blob
