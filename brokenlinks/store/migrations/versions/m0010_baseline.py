"""The journal of version 0.2.0, the oldest that is upgraded; new ones are made from the schema."""

revision = "0010"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing: every journal that is upgraded has these tables."""
