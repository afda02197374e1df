"""Links keep the redirector's address that is on the page."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, empty for the links found before."""
    op.add_column("links", sa.Column("seen_as", sa.Text(), nullable=False, server_default=""))
