"""One leader among the workers of a database: an advisory lock in PostgreSQL, a locked file beside SQLite."""

import fcntl
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from app.database.engine import Database

ADVISORY_KEY = int.from_bytes(b"HEARD-W", "big")
"""Known to PostgreSQL for one database: two trusts in one server do not wait for each other."""


class LeaderLock(Protocol):
    """What one worker holds at a time."""

    def is_mine(self) -> bool:
        """Take the lock where it is free; return whether this worker holds it."""

    def release(self) -> None:
        """Let another worker have it."""


class FileLock:
    """A locked file. The system frees it when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None
        self._lock = threading.Lock()

    def is_mine(self) -> bool:
        """Take the lock where it is free; return whether this worker holds it."""
        with self._lock:
            if self._file is not None:
                return True
            file = self._path.open("ab")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                file.close()
                return False
            self._file = file
            return True

    def release(self) -> None:
        """Let another worker have it."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None


class AdvisoryLock:
    """A lock that lasts as long as one connection, so it must not go through a pooler that shares connections."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._connection: Connection | None = None
        self._lock = threading.Lock()

    def is_mine(self) -> bool:
        """Take the lock where it is free; return whether this worker holds it, which it asks anew each time."""
        with self._lock:
            try:
                if self._connection is None:
                    return self._take()
                self._connection.execute(text("SELECT 1"))
                return True
            except SQLAlchemyError:
                self._drop()
                return False

    def _take(self) -> bool:
        connection = self._connection = self._engine.connect()
        taken = connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": ADVISORY_KEY})
        if not taken:
            connection.close()
            self._connection = None
        return bool(taken)

    def _drop(self) -> None:
        if self._connection is not None:
            # Closed for good: given back to the pool, it would keep the lock.
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    def release(self) -> None:
        """Let another worker have it."""
        with self._lock:
            if self._connection is not None:
                # Said aloud: the server frees it a moment after the connection is gone, and the next one waits for it.
                with suppress(SQLAlchemyError):
                    self._connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ADVISORY_KEY})
            self._drop()


def make_leader_lock(database: Database) -> LeaderLock:
    """Return the lock of this database's workers."""
    if database.is_sqlite:
        return FileLock(Path(f"{database.engine.url.database}-worker"))
    return AdvisoryLock(database.engine)
