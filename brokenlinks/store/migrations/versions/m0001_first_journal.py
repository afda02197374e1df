"""The first journal."""

import sqlalchemy as sa
from alembic import op

from brokenlinks.store.schema import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "notes",
        sa.Column("niche", sa.String(200), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("header", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("niche", "sheet", "key", "header", name=op.f("pk_notes")),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("niche", sa.String(200), nullable=False),
        sa.Column("arguments", sa.Text(), server_default="", nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_index(op.f("ix_runs_niche"), "runs", ["niche"], unique=False)
    op.create_table(
        "service_turns",
        sa.Column("service", sa.String(100), nullable=False),
        sa.Column("next_free", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("service", name=op.f("pk_service_turns")),
    )
    op.create_table(
        "pages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("niche", sa.String(200), nullable=False),
        sa.Column("key", sa.Text(), server_default="", nullable=False),
        sa.Column("url", sa.Text(), server_default="", nullable=False),
        sa.Column("site", sa.Text(), server_default="", nullable=False),
        sa.Column("queued_run", sa.Integer(), nullable=True),
        sa.Column("visited_run", sa.Integer(), nullable=True),
        sa.Column("depth", sa.Integer(), server_default="0", nullable=False),
        sa.Column("hint", sa.Float(), server_default="0", nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("status", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.Column("named", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("relevance", sa.Float(), server_default="0", nullable=False),
        sa.Column("matched", sa.Text(), server_default="", nullable=False),
        sa.Column("resource_score", sa.Float(), server_default="0", nullable=False),
        sa.Column("updated", UtcDateTime(), nullable=True),
        sa.Column("outlinks", sa.Integer(), server_default="0", nullable=False),
        sa.Column("fetched_at", UtcDateTime(), nullable=True),
        sa.Column("first_seen", UtcDateTime(), nullable=False),
        sa.Column("settled", sa.Boolean(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["queued_run"], ["runs.id"], name=op.f("fk_pages_queued_run")),
        sa.ForeignKeyConstraint(["visited_run"], ["runs.id"], name=op.f("fk_pages_visited_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages")),
        sa.UniqueConstraint("niche", "key", name=op.f("uq_pages_niche")),
    )
    op.create_index(op.f("ix_pages_queued_run"), "pages", ["queued_run"], unique=False)
    op.create_index("ix_pages_settled", "pages", ["niche", "settled"], unique=False)
    op.create_index(op.f("ix_pages_visited_run"), "pages", ["visited_run"], unique=False)
    op.create_table(
        "targets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), server_default="", nullable=False),
        sa.Column("site", sa.Text(), server_default="", nullable=False),
        sa.Column("verdict", sa.Text(), server_default="", nullable=False),
        sa.Column("stage", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("confidence", sa.Text(), server_default="", nullable=False),
        sa.Column("rule", sa.Text(), server_default="", nullable=False),
        sa.Column("sentence", sa.Text(), server_default="", nullable=False),
        sa.Column("final_url", sa.Text(), server_default="", nullable=False),
        sa.Column("first_seen", UtcDateTime(), nullable=False),
        sa.Column("last_checked", UtcDateTime(), nullable=True),
        sa.Column("next_check", UtcDateTime(), nullable=True),
        sa.Column("dead_since", UtcDateTime(), nullable=True),
        sa.Column("checks", sa.Integer(), server_default="0", nullable=False),
        sa.Column("checked_run", sa.Integer(), nullable=True),
        sa.Column("archive_outcome", sa.Text(), server_default="", nullable=False),
        sa.Column("archive_url", sa.Text(), server_default="", nullable=False),
        sa.Column("archive_mime", sa.Text(), server_default="", nullable=False),
        sa.Column("archive_detail", sa.Text(), server_default="", nullable=False),
        sa.Column("archive_captured_at", UtcDateTime(), nullable=True),
        sa.Column("archive_gone_after", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("archive_site_lately", sa.Boolean(), nullable=True),
        sa.Column("archive_looked_up_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["checked_run"], ["runs.id"], name=op.f("fk_targets_checked_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_targets")),
        sa.UniqueConstraint("key", name=op.f("uq_targets_key")),
    )
    op.create_index(op.f("ix_targets_checked_run"), "targets", ["checked_run"], unique=False)
    op.create_index("ix_targets_verdict", "targets", ["verdict"], unique=False)
    op.create_table(
        "links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), server_default="", nullable=False),
        sa.Column("anchor", sa.Text(), server_default="", nullable=False),
        sa.Column("context", sa.Text(), server_default="", nullable=False),
        sa.Column("heading", sa.Text(), server_default="", nullable=False),
        sa.Column("placement", sa.Text(), server_default="", nullable=False),
        sa.Column("rel", sa.Text(), server_default="", nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("first_seen", UtcDateTime(), nullable=False),
        sa.Column("gone_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_links_page_id")),
        sa.ForeignKeyConstraint(["target_id"], ["targets.id"], name=op.f("fk_links_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
        sa.UniqueConstraint("page_id", "target_id", name=op.f("uq_links_page_id")),
    )
    op.create_index(op.f("ix_links_target_id"), "links", ["target_id"], unique=False)
    op.create_table(
        "observations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("checked_at", UtcDateTime(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["target_id"], ["targets.id"], name=op.f("fk_observations_target_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observations")),
    )
    op.create_index(op.f("ix_observations_target_id"), "observations", ["target_id"], unique=False)
