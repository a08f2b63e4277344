"""`flask database`: bring the schema to the newest revision, or say where it stands."""

import click
from flask.cli import AppGroup

from app.database.schema import newest_revision, stored_revision, upgrade_schema
from app.web.context import heard

database = AppGroup("database", help="The schema of the database.")


@database.command("upgrade")
def upgrade() -> None:
    """Run every revision that is missing."""
    upgrade_schema(heard().database.engine)
    click.echo(f"The schema is at {newest_revision()}.")


@database.command("check")
def check() -> None:
    """Exit 1 when the schema is not at the newest revision."""
    if stored_revision(heard().database.engine) != newest_revision():
        raise click.ClickException("The schema is not at the newest revision. Run: flask database upgrade")
    click.echo("The schema is at the newest revision.")
