"""Reasons are stored under names that say what happened."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NAMES = {
    "canary": "own_network_down",
    "gate": "login_redirect",
    "bot_wall": "bot_protection",
}


def upgrade() -> None:
    """Rename the reason of every stored verdict."""
    targets = sa.table("targets", sa.column("reason", sa.Text()))
    for old, new in NAMES.items():
        op.execute(targets.update().where(targets.c.reason == old).values(reason=new))
