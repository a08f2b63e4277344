"""Signing in with e-mail and passphrase: slow for guessers, the same for unknown people, never locked."""

import hmac
from dataclasses import dataclass, field
from datetime import UTC, timedelta

from sqlalchemy import delete, func, select

from app.domain.errors import HeardError, Refused, Unreadable
from app.security.context import ctx
from app.security.passphrase import DEFAULT_PARAMETERS, passphrase_is_right
from app.security.session_key import new_session_token, session_key
from app.security.vault import PASSPHRASE, unwrap_by_passphrase
from app.services.session import add_session
from app.services.user import plain_email
from app.services.work import Actor, OpenWork, Work
from models.credential import Credential, SignInAttempt
from models.user import User
from models.vault import Vault

WINDOW = timedelta(hours=1)
FREE_FAILURES = 10
SLOW = timedelta(minutes=1)


class SignInRefused(HeardError):
    """E-mail and passphrase do not belong together."""

    sentence = "The email or the passphrase is not right."


class SignInSlowed(HeardError):
    """Ten failures in an hour: one try a minute."""

    sentence = "Too many tries. Wait a minute, then try again."


@dataclass(frozen=True)
class SignedIn:
    """A new session: the token that opens it, and the role of the person."""

    token: str = field(repr=False)
    role: str


@dataclass(frozen=True)
class _Account:
    """What a sign-in is checked against; for an unknown person everything but `known` looks the same."""

    actor: Actor
    known: bool
    salt: bytes = field(repr=False)
    verifier: bytes = field(repr=False)
    argon2: str
    slowed: bool


def sign_in(open_work: OpenWork, pepper: bytes, email: str, passphrase: str) -> SignedIn:
    """Start a new session.

    Raises `SignInRefused` or `SignInSlowed` once the failure is stored, `Busy` when too many try at once.
    """
    with open_work(reading=True) as work:
        account = _find_account(work, pepper, plain_email(email))
    if account.slowed:
        raise SignInSlowed
    seed = None
    try:
        right = _is_right(account, pepper, passphrase)
        seed = _open_vault(open_work, account.actor.id, pepper, passphrase) if right else None
    except Unreadable:
        right = False
    if not right:
        _record_failure(open_work, account)
        raise SignInRefused
    token = new_session_token()
    with open_work() as work:
        work.actor = account.actor
        work.connection.execute(delete(SignInAttempt).where(SignInAttempt.user_id == account.actor.id))
        add_session(work, session_key(token), account.actor.id, seed)
        work.audit("sign_in.succeeded")
    return SignedIn(token, account.actor.role)


def _find_account(work: Work, pepper: bytes, email: str) -> _Account:
    row = work.connection.execute(
        select(User.id, User.name, User.role, Credential.salt, Credential.verifier, Credential.argon2)
        .join(Credential, Credential.user_id == User.id)
        .where(User.email == email, User.active)
    ).first()
    # Attempts on unknown addresses are counted under an id that only the pepper gives: they look alike.
    stand_in = hmac.digest(pepper, ctx(b"unknown", email.encode("utf-8", "surrogatepass")), "sha256")
    user_id = stand_in[:16] if row is None else row.id
    return _Account(
        actor=Actor(user_id, "" if row is None else row.name, "" if row is None else row.role),
        known=row is not None,
        salt=stand_in[16:] if row is None else row.salt,
        verifier=stand_in if row is None else row.verifier,
        argon2=DEFAULT_PARAMETERS if row is None else row.argon2,
        slowed=_is_slowed(work, user_id),
    )


def _is_slowed(work: Work, user_id: bytes) -> bool:
    now = work.now.astimezone(UTC)
    recent = select(func.count()).select_from(SignInAttempt).where(SignInAttempt.user_id == user_id)
    failures = work.connection.scalar(recent.where(SignInAttempt.failed_at > now - WINDOW)) or 0
    if failures < FREE_FAILURES:
        return False
    return bool(work.connection.scalar(recent.where(SignInAttempt.failed_at > now - SLOW)))


def _is_right(account: _Account, pepper: bytes, passphrase: str) -> bool:
    try:
        right = passphrase_is_right(
            passphrase, account.actor.id, account.salt, pepper, account.verifier, account.argon2
        )
    except Refused:
        return False
    return right and account.known


def _open_vault(open_work: OpenWork, user_id: bytes, pepper: bytes, passphrase: str) -> bytes | None:
    with open_work(reading=True) as work:
        vault = work.connection.execute(
            select(Vault.salt, Vault.wrap, Vault.argon2).where(Vault.user_id == user_id, Vault.method == PASSPHRASE)
        ).first()
    if vault is None:
        return None
    return unwrap_by_passphrase(passphrase, user_id, vault.salt, pepper, vault.wrap, vault.argon2)


def remove_old_attempts(work: Work) -> None:
    """Delete the failed attempts that slow nobody down any more."""
    work.connection.execute(delete(SignInAttempt).where(SignInAttempt.failed_at < work.now.astimezone(UTC) - WINDOW))


def _record_failure(open_work: OpenWork, account: _Account) -> None:
    with open_work() as work:
        now = work.now.astimezone(UTC)
        work.actor = account.actor
        remove_old_attempts(work)
        work.insert(SignInAttempt, {"id": work.new_id(), "user_id": account.actor.id, "failed_at": now})
        work.audit("sign_in.failed")
