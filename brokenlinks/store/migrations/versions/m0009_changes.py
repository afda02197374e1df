"""When a dead target was confirmed, and what each run counted."""

import sqlalchemy as sa
from alembic import op

from brokenlinks.store.schema import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what was confirmed before is no news."""
    with op.batch_alter_table("targets") as targets:
        targets.add_column(sa.Column("confirmed_at", UtcDateTime()))
    with op.batch_alter_table("runs") as runs:
        for name in ("pages", "probed", "confirmed", "suspected"):
            runs.add_column(sa.Column(name, sa.Integer()))
    op.execute("UPDATE targets SET confirmed_at = last_checked WHERE stage = 'confirmed'")
