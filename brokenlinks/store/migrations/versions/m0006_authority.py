"""How much domains weigh, and how far each source that says so was read."""

import sqlalchemy as sa
from alembic import op

from brokenlinks.store.schema import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "authority",
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("domain", sa.String(255), nullable=False),
        sa.Column("value", sa.Float()),
        sa.Column("position", sa.Integer()),
        sa.Column("release", sa.Text(), server_default="", nullable=False),
        sa.Column("fetched_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", "domain", name=op.f("pk_authority")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "authority_sources",
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("release", sa.Text(), server_default="", nullable=False),
        sa.Column("rows_wanted", sa.Integer()),
        sa.Column("rows_read", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("rows_skipped", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("top_rows", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("bytes_read", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("bytes_total", sa.BigInteger()),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_authority_sources")),
    )
