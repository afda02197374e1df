"""The tables of version 0.2.0, from which journals are upgraded step by step."""

import sqlalchemy as sa
from alembic import op

from brokenlinks.store.schema import UtcDateTime

revision = "0010"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "authority",
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("domain", sa.String(255), nullable=False),
        sa.Column("value", sa.Float()),
        sa.Column("position", sa.Integer()),
        sa.Column("release", sa.Text(), server_default="", nullable=False),
        sa.Column("fetched_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", "domain", name=op.f("pk_authority")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "authority_sources",
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("release", sa.Text(), server_default="", nullable=False),
        sa.Column("rows_wanted", sa.Integer()),
        sa.Column("rows_read", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("rows_skipped", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("top_rows", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("bytes_read", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("bytes_total", sa.BigInteger()),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_authority_sources")),
    )
    op.create_table(
        "contacts",
        sa.Column("site", sa.String(255), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.Column("found_on", sa.Text(), server_default="", nullable=False),
        sa.Column("found_at", UtcDateTime()),
        sa.Column("policy", sa.Text(), server_default="", nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.Column("looked_up_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("site", name=op.f("pk_contacts")),
    )
    op.create_table(
        "domains",
        sa.Column("domain", sa.String(255), nullable=False),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.Column("registered_at", UtcDateTime()),
        sa.Column("expires_at", UtcDateTime()),
        sa.Column("statuses", sa.Text(), server_default="", nullable=False),
        sa.Column("looked_up_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("domain", name=op.f("pk_domains")),
    )
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
        "own_pages",
        sa.Column("site", sa.String(255), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("brief", sa.Text(), server_default="", nullable=False),
        sa.Column("problem", sa.Text(), server_default="", nullable=False),
        sa.Column("fetched_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("site", "url", name=op.f("pk_own_pages")),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("niche", sa.String(200), nullable=False),
        sa.Column("spider", sa.String(50), server_default="resources", nullable=False),
        sa.Column("arguments", sa.Text(), server_default="", nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime()),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.Column("pages", sa.Integer()),
        sa.Column("probed", sa.Integer()),
        sa.Column("confirmed", sa.Integer()),
        sa.Column("suspected", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_index(op.f("ix_runs_niche"), "runs", ["niche"])
    op.create_table(
        "searches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("niche", sa.String(200), nullable=False),
        sa.Column("provider", sa.String(50), nullable=False),
        sa.Column("query", sa.Text(), server_default="", nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.Column("urls", sa.Integer(), server_default="0", nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_searches")),
    )
    op.create_index("ix_searches_asked", "searches", ["niche", "provider", "query"])
    op.create_table(
        "service_turns",
        sa.Column("service", sa.String(100), nullable=False),
        sa.Column("next_free", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("service", name=op.f("pk_service_turns")),
    )
    op.create_table(
        "terms",
        sa.Column("niche", sa.String(200), nullable=False),
        sa.Column("term", sa.String(100), nullable=False),
        sa.Column("source", sa.String(50), nullable=False),
        sa.Column("accepted", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rejected", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("niche", "term", "source", name=op.f("pk_terms")),
    )
    op.create_table(
        "pages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("niche", sa.String(200), nullable=False),
        sa.Column("key", sa.Text(), server_default="", nullable=False),
        sa.Column("url", sa.Text(), server_default="", nullable=False),
        sa.Column("site", sa.Text(), server_default="", nullable=False),
        sa.Column("queued_run", sa.Integer()),
        sa.Column("visited_run", sa.Integer()),
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
        sa.Column("updated", UtcDateTime()),
        sa.Column("outlinks", sa.Integer(), server_default="0", nullable=False),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.Column("leads", sa.Text(), server_default="", nullable=False),
        sa.Column("fetched_at", UtcDateTime()),
        sa.Column("first_seen", UtcDateTime(), nullable=False),
        sa.Column("settled", sa.Boolean(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["queued_run"], ["runs.id"], name=op.f("fk_pages_queued_run")),
        sa.ForeignKeyConstraint(["visited_run"], ["runs.id"], name=op.f("fk_pages_visited_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages")),
        sa.UniqueConstraint("niche", "key", name=op.f("uq_pages_niche")),
    )
    op.create_index(op.f("ix_pages_queued_run"), "pages", ["queued_run"])
    op.create_index("ix_pages_settled", "pages", ["niche", "settled"])
    op.create_index(op.f("ix_pages_visited_run"), "pages", ["visited_run"])
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
        sa.Column("last_checked", UtcDateTime()),
        sa.Column("next_check", UtcDateTime()),
        sa.Column("dead_since", UtcDateTime()),
        sa.Column("confirmed_at", UtcDateTime()),
        sa.Column("recovered_at", UtcDateTime()),
        sa.Column("checks", sa.Integer(), server_default="0", nullable=False),
        sa.Column("checked_run", sa.Integer()),
        sa.Column("archive_outcome", sa.Text(), server_default="", nullable=False),
        sa.Column("archive_url", sa.Text(), server_default="", nullable=False),
        sa.Column("archive_mime", sa.Text(), server_default="", nullable=False),
        sa.Column("archive_detail", sa.Text(), server_default="", nullable=False),
        sa.Column("archive_captured_at", UtcDateTime()),
        sa.Column("archive_title", sa.Text(), server_default="", nullable=False),
        sa.Column("archive_h1", sa.Text(), server_default="", nullable=False),
        sa.Column("archive_language", sa.Text(), server_default="", nullable=False),
        sa.Column("archive_words", sa.Integer(), server_default="0", nullable=False),
        sa.Column("archive_gone_after", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("archive_site_lately", sa.Boolean()),
        sa.Column("archive_looked_up_at", UtcDateTime()),
        sa.Column("archive_brief", sa.Text(), server_default="", nullable=False),
        sa.Column("archive_redirect", sa.Text(), server_default="", nullable=False),
        sa.Column("moved_to", sa.Text(), server_default="", nullable=False),
        sa.Column("moved_detail", sa.Text(), server_default="", nullable=False),
        sa.Column("citations", sa.Integer()),
        sa.Column("citations_asked_at", UtcDateTime()),
        sa.ForeignKeyConstraint(["checked_run"], ["runs.id"], name=op.f("fk_targets_checked_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_targets")),
        sa.UniqueConstraint("key", name=op.f("uq_targets_key")),
    )
    op.create_index(op.f("ix_targets_checked_run"), "targets", ["checked_run"])
    op.create_index("ix_targets_final_url", "targets", ["final_url"])
    op.create_index("ix_targets_verdict", "targets", ["verdict"])
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
        sa.Column("gone_at", UtcDateTime()),
        sa.Column("verified_at", UtcDateTime()),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_links_page_id")),
        sa.ForeignKeyConstraint(["target_id"], ["targets.id"], name=op.f("fk_links_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
        sa.UniqueConstraint("page_id", "target_id", name=op.f("uq_links_page_id")),
    )
    op.create_index(op.f("ix_links_target_id"), "links", ["target_id"])
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
    op.create_index(op.f("ix_observations_target_id"), "observations", ["target_id"])
