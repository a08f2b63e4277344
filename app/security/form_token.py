"""The one-time form token and everything derived under the intake secret."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from app.domain.errors import Unreadable
from app.domain.receipts import RECEIPT_SYMBOLS, symbols_from_bits
from app.security.aead_blob import from_base64url, open_exact_blob, seal_blob, to_base64url
from app.security.context import ctx
from app.security.key_derivation import expand

NONCE_LENGTH = 16
_TIME_LENGTH = 8
_T = TypeVar("_T")


@dataclass(frozen=True, repr=False)
class IntakeKeys:
    """The four keys of one intake secret, 32 bytes each."""

    receipt: bytes
    form: bytes
    equality: bytes
    cookie: bytes


def intake_keys(secret: bytes) -> IntakeKeys:
    """Return the keys of one intake secret."""
    return IntakeKeys(
        *(expand(secret, ctx(b"key", name), 32) for name in (b"receipt", b"form", b"equality", b"cookie"))
    )


@dataclass(frozen=True, init=False, repr=False)
class FormKeys:
    """The keys of the current intake secret and, for 48 hours after a change, of the previous one."""

    current: IntakeKeys
    previous: IntakeKeys | None

    def __init__(self, secret: bytes, previous: bytes | None = None) -> None:
        object.__setattr__(self, "current", intake_keys(secret))
        object.__setattr__(self, "previous", None if previous is None else intake_keys(previous))

    def read_with(self, read: Callable[[IntakeKeys], _T]) -> _T:
        """Return what `read` makes of the current keys, else of the previous ones; raise `Unreadable`."""
        try:
            return read(self.current)
        except Unreadable:
            if self.previous is None:
                raise
        return read(self.previous)

    def seal_form_token(self, nonce: bytes, issued: int, form: str, version: int) -> str:
        """Return a token for one blank form; `issued` is in Unix seconds, `nonce` 16 random bytes."""
        return seal_form_token(self.current, nonce, issued, form, version)

    def read_form_token(self, token: str, form: str, version: int) -> "FormToken":
        """Return what a posted token holds, under the current, then the previous secret; raise `Unreadable`."""
        return self.read_with(lambda keys: read_form_token(keys, token, form, version))


@dataclass(frozen=True)
class FormToken:
    """An opened token: nonce 16 bytes, issue time in Unix seconds, and the keys that it was made under."""

    nonce: bytes = field(repr=False)
    issued: int
    keys: IntakeKeys = field(repr=False)

    def receipt_for(self, digest: bytes) -> str:
        """Return the 19 symbols of the receipt for this token and content digest."""
        return receipt_for(self.keys.receipt, self.nonce, digest)

    def message_id(self, mailbox_id: bytes, digest: bytes) -> bytes:
        """Return the id of a mailbox message, the same when it is sent twice."""
        return message_id(self.keys.receipt, mailbox_id, self.nonce, digest)

    def equality_row_id(self, digest: bytes) -> bytes:
        """Return the id that the one equality answer of this report will have."""
        return equality_row_id(self.keys.receipt, self.nonce, digest)


def _context(form: str, version: int) -> bytes:
    return ctx(b"form", form.encode(), str(version).encode("ascii"))


def seal_form_token(keys: IntakeKeys, nonce: bytes, issued: int, form: str, version: int) -> str:
    """Return a token of 71 characters that binds nonce and issue time to a form and its version."""
    content = nonce + issued.to_bytes(_TIME_LENGTH, "big")
    return to_base64url(seal_blob(keys.form, content, _context(form, version)))


def read_form_token(keys: IntakeKeys, token: str, form: str, version: int) -> FormToken:
    """Return what a token holds; raise `Unreadable`."""
    try:
        context = _context(form, version)
    except UnicodeEncodeError:
        raise Unreadable from None
    content = open_exact_blob(keys.form, from_base64url(token), context, NONCE_LENGTH + _TIME_LENGTH)
    return FormToken(content[:NONCE_LENGTH], int.from_bytes(content[NONCE_LENGTH:], "big"), keys)


def receipt_for(receipt_key: bytes, nonce: bytes, digest: bytes) -> str:
    """Return the first 95 bits of HMAC-SHA-512(receipt key, nonce ‖ digest) as 19 symbols."""
    return symbols_from_bits(hmac.digest(receipt_key, nonce + digest, hashlib.sha512), RECEIPT_SYMBOLS)


def message_id(receipt_key: bytes, mailbox_id: bytes, nonce: bytes, digest: bytes) -> bytes:
    """Return the id of a later mailbox message, 16 bytes."""
    return hmac.digest(receipt_key, ctx(b"message", mailbox_id, nonce, digest), hashlib.sha512)[:16]


def equality_row_id(receipt_key: bytes, nonce: bytes, digest: bytes) -> bytes:
    """Return the primary key of an equality answer, 16 bytes; the receipt cannot be worked out from it."""
    return hmac.digest(receipt_key, ctx(b"equality", nonce, digest), hashlib.sha512)[:16]
