"""Ratings from the sources of authority, and how far each source was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select

from brokenlinks.models.authority import Rating, Source
from brokenlinks.store.database import MAX_VALUES_PER_QUERY, batched
from brokenlinks.store.schema import authority, authority_sources, pages, targets
from brokenlinks.text.urls import host_of, registrable_domain

RATINGS_MAX_AGE = timedelta(days=30)
"""Services update their ratings about monthly, and every request counts against a quota."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """How far a source was read.

    Of a list, the first `top_rows` rows are all stored. `rows_wanted` is None where the whole
    list is read for the domains of the journal. `bytes_total` is None while it is unknown.
    """

    source: Source
    release: str
    rows_wanted: int | None
    started_at: datetime
    updated_at: datetime
    rows_read: int = 0
    rows_skipped: int = 0
    top_rows: int = 0
    bytes_read: int = 0
    bytes_total: int | None = None
    finished_at: datetime | None = None


def source_state(connection: Connection, source: Source) -> SourceState | None:
    """Return how far a source was read, None when it never was."""
    query = select(authority_sources).where(authority_sources.c.source == source)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return SourceState(**{**row._mapping, "source": source})  # noqa: SLF001 - its public name


def record_source_state(connection: Connection, state: SourceState) -> None:
    """Store how far a source was read."""
    here = authority_sources.c.source == state.source
    connection.execute(delete(authority_sources).where(here))
    values = {column.name: getattr(state, column.name) for column in authority_sources.c}
    connection.execute(insert(authority_sources).values(values))


def record_ratings(
    connection: Connection, ratings: Mapping[str, Rating], state: SourceState
) -> None:
    """Store a source's ratings of a few thousand domains at most, and how far it was read."""
    if ratings:
        here = (authority.c.source == state.source) & authority.c.domain.in_(ratings)
        connection.execute(delete(authority).where(here))
        connection.execute(
            insert(authority),
            [
                {
                    "source": state.source,
                    "domain": domain,
                    "value": rating.value,
                    "position": rating.position,
                    "release": state.release,
                    "fetched_at": state.updated_at,
                }
                for domain, rating in ratings.items()
            ],
        )
    record_source_state(connection, state)


def finish_source(connection: Connection, state: SourceState, missing: Iterable[str]) -> None:
    """Finish a list: record the domains that are not in it, delete ratings of earlier releases."""
    absent = dict.fromkeys(missing, Rating(position=state.rows_read))
    for names in batched(sorted(absent)):
        record_ratings(connection, {name: absent[name] for name in names}, state)
    outdated = (authority.c.source == state.source) & (authority.c.release != state.release)
    connection.execute(delete(authority).where(outdated))
    record_source_state(connection, replace(state, finished_at=state.updated_at))


def known_domains(connection: Connection) -> set[str]:
    """Return the registrable domains of all pages and targets."""
    urls = select(pages.c.url).union_all(select(targets.c.url))
    found = connection.execute(urls.execution_options(yield_per=MAX_VALUES_PER_QUERY)).scalars()
    return {registrable_domain(host_of(url)) for url in found} - {""}


def rated_domains(
    connection: Connection, source: Source, *, release: str = "", since: datetime | None = None
) -> set[str]:
    """Return the domains that a source has rated, in a release or since a moment."""
    query = select(authority.c.domain).where(
        authority.c.source == source, authority.c.release == release
    )
    if since is not None:
        query = query.where(authority.c.fetched_at >= since)
    return set(connection.execute(query).scalars())


def domains_due(connection: Connection, source: Source, now: datetime, limit: int) -> list[str]:
    """Return up to `limit` linking domains without a rating of the last month.

    Domains with the most relevant pages come first.
    """
    relevance = func.max(pages.c.relevance)
    query = (
        select(pages.c.url, relevance)
        .where(pages.c.status == "accepted")
        .group_by(pages.c.url)
        .order_by(relevance.desc(), pages.c.url)
    )
    asked = rated_domains(connection, source, since=now - RATINGS_MAX_AGE)
    linking = dict.fromkeys(
        registrable_domain(host_of(url)) for url in connection.execute(query).scalars()
    )
    return [domain for domain in linking if domain and domain not in asked][:limit]
