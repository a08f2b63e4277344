"""Who may receive: the signed roster, verified before anything is sealed to it."""

import json
import logging
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.domain.errors import Misconfigured, Unreadable
from app.security.keys import Recipient
from app.security.roster import Roster as VerifiedRoster
from app.security.roster import RosterEntry, verify_roster
from app.services.work import Work
from models.roster import Roster

READING_ROLES = frozenset({"investigator", "lead"})
ENOUGH_READERS = 2
GUARDIANS = 2
"""The roster lists the fallback readers in their order: guardian, deputy guardian, then others."""
log = logging.getLogger("heard.roster")


@dataclass(frozen=True)
class Recipients:
    """Whom one report is sealed to: user id and key of each, at least one."""

    keys: tuple[tuple[bytes, Recipient], ...]


def current_roster(work: Work, newest: int | None = None) -> VerifiedRoster:
    """Return the newest roster that verifies; a newer one that does not raises an alarm and is passed over.

    `newest` is the newest stored version where the caller has just read it. Raises `Misconfigured` when no roster
    verifies.
    """
    known: dict[int, VerifiedRoster] = work.sealer.rosters
    best = max(known, default=0)
    newest = roster_version(work) if newest is None else newest
    if newest > best:
        for row in work.connection.execute(select(Roster).where(Roster.version > best).order_by(Roster.version.desc())):
            try:
                roster = _verified(work, row.document, row.signatures)
                if roster.version != row.version:
                    raise Unreadable
            except Unreadable:
                log.error("roster.refused")
                continue
            if roster.has_expired(work.today):
                # The channel stays open: reports are still sealed to the last good roster.
                log.error("roster.expired")
            known[roster.version] = roster
            return roster
    elif newest < best:
        # A roster was taken away. Nobody whom a later one left out comes back by that.
        log.error("roster.rolled_back")
    if best:
        return known[best]
    raise Misconfigured("No signed roster of readers verifies. Check HEARD_ROSTER_KEYS and sign a roster.")


def roster_version(work: Work) -> int:
    """Return the newest stored version, 0 when there is none."""
    return work.connection.scalar(select(func.max(Roster.version))) or 0


def _verified(work: Work, document: bytes, signatures: str) -> VerifiedRoster:
    try:
        pairs = [(bytes.fromhex(pair["key"]), b64decode(pair["sig_b64"])) for pair in json.loads(signatures)]
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Unreadable from None
    return verify_roster(
        document,
        pairs,
        pinned=work.sealer.roster_keys,
        quorum=work.sealer.roster_quorum,
        trust=work.sealer.trust_code,
        highest_version_seen=max([work.sealer.roster_lowest, *work.sealer.rosters]),
    )


def may_read(entry: RosterEntry, today: date, around: frozenset[bytes] = frozenset()) -> bool:
    """Return whether a report may be sealed to this reader today; `around` are the places that it is about."""
    return entry.role in READING_ROLES and entry.is_valid_on(today) and not entry.is_bound_to(around)


def choose_recipients(
    roster: VerifiedRoster,
    today: date,
    around: frozenset[bytes],
    excluded: frozenset[bytes],
    *,
    guardian_only: bool = False,
) -> Recipients:
    """Return the permitted readers; the fallback joins when fewer than two are left, the recovery key when none is.

    `around` are the places that the report is about, as `places_around` returns them.
    With `guardian_only` those are the guardian and the deputy guardian, and nobody stands in for them.
    """
    allowed = [entry for entry in roster.entries if entry.user_id not in excluded and may_read(entry, today, around)]
    if guardian_only:
        chosen = [entry for entry in allowed if entry in _guardians(roster)]
    else:
        chosen = [entry for entry in allowed if not entry.fallback]
        fallbacks = [entry for entry in allowed if entry.fallback]
        chosen += fallbacks[: max(0, ENOUGH_READERS - len(chosen))]
    if chosen:
        return Recipients(tuple((entry.user_id, entry.recipient) for entry in chosen))
    log.error("roster.case_needs_a_reader")
    return Recipients(((roster.recovery_id, roster.recovery),))


def _guardians(roster: VerifiedRoster) -> list[RosterEntry]:
    return [entry for entry in roster.entries if entry.fallback][:GUARDIANS]


def list_readers(work: Work) -> tuple[RosterEntry, ...]:
    """Return the readers of every report, valid today."""
    roster = current_roster(work)
    return tuple(entry for entry in roster.entries if not entry.fallback and may_read(entry, work.today))


def list_fallbacks(work: Work) -> tuple[RosterEntry, ...]:
    """Return who stands in, valid today, when fewer than two readers are left."""
    roster = current_roster(work)
    return tuple(entry for entry in roster.entries if entry.fallback and may_read(entry, work.today))


def list_guardians(work: Work) -> tuple[RosterEntry, ...]:
    """Return the guardian and the deputy guardian, as far as they are valid today."""
    return tuple(entry for entry in _guardians(current_roster(work)) if may_read(entry, work.today))


def lists_aggregation(work: Work) -> bool:
    """Return whether the roster lists a key that answers and figures can be sealed to."""
    try:
        return bool(current_roster(work).aggregation)
    except Misconfigured:
        return False


def save_roster(work: Work, document: bytes, signatures: Sequence[tuple[bytes, bytes]]) -> None:
    """Store one signed version. Raises `Unreadable` when it does not verify."""
    text = json.dumps([{"key": key.hex(), "sig_b64": b64encode(sig).decode("ascii")} for key, sig in signatures])
    roster = _verified(work, document, text)
    work.insert(Roster, {"version": roster.version, "document": document, "signatures": text})
    work.audit("roster.changed", version=roster.version)
