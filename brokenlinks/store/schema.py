"""The journal's tables: new journals are made from them.

A change here needs a migration for older ones (a test compares the two).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Text,
    UniqueConstraint,
    select,
)
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """Moments in UTC, aware in Python and naive in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Store as naive UTC."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return as aware UTC."""
        return None if value is None else value.replace(tzinfo=UTC)

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], datetime | None] | None:
        """Read a moment; a text that is none, in a damaged file, is unknown."""
        read = super().result_processor(dialect, coltype)
        if read is None:
            return None

        def read_or_none(value: Any) -> datetime | None:
            try:
                return read(value)
            except (ValueError, TypeError):
                return None

        return read_or_none


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, default="", server_default="")


runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("niche", String(200), nullable=False, index=True),
    Column("spider", String(50), nullable=False, server_default="resources"),
    _text("arguments"),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    _text("outcome"),
    Column("pages", Integer),
    Column("probed", Integer),
    Column("confirmed", Integer),
    Column("suspected", Integer),
)

# Which niche writes to which workbook, by its path.
workbooks = Table(
    "workbooks",
    metadata,
    Column("path", Text, primary_key=True),
    Column("niche", String(200), nullable=False),
)

# A queued page has the run it waits in; the other columns describe its last visit.
pages = Table(
    "pages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("niche", String(200), nullable=False),
    _text("key"),
    _text("url"),
    _text("site"),
    Column("queued_run", Integer, ForeignKey("runs.id"), index=True),
    Column("visited_run", Integer, ForeignKey("runs.id"), index=True),
    Column("depth", Integer, nullable=False, default=0, server_default="0"),
    Column("hint", Float, nullable=False, default=0.0, server_default="0"),
    _text("kind"),
    _text("status"),
    _text("reason"),
    _text("detail"),
    Column("named", Boolean, nullable=False, default=False, server_default="0"),
    _text("title"),
    _text("language"),
    Column("relevance", Float, nullable=False, default=0.0, server_default="0"),
    _text("matched"),
    Column("resource_score", Float, nullable=False, default=0.0, server_default="0"),
    Column("updated", UtcDateTime),
    Column("outlinks", Integer, nullable=False, default=0, server_default="0"),
    _text("digest"),
    _text("leads"),
    Column("fetched_at", UtcDateTime),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("settled", Boolean, nullable=False, default=True, server_default="1"),
    UniqueConstraint("niche", "key"),
    Index("ix_pages_settled", "niche", "settled"),
)

targets = Table(
    "targets",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    _text("url"),
    _text("site"),
    _text("verdict"),
    _text("stage"),
    _text("reason"),
    _text("confidence"),
    _text("rule"),
    _text("sentence"),
    _text("final_url"),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("last_checked", UtcDateTime),
    Column("next_check", UtcDateTime),
    Column("dead_since", UtcDateTime),
    Column("confirmed_at", UtcDateTime),
    Column("recovered_at", UtcDateTime),
    Column("checks", Integer, nullable=False, default=0, server_default="0"),
    Column("checked_run", Integer, ForeignKey("runs.id"), index=True),
    _text("archive_outcome"),
    _text("archive_url"),
    _text("archive_mime"),
    _text("archive_detail"),
    Column("archive_captured_at", UtcDateTime),
    _text("archive_title"),
    _text("archive_h1"),
    _text("archive_language"),
    Column("archive_words", Integer, nullable=False, default=0, server_default="0"),
    Column("archive_gone_after", Boolean, nullable=False, default=False, server_default="0"),
    Column("archive_site_lately", Boolean),
    Column("archive_looked_up_at", UtcDateTime),
    _text("archive_brief"),
    _text("archive_redirect"),
    _text("moved_to"),
    _text("moved_detail"),
    Column("citations", Integer),
    Column("citations_asked_at", UtcDateTime),
    Index("ix_targets_verdict", "verdict"),
    Index("ix_targets_final_url", "final_url"),
)

links = Table(
    "links",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("page_id", Integer, ForeignKey("pages.id"), nullable=False),
    Column("target_id", Integer, ForeignKey("targets.id"), nullable=False, index=True),
    _text("url"),
    _text("anchor"),
    _text("context"),
    _text("heading"),
    _text("placement"),
    _text("rel"),
    Column("position", Integer, nullable=False),
    _text("seen_as"),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("gone_at", UtcDateTime),
    Column("verified_at", UtcDateTime),
    UniqueConstraint("page_id", "target_id"),
)

LINKED = pages.join(links).join(targets)
"""Pages with their links, and the links with their targets."""
IN_USE = (pages.c.status == "accepted", links.c.gone_at.is_(None))
"""Links that are on a resource page today."""


