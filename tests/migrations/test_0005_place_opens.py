"""The fifth revision says what the poster of a place opens."""

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
    upgrade_schema(database.engine, "0004")
    yield database
    database.close()


def test_posters_that_hang_already_go_on_to_open_the_quick_form(before: Database) -> None:
    with before.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO place (id, code, name, site, directorate, staff_count, active)"
                " VALUES (:id, '7KQ4', 'Willow Ward', 'Coast House', 'medicine', 40, :active)"
            ),
            {"id": bytes(16), "active": True},
        )
    upgrade_schema(before.engine, "0005")
    with before.engine.connect() as connection:
        assert connection.execute(text("SELECT code, name, opens FROM place")).one() == ("7KQ4", "Willow Ward", "quick")


def test_places_keep_their_rules(before: Database) -> None:
    upgrade_schema(before.engine, "0005")
    found = inspect(before.engine)
    assert [one["column_names"] for one in found.get_unique_constraints("place")] == [["code"]]
    assert not next(column for column in found.get_columns("place") if column["name"] == "opens")["nullable"]
