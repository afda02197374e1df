"""How registrable domains compare in authority: the sources' ratings, an input of the ranking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, delete, func, insert, select

from brokenlinks.models.lookups import SOURCE_NAMES, OwnMetric, Rating, Source
from brokenlinks.store.database import MAX_VALUES_PER_QUERY, batched, rows_in_batches
from brokenlinks.store.schema import authority, authority_sources, pages, targets
from brokenlinks.text.urls import host_of, registrable_domain

RATINGS_MAX_AGE = timedelta(days=30)
"""Services update their ratings about monthly, and every request counts against a quota."""
KNOWN, NOT_LOOKED_UP = "known", "not looked up"
OWN_METRIC = "own_csv"
MIN_OWN_SHARE = 0.5
"""Share of the domains that the user's CSV must rate to be preferred to a source that rates more.

The user chose it on purpose, but below half of the list most rows would have no authority.
"""
SOURCE_PRIORITY = (Source.AHREFS, Source.OPEN_PAGERANK, Source.COMMON_CRAWL)
"""Which source wins when several rate as many domains: the user got a key for the first two."""
COLUMNS = ["domain", "authority", "authority_source", "authority_state"]
_RATING_COLUMNS = ["source", "domain", "value", "position", "release", "fetched_at"]


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
    return SourceState(**row._asdict() | {"source": source})


def record_source_state(connection: Connection, state: SourceState) -> None:
    """Store how far a source was read."""
    here = authority_sources.c.source == state.source
    connection.execute(delete(authority_sources).where(here))
    connection.execute(insert(authority_sources).values(asdict(state)))


def record_ratings(
    connection: Connection, ratings: Mapping[str, Rating], state: SourceState
) -> None:
    """Store a source's ratings of a few thousand domains at most, and how far it was read."""
    if ratings:
        of_source = delete(authority).where(authority.c.source == state.source)
        for names in batched(ratings):
            connection.execute(of_source.where(authority.c.domain.in_(names)))
        source, release, now = state.source, state.release, state.updated_at
        common = {"source": source, "release": release, "fetched_at": now}
        connection.execute(
            insert(authority),
            [asdict(rating) | {"domain": domain, **common} for domain, rating in ratings.items()],
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
    rows = connection.execute(urls.execution_options(yield_per=MAX_VALUES_PER_QUERY)).scalars()
    return {registrable_domain(host_of(url)) for url in rows} - {""}


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
    recently_rated = rated_domains(connection, source, since=now - RATINGS_MAX_AGE)
    linking = dict.fromkeys(
        registrable_domain(host_of(url)) for url in connection.execute(query).scalars()
    )
    return [domain for domain in linking if domain and domain not in recently_rated][:limit]


def authority_frame(
    connection: Connection, domains: Iterable[str], own: OwnMetric | None = None
) -> pd.DataFrame:
    """Return one row per distinct registrable domain, in their order, with these columns.

    - `authority`: 0 to 1, the share of the given domains that rate lower (equal ones count half).
      It is a percentile within the run, whatever the source's scale.
    - `authority_source`: the source and its date, "" where none was asked.
    - `authority_state`: "known"; "not in the top 1,000,000" (or "not in its list", where the
      source has no such number): looked up and not found, so below every known one; "not looked
      up": `authority` is NaN.

    One source is chosen for the whole run, because scales cannot be mixed: a Domain Rating of 40
    and a rank of 40,000 do not compare. It is the source that rates most of the domains, so that
    the fewest are left without a value, or the user's own CSV if it rates half of them.
    """
    names = list(dict.fromkeys(domains))
    ratings = _all_ratings(connection, names, own)
    chosen = _choose_source(ratings, len(names))
    table = ratings[ratings["source"] == chosen].set_index("domain").reindex(names)
    if chosen == Source.COMMON_CRAWL:
        _fill_absent(connection, table)
    looked_up = table["fetched_at"].notna()
    weight = table["value"].fillna(-np.inf).where(looked_up)
    rows = list(table.itertuples())
    frame = {
        "domain": names,
        "authority": ((weight.rank() - 0.5) / max(looked_up.sum(), 1)).to_numpy(),
        "authority_source": [_source(row, chosen, own) for row in rows],
        "authority_state": [_state(row) for row in rows],
    }
    return pd.DataFrame(frame, columns=COLUMNS)


def _all_ratings(
    connection: Connection, names: Sequence[str], own: OwnMetric | None
) -> pd.DataFrame:
    """Return every source's ratings of the domains; higher is better in each."""
    rows: list[tuple[object, ...]] = []
    columns = [authority.c[name] for name in _RATING_COLUMNS]
    # Naming the sources lets the database use the primary key, which begins with the source.
    query = select(*columns).where(authority.c.source.in_(Source))
    rows += map(tuple, rows_in_batches(connection, query, authority.c.domain, names))
    if own is not None:
        sign = -1.0 if own.lower_is_better else 1.0
        rows += [
            (OWN_METRIC, name, sign * own.by_domain[name], None, "", own.written_at)
            for name in names
            if name in own.by_domain
        ]
    frame = pd.DataFrame(rows, columns=_RATING_COLUMNS)
    frame["fetched_at"] = pd.to_datetime(frame["fetched_at"], utc=True)
    return frame.astype({"value": float, "position": float})


def _choose_source(ratings: pd.DataFrame, domains: int) -> str:
    """Return the source that rates the run's domains."""
    rated = ratings.loc[ratings["value"].notna(), "source"].value_counts()
    if rated.empty:
        return Source.COMMON_CRAWL  # its list still shows which domains are not in it
    if rated.get(OWN_METRIC, 0) >= MIN_OWN_SHARE * domains:
        return OWN_METRIC
    order = [*SOURCE_PRIORITY, OWN_METRIC]
    return max(order, key=lambda source: (rated.get(source, 0), -order.index(source)))


def _fill_absent(connection: Connection, table: pd.DataFrame) -> None:
    """Mark the domains that Common Crawl's stored top rows do not contain."""
    state = source_state(connection, Source.COMMON_CRAWL)
    if state is None or not state.top_rows:
        return
    absent = table["fetched_at"].isna() & (table.index != "")
    table.loc[absent, "position"] = float(state.top_rows)
    table.loc[absent, "release"] = state.release
    table.loc[absent, "fetched_at"] = state.updated_at


def _source(row: Any, chosen: str, own: OwnMetric | None) -> str:
    if pd.isna(row.fetched_at):
        return ""
    if chosen == OWN_METRIC and own is not None:
        return f"own CSV column {own.column}, {own.file}"
    parts = (SOURCE_NAMES[Source(chosen)], row.release, f"{row.fetched_at:%Y-%m-%d}")
    return ", ".join(part for part in parts if part)


def _state(row: Any) -> str:
    if pd.isna(row.fetched_at):
        return NOT_LOOKED_UP
    if not pd.isna(row.value):
        return KNOWN
    return "not in its list" if pd.isna(row.position) else f"not in the top {int(row.position):,}"
