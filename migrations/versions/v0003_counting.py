"""What is counted apart from the cases, and the sealed keys of the years."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables of equality answers, scores and yearly keys."""
    for name in ("equality", "counting_score"):
        op.create_table(
            name,
            sa.Column("id", sa.LargeBinary(length=16), nullable=False),
            sa.Column("financial_year", sa.String(length=6), nullable=False),
            sa.Column("sealed", sa.LargeBinary(), nullable=False),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
            sqlite_with_rowid=False,
        )
    op.create_table(
        "worker_key",
        sa.Column("financial_year", sa.String(length=6), nullable=False),
        sa.Column("use", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("financial_year", "use", name=op.f("pk_worker_key")),
        sqlite_with_rowid=False,
    )
