"""Slots of services keep when they were booked, in case the clock is set back."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, and free all slots: no pause outlasts an upgrade by much."""
    booked_at = sa.Column("booked_at", sa.Float(), nullable=False, server_default="0")
    op.add_column("service_turns", booked_at)
    op.execute("UPDATE service_turns SET next_free = 0")
