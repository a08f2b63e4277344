"""The unit of work: one transaction, and the capabilities that a use case may need."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Connection, Dialect, select

from app.database.engine import Database, IntegrityError
from app.database.insertion import Insertion, compile_insertion
from app.domain.errors import VaultLocked
from app.domain.report_content import canonical_json
from app.security.form_token import FormKeys
from models.audit import AuditEvent
from models.base import Base
from models.outbox import Outbox


@cache
def _insertion(table: type[Base], dialect: Dialect) -> Insertion:
    return compile_insertion(table.metadata.tables[table.__tablename__], dialect)


@dataclass(frozen=True)
class Actor:
    """Who acts: a signed-in person."""

    id: bytes
    name: str
    role: str
    session_id: bytes = b""


@dataclass(frozen=True)
class Sealer:
    """What the public side holds: receipt secrets and the pinned roster keys. It opens no case."""

    intake_secret: bytes = field(repr=False)
    intake_secret_previous: bytes | None = field(repr=False)
    mailbox_pepper: bytes = field(repr=False)
    roster_keys: tuple[bytes, ...]
    roster_quorum: int
    trust_code: str
    roster_lowest: int = 1
    """No roster below this version is accepted: a stored one that was taken out cannot bring its readers back."""
    rosters: dict[int, Any] = field(default_factory=dict, repr=False)
    """Rosters that this process has verified, by version."""
    form_keys: FormKeys = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "form_keys", FormKeys(self.intake_secret, self.intake_secret_previous))


class Vault(Protocol):
    """A person's unlocked key."""

    seed: bytearray


@dataclass
class Work:
    """One transaction with its clock, actor and keys. Use cases never commit."""

    connection: Connection
    sealer: Sealer
    now: datetime
    today: date
    actor: Actor | None = None
    unlocked: Vault | None = None
    new_id: Callable[[], bytes] = field(default=lambda: secrets.token_bytes(16))

    @property
    def vault(self) -> Vault:
        """The actor's unlocked key. Raises `VaultLocked` when there is none."""
        if self.unlocked is None:
            raise VaultLocked("Sign in again to open your cases.")
        return self.unlocked

    @property
    def person(self) -> Actor:
        """The signed-in actor. Raises `VaultLocked` when nobody is signed in."""
        if self.actor is None:
            raise VaultLocked("Sign in to go on.")
        return self.actor

    def insert(self, table: type[Base], *rows: Mapping[str, Any]) -> None:
        """Insert plain rows that name every column, in one statement, without RETURNING."""
        if rows:
            _insertion(table, self.connection.dialect).run(self.connection, rows)

    def has(self, table: type[Base], row_id: bytes) -> bool:
        """Return whether a row with this id exists."""
        key = table.__table__.c.id
        return self.connection.execute(select(key).where(key == row_id)).first() is not None

    def audit(self, event: str, *, about: bytes | None = None, **detail: str | int) -> None:
        """Add one audit leaf. What a reporter causes carries a day; staff acts carry the second."""
        leaf: dict[str, Any] = {"v": 1, "event": event}
        if self.actor is None:
            leaf["day"] = self.today.isoformat()
        else:
            leaf["at"] = self.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            leaf["actor"] = self.actor.id.hex()
        if about is not None:
            leaf["object"] = about.hex()
        leaf.update(detail)
        row = {"id": self.new_id(), "leaf": canonical_json(leaf), "day": self.today, "leaf_index": None}
        self.insert(AuditEvent, row)

    def notify(self, kind: str) -> None:
        """Queue one notice: a kind and a day, never a case or a word."""
        self.insert(Outbox, {"id": self.new_id(), "kind": kind, "day": self.today})


class OpenWork(Protocol):
    """A function that opens units of work."""

    def __call__(self, *, reading: bool = False) -> AbstractContextManager[Work]: ...


def make_open_work(
    database: Database,
    sealer: Sealer,
    *,
    clock: Callable[[], datetime],
    today: Callable[[], date],
    actor: Actor | None = None,
    vault: Vault | None = None,
) -> OpenWork:
    """Return a function that opens one transaction as this actor; leaving it commits all or nothing."""

    @contextmanager
    def open_work(*, reading: bool = False) -> Iterator[Work]:
        with database.transaction(reading=reading) as connection:
            yield Work(connection, sealer, clock(), today(), actor, vault)

    return open_work


def add_once(open_work: OpenWork, store: Callable[[Work], None]) -> bool:
    """Run one short writing transaction; return False, with nothing stored, on a unique violation."""
    try:
        with open_work() as work:
            store(work)
    except IntegrityError:
        return False
    return True
