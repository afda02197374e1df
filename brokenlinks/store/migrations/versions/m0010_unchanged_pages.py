"""What tells whether a page has changed, and the pages it led to."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; pages read before are read once more."""
    with op.batch_alter_table("pages") as pages:
        for name in ("digest", "leads"):
            pages.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
