"""Runs: when each began and ended, and which were interrupted."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update

from brokenlinks.models.run_stats import CRAWL
from brokenlinks.store.schema import runs, workbooks

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one niche; `resumed` if it continues an interrupted one."""

    id: int
    niche: str
    started_at: datetime
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class RunCounts:
    """Resource pages read, targets probed, and how many opportunities the niche had then."""

    pages: int
    probed: int
    confirmed: int
    suspected: int


def begin_run(
    connection: Connection, niche: str, spider: str, arguments: str, now: datetime
) -> Run:
    """Continue the spider's unfinished run of the same command, or begin a new one."""
    unfinished = connection.execute(
        select(runs)
        .where(runs.c.niche == niche, runs.c.spider == spider, runs.c.finished_at.is_(None))
        .order_by(runs.c.id.desc())
    ).first()
    if unfinished is not None and unfinished.arguments == arguments:
        return Run(unfinished.id, niche, unfinished.started_at, resumed=True)
    if unfinished is not None:
        finish_run(connection, unfinished.id, "abandoned", now)
    statement = insert(runs).values(niche=niche, spider=spider, arguments=arguments, started_at=now)
    key = connection.execute(statement).inserted_primary_key
    assert key is not None
    return Run(key[0], niche, now)


def finish_run(connection: Connection, run_id: int, outcome: str, now: datetime) -> None:
    """Mark a run as finished."""
    connection.execute(
        update(runs).where(runs.c.id == run_id).values(finished_at=now, outcome=outcome)
    )


def record_counts(connection: Connection, run_id: int, counts: RunCounts) -> None:
    """Store a run's counts for the history of runs."""
    connection.execute(update(runs).where(runs.c.id == run_id).values(**asdict(counts)))


def language_of(connection: Connection, niche: str) -> str:
    """Return the language the niche was last crawled in, "" for any."""
    latest = next(_arguments(connection, niche), {})
    return str(latest.get("lang", "")).strip().lower()


def own_sites_of(connection: Connection, niche: str) -> list[str]:
    """Return the argument `site` of every crawl of the niche that had one, the latest first."""
    crawls = _arguments(connection, niche)
    return [arguments["site"].strip() for arguments in crawls if "site" in arguments]


def niches(connection: Connection) -> list[str]:
    """Return every niche that was ever crawled."""
    return list(connection.execute(select(runs.c.niche).distinct()).scalars())


def claim_workbook(connection: Connection, path: Path, niche: str) -> str:
    """Note that a niche writes to `path`, unless another does; returns the one that does.

    A workbook that was removed is free again, as is one that was never written.
    """
    here = workbooks.c.path == str(path)
    owner = connection.execute(select(workbooks.c.niche).where(here)).scalar()
    if owner and owner != niche and (path.exists() or _is_unfinished(connection, owner)):
        return str(owner)
    connection.execute(delete(workbooks).where(here))
    connection.execute(insert(workbooks).values(path=str(path), niche=niche))
    return niche


def _is_unfinished(connection: Connection, niche: str) -> bool:
    query = select(runs.c.id).where(runs.c.niche == niche, runs.c.finished_at.is_(None))
    return connection.execute(query).first() is not None


def _arguments(connection: Connection, niche: str) -> Iterator[dict[str, str]]:
    """Yield the arguments of the niche's crawls, the latest first, but damaged ones."""
    rows = connection.execute(
        select(runs.c.arguments)
        .where(runs.c.niche == niche, runs.c.spider == CRAWL, runs.c.arguments != "")
        .order_by(runs.c.id.desc())
    )
    for row in rows:
        try:
            arguments = json.loads(row.arguments)
        except (ValueError, RecursionError) as error:
            logger.warning("Left out the arguments of an earlier run: %s", error)
            continue
        if isinstance(arguments, dict):
            yield arguments
