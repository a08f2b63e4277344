"""The third revision makes what is counted apart from the cases."""

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
    upgrade_schema(database.engine, "0002")
    yield database
    database.close()


@pytest.mark.parametrize("table", ["equality", "counting_score"])
def test_what_is_counted_is_clear_in_its_id_and_its_year_alone(before: Database, table: str) -> None:
    upgrade_schema(before.engine, "0003")
    found = inspect(before.engine)
    assert {column["name"] for column in found.get_columns(table)} == {"id", "financial_year", "sealed"}
    assert found.get_foreign_keys(table) == []


def test_a_year_has_one_key_for_each_use(before: Database) -> None:
    upgrade_schema(before.engine, "0003")
    assert inspect(before.engine).get_pk_constraint("worker_key")["constrained_columns"] == ["financial_year", "use"]
