"""How many encyclopedia articles link to a target."""

import sqlalchemy as sa
from alembic import op

from brokenlinks.store.schema import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    with op.batch_alter_table("targets") as targets:
        targets.add_column(sa.Column("citations", sa.Integer()))
        targets.add_column(sa.Column("citations_asked_at", UtcDateTime()))
