"""Runs share whose turn a site is, and know for how long a robots.txt has failed."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two tables, empty."""
    op.create_table(
        "site_turns",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("holder", sa.String(200), nullable=False),
        sa.Column("held_until", sa.Float(), nullable=False),
        sa.Column("next_start", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("site", name="pk_site_turns"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "robots_failures",
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("origin", name="pk_robots_failures"),
    )
