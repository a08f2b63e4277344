"""Engines and transactions for both databases; SQLite's pragmas and its one write lock."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from app.domain.errors import Unreachable

__all__ = ["Database", "IntegrityError", "SQLAlchemyError"]

BUSY_MILLISECONDS, EMPTYING_MILLISECONDS = 5000, 100
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    f"busy_timeout={BUSY_MILLISECONDS}",
    "trusted_schema=OFF",
    "wal_autocheckpoint=4000",
)
POSTGRESQL_OPTIONS = "-c statement_timeout=10000 -c lock_timeout=5000"


class Database:
    """One database: opens transactions that commit or roll back whole."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        # SQLite has one writer: waiting here costs nothing, waiting inside SQLite means polling.
        self._write_lock: threading.Lock | None = threading.Lock() if self.is_sqlite else None

    @contextmanager
    def transaction(self, *, reading: bool = False) -> Iterator[Connection]:
        """Yield a connection; commit on leaving, roll back on any error.

        Raises `Unreachable` when the database cannot be reached or written.
        """
        lock: AbstractContextManager[object] = nullcontext()
        if self._write_lock and not reading:
            lock = self._write_lock
        try:
            with lock, self.engine.connect() as connection:
                if self.is_sqlite:
                    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
                # Closing the connection rolls back whatever is not committed.
                yield connection
                connection.commit()
        except OperationalError as error:
            raise Unreachable from error

    def copy_log_back(self) -> bool:
        """Copy SQLite's log into the file and empty it; False when others kept it from being emptied.

        Writers go on while it is copied. They wait while it is emptied, so that is given up after a moment.
        """
        if not self.is_sqlite:
            return True
        with self.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")
            connection.exec_driver_sql(f"PRAGMA busy_timeout={EMPTYING_MILLISECONDS}")
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
            connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        return not busy

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def make_engine(url: str) -> Engine:
    """Return an engine whose errors never show parameters."""
    if url.startswith("sqlite"):
        engine = create_engine(url, hide_parameters=True, connect_args={"check_same_thread": False, "timeout": 5})
        event.listen(engine, "connect", _prepare_sqlite)
        return engine
    return create_engine(
        url,
        hide_parameters=True,
        pool_size=16,
        max_overflow=16,
        pool_timeout=8,
        pool_pre_ping=False,
        connect_args={"connect_timeout": 5, "options": POSTGRESQL_OPTIONS},
    )


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    # We begin transactions ourselves; the driver would begin them late and deferred.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
