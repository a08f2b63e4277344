"""Staff sessions: a token in the cookie, a sealed cell in the row; neither alone opens anything."""

import secrets
from dataclasses import dataclass, field

from app.domain.errors import Unreadable
from app.security.aead_blob import from_base64url, open_blob, open_exact_blob, seal_blob, to_base64url
from app.security.context import ctx
from app.security.key_derivation import expand

TOKEN_LENGTH = 32


@dataclass(frozen=True)
class SessionKey:
    """What a cookie token names: row id 16 bytes, key 32 bytes (not shown in `repr`)."""

    session_id: bytes
    key: bytes = field(repr=False)


def new_session_token() -> str:
    """Return a new cookie value: 32 random bytes in base64url."""
    return to_base64url(secrets.token_bytes(TOKEN_LENGTH))


def session_key(token: str) -> SessionKey:
    """Return the row id and key of a cookie value; raise `Unreadable`."""
    raw = from_base64url(token)
    if len(raw) != TOKEN_LENGTH:
        raise Unreadable
    return SessionKey(expand(raw, ctx(b"session-id"), 16), expand(raw, ctx(b"session-key"), 32))


def seal_cell(session: SessionKey, user_id: bytes, identity_seed: bytes | bytearray) -> bytes:
    """Return the identity seed sealed for the session row, 61 bytes."""
    return seal_blob(session.key, identity_seed, ctx(b"session", session.session_id, user_id))


def open_cell(session: SessionKey, user_id: bytes, cell: bytes) -> bytes:
    """Return the identity seed of an unlocked session, 32 bytes; raise `Unreadable`."""
    return open_exact_blob(session.key, cell, ctx(b"session", session.session_id, user_id), 32)


def seal_cards(session: SessionKey, cards: bytes) -> bytes:
    """Return parsed cards sealed for the process memory of one session."""
    return seal_blob(session.key, cards, ctx(b"cards", session.session_id))


def open_cards(session: SessionKey, blob: bytes) -> bytes:
    """Return the cards kept for a session; raise `Unreadable`."""
    return open_blob(session.key, blob, ctx(b"cards", session.session_id))
