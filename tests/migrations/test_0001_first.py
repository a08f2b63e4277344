"""The first revision makes the schema that the models describe, and an audit log that cannot be changed."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.database.engine import Database
from app.database.schema import newest_revision, stored_revision
from models.tables import METADATA
from tests.service.desk import DeskTrust

CLEAR_COLUMNS = set(
    [
        "id",
        "reference",
        "public_key",
        "record_public_key",
        "status",
        "priority",
        "owner",
        "possible_danger",
        "spam_lane",
        "paused",
        "legal_hold",
        "withdrawn",
        "retention_class",
        "version",
        "next_due_on",
        "received_on",
        "screened_on",
        "acknowledged_on",
        "triaged_on",
        "feedback_on",
        "closed_on",
    ]
)


def test_the_upgraded_schema_is_the_one_of_the_models(database_url: str) -> None:
    database = Database(database_url)
    assert stored_revision(database.engine) == newest_revision()
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    database.close()


@pytest.mark.parametrize("change", ["UPDATE audit_event SET leaf = 'x'", "DELETE FROM audit_event"])
def test_audit_events_are_never_changed(trust: DeskTrust, change: str) -> None:
    trust.send()
    with pytest.raises(DBAPIError, match="audit events are never"), trust.public() as work:
        work.connection.execute(text(change))
    assert trust.events("report.received") == 1


def test_a_case_has_the_clear_columns_of_the_decision_and_a_card(database_url: str) -> None:
    assert set(METADATA.tables["case"].c.keys()) == CLEAR_COLUMNS | {"card"}


def test_nothing_a_reporter_causes_has_a_time_column(database_url: str) -> None:
    reporters = ("report", "mailbox", "mailbox_message", "message", "reporter_event", "case", "deadline", "outbox")
    kinds = {str(column.type) for name in reporters for column in METADATA.tables[name].c}
    assert not kinds & {"DATETIME", "TIMESTAMP", "TIME"}
