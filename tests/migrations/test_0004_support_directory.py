"""The fourth revision makes the directory of services."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from app.database.engine import Database
from app.database.schema import empty_database, upgrade_schema


@pytest.fixture
def before(database_url: str) -> Iterator[Database]:
    """A database at the revision before this one."""
    database = Database(database_url)
    empty_database(database.engine)
    upgrade_schema(database.engine, "0003")
    yield database
    database.close()


def test_the_directory_starts_empty(before: Database) -> None:
    upgrade_schema(before.engine, "0004")
    with before.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM support_service")).scalar() == 0
