"""From a receipt to its mailbox: id, seed, link, and the value that proves a rotated case key."""

import hashlib
import hmac
from dataclasses import dataclass, field

from app.security.context import ctx
from app.security.key_derivation import expand, extract

_ID_CONTEXT = ctx(b"mailbox-id")
_SEED_CONTEXT = ctx(b"mailbox-seed")
_LINK_CONTEXT = ctx(b"link")


@dataclass(frozen=True)
class MailboxKey:
    """A mailbox as its receipt names it: id 16 bytes, seed 32 bytes (not shown in `repr`)."""

    mailbox_id: bytes
    seed: bytes = field(repr=False)


def mailbox_key(symbols: str, pepper: bytes) -> MailboxKey:
    """Return the mailbox of a receipt's 19 symbols. Nothing is looked up."""
    key = extract(pepper, symbols.encode("ascii"))
    return MailboxKey(expand(key, _ID_CONTEXT, 16), expand(key, _SEED_CONTEXT, 32))


def link_of(mailbox_seed: bytes) -> bytes:
    """Return the link, 16 bytes: joins report, mailbox and counting fact, only inside seals."""
    return expand(mailbox_seed, _LINK_CONTEXT, 16)


def rekey_value(link: bytes, mailbox_id: bytes, case_key_hash: bytes) -> bytes:
    """Return the proof, 32 bytes, that a rotated case key comes from someone who knows the link."""
    return hmac.digest(link, ctx(b"rekey", mailbox_id, case_key_hash), hashlib.sha256)


def rekey_is_right(link: bytes, mailbox_id: bytes, case_public_key: bytes, case_key_hash: bytes, rekey: bytes) -> bool:
    """Return whether `rekey` vouches for this case public key; nothing is sealed to it otherwise."""
    named = hmac.compare_digest(hashlib.sha256(case_public_key).digest(), case_key_hash)
    vouched = hmac.compare_digest(rekey_value(link, mailbox_id, case_key_hash), rekey)
    return named and vouched
