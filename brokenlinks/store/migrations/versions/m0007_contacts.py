"""Whom to write to on a linking site."""

import sqlalchemy as sa
from alembic import op

from brokenlinks.store.schema import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of contacts."""
    op.create_table(
        "contacts",
        sa.Column("site", sa.String(255), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.Column("found_on", sa.Text(), server_default="", nullable=False),
        sa.Column("found_at", UtcDateTime()),
        sa.Column("policy", sa.Text(), server_default="", nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.Column("looked_up_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("site", name=op.f("pk_contacts")),
    )
