"""What the archived page was, when a target came back, what the registry says of a domain."""

import sqlalchemy as sa
from alembic import op

from brokenlinks.store.schema import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table of domains."""
    for name in ("archive_title", "archive_h1", "archive_language"):
        op.add_column("targets", sa.Column(name, sa.Text(), server_default="", nullable=False))
    words = sa.Column("archive_words", sa.Integer(), server_default="0", nullable=False)
    op.add_column("targets", words)
    op.add_column("targets", sa.Column("recovered_at", UtcDateTime()))
    op.create_index("ix_targets_final_url", "targets", ["final_url"])
    op.create_table(
        "domains",
        sa.Column("domain", sa.String(255), nullable=False),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.Column("registered_at", UtcDateTime()),
        sa.Column("expires_at", UtcDateTime()),
        sa.Column("statuses", sa.Text(), server_default="", nullable=False),
        sa.Column("looked_up_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("domain", name=op.f("pk_domains")),
    )
