"""A connection to SQLite keeps what is promised: durable, checked, and overwritten when it is deleted."""

from pathlib import Path

from app.database.engine import Database

PROMISED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "trusted_schema": 0}


def test_every_connection_to_a_new_file_keeps_the_promises(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    with database.transaction(reading=True) as one, database.transaction(reading=True) as other:
        for connection in (one, other):
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PROMISED}
            assert found == PROMISED
    database.close()
