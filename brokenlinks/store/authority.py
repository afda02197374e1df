"""How registrable domains compare in authority: an input of the ranking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, select

from brokenlinks.models.authority import SOURCE_NAMES, OwnMetric, Source
from brokenlinks.store.database import batched
from brokenlinks.store.ratings import source_state
from brokenlinks.store.schema import authority

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
    asked = table["fetched_at"].notna()
    weight = table["value"].fillna(-np.inf).where(asked)
    rows = list(table.itertuples())
    frame = {
        "domain": names,
        "authority": ((weight.rank() - 0.5) / max(asked.sum(), 1)).to_numpy(),
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
    for part in batched(names):
        # Naming the sources lets the database use the primary key, which begins with the source.
        here = authority.c.source.in_(Source) & authority.c.domain.in_(part)
        query = select(*columns).where(here)
        rows += map(tuple, connection.execute(query))
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
    known = ratings.loc[ratings["value"].notna(), "source"].value_counts()
    if known.empty:
        return Source.COMMON_CRAWL  # its list still shows which domains are not in it
    if known.get(OWN_METRIC, 0) >= MIN_OWN_SHARE * domains:
        return OWN_METRIC
    order = [*SOURCE_PRIORITY, OWN_METRIC]
    return max(order, key=lambda source: (known.get(source, 0), -order.index(source)))


def _fill_absent(connection: Connection, table: pd.DataFrame) -> None:
    """Mark the domains that Common Crawl's stored top rows do not contain."""
    read = source_state(connection, Source.COMMON_CRAWL)
    if read is None or not read.top_rows:
        return
    absent = table["fetched_at"].isna() & (table.index != "")
    table.loc[absent, "position"] = float(read.top_rows)
    table.loc[absent, "release"] = read.release
    table.loc[absent, "fetched_at"] = read.updated_at


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
