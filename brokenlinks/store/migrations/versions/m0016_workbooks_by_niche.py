"""Which niche writes to which workbook."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; each niche notes its workbook with its next run."""
    op.create_table(
        "workbooks",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("niche", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("path", name="pk_workbooks"),
    )
