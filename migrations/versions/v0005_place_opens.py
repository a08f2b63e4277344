"""What the poster of a place opens."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column; the posters that hang already go on to open the quick form."""
    with op.batch_alter_table("place", table_kwargs={"sqlite_with_rowid": False}) as place:
        place.add_column(sa.Column("opens", sa.String(length=40), nullable=True))
    op.execute("UPDATE place SET opens = 'quick'")
    with op.batch_alter_table("place", table_kwargs={"sqlite_with_rowid": False}) as place:
        place.alter_column("opens", existing_type=sa.String(length=40), nullable=False)
