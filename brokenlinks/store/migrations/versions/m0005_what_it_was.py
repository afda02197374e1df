"""What dead pages were, where they moved, and the person's own pages."""

import sqlalchemy as sa
from alembic import op

from brokenlinks.store.schema import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns to targets, and the table of own pages."""
    with op.batch_alter_table("targets") as targets:
        for name in ("archive_brief", "archive_redirect", "moved_to", "moved_detail"):
            targets.add_column(sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.create_table(
        "own_pages",
        sa.Column("site", sa.String(255), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("brief", sa.Text(), server_default="", nullable=False),
        sa.Column("problem", sa.Text(), server_default="", nullable=False),
        sa.Column("fetched_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("site", "url", name=op.f("pk_own_pages")),
    )
