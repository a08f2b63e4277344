"""Who may receive: the signed roster, verified before anything is sealed to it."""

import json
import logging
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.domain.errors import HeardError, Misconfigured
from app.security.roster import verify_roster
from app.services.work import Work
from models.roster import Roster

READING_ROLES = frozenset({"investigator", "lead"})
ENOUGH_READERS = 2
log = logging.getLogger("heard.roster")


@dataclass(frozen=True)
class Reader:
    """One entry of the roster. Places and conflicts are ids, 32 hex digits."""

    user: str
    public_key: bytes
    role: str
    fallback: bool
    bound_to: frozenset[str]
    """Places the reader manages, works in or has a conflict with."""
    not_before: date
    not_after: date

    def may_read(self, today: date, place: str | None) -> bool:
        """Return whether a report from `place` may be sealed to this reader today."""
        valid = self.not_before <= today <= self.not_after and self.role in READING_ROLES
        return valid and place not in self.bound_to


@dataclass(frozen=True)
class VerifiedRoster:
    """A roster whose signatures, keys and dates have been checked."""

    version: int
    readers: tuple[Reader, ...]
    recovery_id: bytes | None
    recovery_public_key: bytes | None


@dataclass(frozen=True)
class Recipients:
    """Whom one report is sealed to: user id and public key of each, at least one."""

    keys: tuple[tuple[bytes, bytes], ...]
    ward_rule_ran: bool


def current_roster(work: Work) -> VerifiedRoster:
    """Return the newest roster that verifies; a newer one that does not raises an alarm and is passed over.

    Raises `Misconfigured` when no roster verifies.
    """
    known = work.sealer.rosters
    newest = work.session.scalar(select(func.max(Roster.version)))
    if newest is not None and newest in known:
        return known[newest]
    for row in work.session.execute(select(Roster).order_by(Roster.version.desc())).scalars():
        if row.version in known:
            return known[row.version]
        try:
            roster = _verified(work, row.document, row.signatures)
        except HeardError:
            log.error("roster.refused")
            continue
        known[row.version] = roster
        return roster
    raise Misconfigured("No signed roster of readers verifies. Check HEARD_ROSTER_KEYS and sign a roster.")


def roster_version(work: Work) -> int:
    """Return the newest stored version, 0 when there is none."""
    return work.session.scalar(select(func.max(Roster.version))) or 0


def _verified(work: Work, document: bytes, signatures: str) -> VerifiedRoster:
    sealer = work.sealer
    content = verify_roster(
        document,
        json.loads(signatures),
        pinned=sealer.roster_keys,
        quorum=sealer.roster_quorum,
        trust=sealer.trust_code,
        highest_version_seen=max(sealer.rosters, default=0),
        on=work.today,
    )
    recovery = content.get("recovery")
    return VerifiedRoster(
        version=content["version"],
        readers=tuple(_reader(entry) for entry in content["entries"]),
        recovery_id=bytes.fromhex(recovery["id"]) if recovery else None,
        recovery_public_key=b64decode(recovery["pk"]) if recovery else None,
    )


def _reader(entry: Mapping[str, Any]) -> Reader:
    return Reader(
        user=entry["user"],
        public_key=b64decode(entry["pk"]),
        role=entry["role"],
        fallback=entry["fallback"],
        bound_to=frozenset((*entry["manages"], *entry["works_in"], *entry["conflicts"])),
        not_before=date.fromisoformat(entry["not_before"]),
        not_after=date.fromisoformat(entry["not_after"]),
    )


def choose_recipients(roster: VerifiedRoster, today: date, place: str | None, excluded: frozenset[str]) -> Recipients:
    """Return the permitted readers; the fallback joins when fewer than two are left, the recovery key when none is."""
    allowed = [reader for reader in roster.readers if reader.user not in excluded and reader.may_read(today, place)]
    chosen = [reader for reader in allowed if not reader.fallback]
    for reader in allowed:
        if len(chosen) >= ENOUGH_READERS:
            break
        if reader.fallback:
            chosen.append(reader)
    keys = [(bytes.fromhex(reader.user), reader.public_key) for reader in chosen]
    if not keys and roster.recovery_id and roster.recovery_public_key:
        log.error("roster.case_needs_a_reader")
        keys = [(roster.recovery_id, roster.recovery_public_key)]
    if not keys:
        raise Misconfigured("The roster has no reader left for this report.")
    return Recipients(tuple(keys), ward_rule_ran=place is not None)


def list_readers(work: Work) -> tuple[Reader, ...]:
    """Return the readers a reporter may exclude: those valid today who are not a fallback."""
    roster = current_roster(work)
    return tuple(reader for reader in roster.readers if not reader.fallback and reader.may_read(work.today, None))


def save_roster(work: Work, document: bytes, signatures: list[dict[str, str]]) -> None:
    """Store one signed version. Raises `HeardError` when it does not verify."""
    verified = _verified(work, document, json.dumps(signatures))
    row = {"version": verified.version, "document": document, "signatures": json.dumps(signatures)}
    work.insert(Roster, row)
    work.audit("roster.changed", version=verified.version)
