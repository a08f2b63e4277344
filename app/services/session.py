"""Sessions of the desk: 15 minutes idle, 8 hours in all, their key split between cookie and row."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, update

from app.domain.errors import Unreadable
from app.security.session_key import SessionKey, open_cell, seal_cell, session_key
from app.services.card_shelf import CardShelf, clear_shelf
from app.services.unsealing import UnlockedVault
from app.services.work import Actor, OpenWork, Work
from models.session import Session
from models.user import User

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=8)
RENEW_AFTER = timedelta(minutes=1)
"""`seen_at` is written at most once a minute, so that a page costs no write."""


@dataclass(frozen=True)
class OpenSession:
    """A live session: who acts, their key when the vault is open, and how long it lasts at the most."""

    actor: Actor
    vault: UnlockedVault | None = field(repr=False)
    shelf: CardShelf = field(repr=False)
    left: timedelta


def add_session(work: Work, key: SessionKey, user_id: bytes, seed: bytes | None) -> None:
    """Store a new session; rows of the same person that ran out go with it."""
    now = work.now.astimezone(UTC)
    work.connection.execute(delete(Session).where(Session.user_id == user_id, Session.started_at < now - LONGEST))
    cell = None if seed is None else seal_cell(key, user_id, seed)
    row = {"id": key.session_id, "user_id": user_id, "cell": cell, "started_at": now, "seen_at": now}
    work.insert(Session, row)


def remove_expired_sessions(work: Work) -> None:
    """Delete every session that has run out, whoever's it is."""
    now = work.now.astimezone(UTC)
    ran_out = (Session.started_at < now - LONGEST) | (Session.seen_at < now - IDLE)
    work.connection.execute(delete(Session).where(ran_out))


def load_session(open_work: OpenWork, token: str) -> OpenSession | None:
    """Return the session of a cookie, None when it is unknown or has run out."""
    try:
        key = session_key(token)
    except Unreadable:
        return None
    with open_work(reading=True) as work:
        found = work.connection.execute(
            select(Session.cell, Session.started_at, Session.seen_at, User.id, User.name, User.role)
            .join(User, (User.id == Session.user_id) & User.active)
            .where(Session.id == key.session_id)
        ).first()
        now = work.now.astimezone(UTC)
    if found is None:
        return None
    idle = now - _utc(found.seen_at)
    left = LONGEST - (now - _utc(found.started_at))
    if idle > IDLE or left < timedelta():
        end_session(open_work, key.session_id)
        return None
    if idle > RENEW_AFTER:
        with open_work() as work:
            work.connection.execute(update(Session).where(Session.id == key.session_id).values(seen_at=now))
    try:
        vault = None if found.cell is None else UnlockedVault(bytearray(open_cell(key, found.id, found.cell)))
    except Unreadable:
        return None
    return OpenSession(Actor(found.id, found.name, found.role, key.session_id), vault, CardShelf(key), left)


def end_session(open_work: OpenWork, session_id: bytes) -> None:
    """Delete a session row: its cookie opens nothing any more."""
    clear_shelf(session_id)
    with open_work() as work:
        work.connection.execute(delete(Session).where(Session.id == session_id))


def _utc(moment: datetime) -> datetime:
    # SQLite keeps no time zone; every moment is stored in UTC.
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
