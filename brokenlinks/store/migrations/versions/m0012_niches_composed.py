"""A niche is stored in one form, however its accents were typed."""

import sqlalchemy as sa
from alembic import op

from brokenlinks.text.normalize import caseless

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES = ("runs", "pages", "searches", "terms", "notes")


def upgrade() -> None:
    """Rename niches in another form, where none has the name yet."""
    connection = op.get_bind()
    runs = sa.table("runs", sa.column("niche", sa.String(200)))
    known = set(connection.execute(sa.select(runs.c.niche).distinct()).scalars())
    for old in sorted(known):
        new = " ".join(caseless(old).split())
        if new in known:
            continue
        known.add(new)
        for name in TABLES:
            table = sa.table(name, sa.column("niche", sa.String(200)))
            op.execute(table.update().where(table.c.niche == old).values(niche=new))
