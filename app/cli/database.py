"""`flask database`: bring the schema to the newest revision, or say where it stands."""

import click
from flask import current_app
from flask.cli import AppGroup

from app.database.engine import Database
from app.database.schema import newest_revision, stored_revision, upgrade_schema

database = AppGroup("database", help="The schema of the database.")


def _current() -> Database:
    return current_app.extensions["heard"].database  # type: ignore[no-any-return]  # extensions is untyped


@database.command("upgrade")
def upgrade() -> None:
    """Run every revision that is missing."""
    upgrade_schema(_current().engine)
    click.echo(f"The schema is at {newest_revision()}.")


@database.command("check")
def check() -> None:
    """Exit 1 when the schema is not at the newest revision."""
    if stored_revision(_current().engine) != newest_revision():
        raise click.ClickException("The schema is not at the newest revision. Run: flask database upgrade")
    click.echo("The schema is at the newest revision.")
