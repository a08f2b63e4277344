"""Alembic's entry: runs the revisions on the connection that the caller hands over."""

from alembic import context

from models.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=False)
with context.begin_transaction():
    context.run_migrations()
