"""The sixth revision makes the table of heartbeats."""

from collections.abc import Iterator

import pytest
from sqlalchemy import inspect, text

from app.database.engine import Database
from app.database.schema import empty_database, upgrade_schema


@pytest.fixture
def before(database_url: str) -> Iterator[Database]:
    """A database at the revision before this one."""
    database = Database(database_url)
    empty_database(database.engine)
    upgrade_schema(database.engine, "0005")
    yield database
    database.close()


def test_no_job_has_run_yet(before: Database) -> None:
    upgrade_schema(before.engine, "0006")
    with before.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM job")).scalar() == 0
    assert inspect(before.engine).get_pk_constraint("job")["constrained_columns"] == ["name"]