def select_links(niche: str, *columns: ColumnElement[Any]) -> Select[Any]:
    """Select columns of `LINKED` for the links that are on a resource page of the niche today."""
    return select(*columns).select_from(LINKED).where(pages.c.niche == niche, *IN_USE)


observations = Table(
    "observations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("target_id", Integer, ForeignKey("targets.id"), nullable=False, index=True),
    Column("checked_at", UtcDateTime, nullable=False),
    Column("evidence", Text, nullable=False),
)

# The registry's answer about a registrable domain.
domains = Table(
    "domains",
    metadata,
    Column("domain", String(255), primary_key=True),
    _text("outcome"),
    _text("detail"),
    Column("registered_at", UtcDateTime),
    Column("expires_at", UtcDateTime),
    _text("statuses"),
    Column("looked_up_at", UtcDateTime, nullable=False),
)

# Ratings of registrable domains, each source in its own scale (higher is better). A domain that
# was not found has no value; its position is the length of the list that was searched.
authority = Table(
    "authority",
    metadata,
    Column("source", String(20), primary_key=True),
    Column("domain", String(255), primary_key=True),
    Column("value", Float),
    Column("position", Integer),
    _text("release"),
    Column("fetched_at", UtcDateTime, nullable=False),
    sqlite_with_rowid=False,  # a million short rows: half the size
)

# How far each of these sources was read. The first `top_rows` rows of a list are all stored.
# Without `rows_wanted` the whole list is read, and rows of domains in the journal are kept.
authority_sources = Table(
    "authority_sources",
    metadata,
    Column("source", String(20), primary_key=True),
    _text("release"),
    Column("rows_wanted", Integer),
    Column("rows_read", BigInteger, nullable=False, default=0, server_default="0"),
    Column("rows_skipped", BigInteger, nullable=False, default=0, server_default="0"),
    Column("top_rows", BigInteger, nullable=False, default=0, server_default="0"),
    Column("bytes_read", BigInteger, nullable=False, default=0, server_default="0"),
    Column("bytes_total", BigInteger),
    Column("started_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
)

# Pages of the user's own sites, to offer in place of dead ones.
own_pages = Table(
    "own_pages",
    metadata,
    Column("site", String(255), primary_key=True),
    Column("url", Text, primary_key=True),
    _text("title"),
    _text("description"),
    _text("brief"),
    _text("problem"),
    Column("fetched_at", UtcDateTime, nullable=False),
)

# The contact of a linking site; `found_on` is the page it was found on.
contacts = Table(
    "contacts",
    metadata,
    Column("site", String(255), primary_key=True),
    _text("kind"),
    _text("value"),
    _text("found_on"),
    Column("found_at", UtcDateTime),
    _text("policy"),
    _text("detail"),
    Column("looked_up_at", UtcDateTime, nullable=False),
)

# When each outside service is free for the next request, and when that was booked (seconds since
# 1970), for all processes.
service_turns = Table(
    "service_turns",
    metadata,
    Column("service", String(100), primary_key=True),
    Column("next_free", Float, nullable=False),
    Column("booked_at", Float, nullable=False, server_default="0"),
)

# Which run may ask a site, until when, and when the next request may start (seconds since 1970).
# Addresses have rows of their own, which no run holds.
site_turns = Table(
    "site_turns",
    metadata,
    Column("site", Text, primary_key=True),
    Column("holder", String(200), nullable=False),
    Column("held_until", Float, nullable=False),
    Column("next_start", Float, nullable=False),
    sqlite_with_rowid=False,
)

# Since when the robots.txt of an origin has been a server error.
robots_failures = Table(
    "robots_failures",
    metadata,
    Column("origin", Text, primary_key=True),
    Column("since", UtcDateTime, nullable=False),
)

# Queries to search providers.
searches = Table(
    "searches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("niche", String(200), nullable=False),
    Column("provider", String(50), nullable=False),
    _text("query"),
    Column("asked_at", UtcDateTime, nullable=False),
    _text("outcome"),
    Column("urls", Integer, nullable=False, default=0, server_default="0"),
    _text("detail"),
    Index("ix_searches_asked", "niche", "provider", "query"),
)

# Words that belong to a niche: shared by Wikipedia's articles, or found on pages of the niche.
terms = Table(
    "terms",
    metadata,
    Column("niche", String(200), primary_key=True),
    Column("term", String(100), primary_key=True),
    Column("source", String(50), primary_key=True),
    Column("accepted", Integer, nullable=False, default=0, server_default="0"),
    Column("rejected", Integer, nullable=False, default=0, server_default="0"),
)

# What the user wrote in the workbook, so that nothing is lost with the file.
notes = Table(
    "notes",
    metadata,
    Column("niche", String(200), primary_key=True),
    Column("sheet", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("header", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
