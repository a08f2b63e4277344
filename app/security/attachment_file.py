"""Attachment files: padded to 64 KiB steps, sealed by Cobblestone-256 under a key kept in the manifest."""

import secrets
from collections.abc import Iterable, Iterator

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.exceptions import InvalidTag

from app.domain.errors import Unreadable
from app.security.context import ctx

KEY_LENGTH = 32
PADDING_STEP = 65536

_CHUNK = 16384
_HEADER = 56
_TAG = 16


def new_file_key() -> bytes:
    """Return the key of one file, 32 random bytes."""
    return secrets.token_bytes(KEY_LENGTH)


def padded_length(size: int) -> int:
    """Return the next multiple of 65,536 bytes, at least one step."""
    return max(1, -(-size // PADDING_STEP)) * PADDING_STEP


def stored_length(size: int) -> int:
    """Return how many bytes a file of `size` bytes takes when stored."""
    padded = padded_length(size)
    return _HEADER + padded + _TAG * (padded // _CHUNK + 1)


def file_context(case_id: bytes, attachment_id: bytes) -> bytes:
    """Return what binds a file to its case and attachment."""
    return ctx(b"attachment", case_id, attachment_id)


def seal_file(key: bytes, case_id: bytes, attachment_id: bytes, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the stored bytes of a file given in chunks; the true size belongs in the manifest."""
    encryptor = Cobblestone256Encryptor(key, file_context(case_id, attachment_id))
    size = 0
    for chunk in chunks:
        size += len(chunk)
        yield encryptor.update(chunk)
    yield encryptor.update(bytes(padded_length(size) - size))
    yield encryptor.finalize()


def open_stream(key: bytes, context: bytes, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield decrypted bytes; **nothing is proven before the end is reached**. Raise `Unreadable`.

    Write what is yielded to a sealed spool and show it only after the last step.
    """
    try:
        decryptor = Cobblestone256Decryptor(key, context)
        for chunk in chunks:
            yield decryptor.update(chunk)
        yield decryptor.finalize()
    except (InvalidTag, ValueError):
        raise Unreadable from None


def open_file(key: bytes, case_id: bytes, attachment_id: bytes, size: int, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the `size` true bytes of a stored file; **nothing is proven before the end**. Raise `Unreadable`."""
    left, padded = size, 0
    for opened in open_stream(key, file_context(case_id, attachment_id), chunks):
        padded += len(opened)
        if any(opened[left:]):
            raise Unreadable
        yield opened[:left]
        left -= min(left, len(opened))
    if padded != padded_length(size):
        raise Unreadable
