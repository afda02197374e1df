"""Which spider a run was of, and when a link was last verified before a mail."""

import sqlalchemy as sa
from alembic import op

from brokenlinks.store.schema import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; earlier runs were all of `resources`."""
    spider = sa.Column("spider", sa.String(50), server_default="resources", nullable=False)
    op.add_column("runs", spider)
    op.add_column("links", sa.Column("verified_at", UtcDateTime()))
