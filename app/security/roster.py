"""The signed roster: to whom intake may seal. A database administrator cannot add a name."""

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.errors import HeardError, Unreadable
from app.domain.report_content import canonical_json, read_canonical_json
from app.security.context import ctx
from app.security.keys import KID_LENGTH, Recipient, parse_public_key
from app.security.sealing import seal
from app.security.signing import sign, signature_is_right, signer_id, signing_public_key

_TRIAL_CASE = bytes(16)
_TRIAL_SEED = bytes(32)


@dataclass(frozen=True)
class RosterEntry:
    """One reader: identity key, role, where they manage or work, declared conflicts, days of validity."""

    user_id: bytes
    recipient: Recipient
    role: str
    fallback: bool
    manages: tuple[bytes, ...]
    works_in: tuple[bytes, ...]
    conflicts: tuple[bytes, ...]
    not_before: date
    not_after: date

    def is_valid_on(self, day: date) -> bool:
        """Return whether the entry counts on `day`, both ends included."""
        return self.not_before <= day <= self.not_after

    def is_bound_to(self, places: Iterable[bytes]) -> bool:
        """Return whether the reader manages, works in or has a conflict with one of `places`."""
        return not {*self.manages, *self.works_in, *self.conflicts}.isdisjoint(places)


@dataclass(frozen=True)
class AggregationKey:
    """The public half of a financial year's aggregation key."""

    financial_year: str
    recipient: Recipient


@dataclass(frozen=True)
class Roster:
    """A roster that was accepted. An expired one is still sealed to, with an alarm."""

    trust: str
    version: int
    previous: bytes
    issued_on: date
    expires_on: date
    entries: tuple[RosterEntry, ...]
    aggregation: tuple[AggregationKey, ...]
    recovery_id: bytes
    recovery: Recipient
    digest: bytes

    def has_expired(self, day: date) -> bool:
        """Return whether the roster should have been replaced by `day`."""
        return day > self.expires_on

    def aggregation_for(self, financial_year: str) -> AggregationKey | None:
        """Return the key of a year, else the newest one listed, whose own year then counts; None when there is none."""
        own = [key for key in self.aggregation if key.financial_year == financial_year]
        return own[0] if own else max(self.aggregation, key=lambda key: key.financial_year, default=None)


def _entry(raw: Mapping[str, Any]) -> RosterEntry:
    def ids(name: str) -> tuple[bytes, ...]:
        return tuple(bytes.fromhex(text) for text in raw[name])

    if not isinstance(raw["fallback"], bool):
        raise TypeError("fallback is true or false")
    days = date.fromisoformat(raw["not_before"]), date.fromisoformat(raw["not_after"])
    places = ids("manages"), ids("works_in"), ids("conflicts")
    user_id = bytes.fromhex(raw["user"])
    return RosterEntry(user_id, _recipient(raw), str(raw["role"]), raw["fallback"], *places, *days)


def _recipient(raw: Mapping[str, Any]) -> Recipient:
    recipient = parse_public_key(base64.b64decode(raw["pk"], validate=True))
    if recipient.kid.hex() != raw["kid"]:
        raise ValueError("kid does not match its key")
    seal("grant", (_TRIAL_CASE, recipient.kid), recipient, _TRIAL_SEED)
    return recipient


def _aggregation_key(raw: Mapping[str, Any]) -> AggregationKey:
    return AggregationKey(str(raw["year"]), _recipient(raw))


def _read_document(document: bytes) -> Roster:
    raw: Any = read_canonical_json(document)
    if raw["v"] != 1 or not isinstance(raw["version"], int):
        raise ValueError("another kind of document")
    return Roster(
        trust=str(raw["trust"]),
        version=raw["version"],
        previous=bytes.fromhex(raw["previous"]),
        issued_on=date.fromisoformat(raw["issued_on"]),
        expires_on=date.fromisoformat(raw["expires_on"]),
        entries=tuple(map(_entry, raw["entries"])),
        aggregation=tuple(map(_aggregation_key, raw["aggregation"])),
        recovery_id=bytes.fromhex(raw["recovery"]["id"]),
        recovery=_recipient(raw["recovery"]),
        digest=hashlib.sha256(document).digest(),
    )


def make_document(content: Mapping[str, object]) -> bytes:
    """Return the bytes of a roster to sign; keys as in `security.md` section 5."""
    return canonical_json(dict(content))


def sign_roster(document: bytes, ed25519_seed: bytes | bytearray) -> tuple[bytes, bytes]:
    """Return (signer id 8 bytes, signature 64 bytes) of one key officer."""
    return signer_id(signing_public_key(ed25519_seed)), sign(ed25519_seed, ctx(b"roster", document))


def officers_who_signed(
    document: bytes, signatures: Iterable[tuple[bytes, bytes]], pinned: Sequence[bytes]
) -> frozenset[bytes]:
    """Return the pinned Ed25519 public keys whose signature over `document` is right."""
    by_id = {signer_id(officer): officer for officer in pinned}
    return frozenset(
        by_id[signer]
        for signer, signature in signatures
        if len(signer) == KID_LENGTH
        and signer in by_id
        and signature_is_right(by_id[signer], signature, ctx(b"roster", document))
    )


def verify_roster(
    document: bytes,
    signatures: Iterable[tuple[bytes, bytes]],
    *,
    pinned: Sequence[bytes],
    quorum: int,
    trust: str,
    highest_version_seen: int = 0,
) -> Roster:
    """Return the roster when all of section 5 holds, else raise `Unreadable`. An expired roster is accepted."""
    if quorum < 1 or len(officers_who_signed(document, signatures, pinned)) < quorum:
        raise Unreadable
    try:
        roster = _read_document(document)
    except (HeardError, ValueError, TypeError, KeyError, AttributeError):
        raise Unreadable from None
    if roster.trust != trust or roster.version < highest_version_seen:
        raise Unreadable
    return roster
