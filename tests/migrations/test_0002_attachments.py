"""The second revision makes the table of attachments."""

from collections.abc import Iterator

import pytest
from sqlalchemy import inspect

from app.database.engine import Database
from app.database.schema import empty_database, upgrade_schema


@pytest.fixture
def before(database_url: str) -> Iterator[Database]:
    """A database at the revision before this one."""
    database = Database(database_url)
    empty_database(database.engine)
    upgrade_schema(database.engine, "0001")
    yield database
    database.close()


def test_attachments_get_a_table_with_nothing_in_clear_but_the_case(before: Database) -> None:
    upgrade_schema(before.engine, "0002")
    columns = {column["name"] for column in inspect(before.engine).get_columns("attachment")}
    assert columns == {"id", "case_id", "sealed"}
