"""Runs: when each began and ended, and which was cut off."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from brokenlinks.journal.schema import runs
from brokenlinks.plan import CRAWL


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one niche; `resumed` when it continues one that was cut off."""

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
    """Close a run; nothing of it waits any more."""
    connection.execute(
        update(runs).where(runs.c.id == run_id).values(finished_at=now, outcome=outcome)
    )


def record_counts(connection: Connection, run_id: int, counts: RunCounts) -> None:
    """Keep what a run counted, for the history of runs."""
    connection.execute(update(runs).where(runs.c.id == run_id).values(**asdict(counts)))


def language_of(connection: Connection, niche: str) -> str:
    """Return the language of the niche's last crawl that named one, "" for any."""
    return _last_argument(connection, niche, "lang").lower()


def own_site_of(connection: Connection, niche: str) -> str:
    """Return the argument `site` of the niche's last crawl that had one, "" for none."""
    return _last_argument(connection, niche, "site")


def niches(connection: Connection) -> list[str]:
    """Return every niche that was ever crawled."""
    return list(connection.execute(select(runs.c.niche).distinct()).scalars())


def _last_argument(connection: Connection, niche: str, name: str) -> str:
    arguments = connection.execute(
        select(runs.c.arguments)
        .where(runs.c.niche == niche, runs.c.spider == CRAWL)
        .order_by(runs.c.id.desc())
    ).scalars()
    named = (said[name] for text in arguments if name in (said := json.loads(text)))
    return str(next(named, "")).strip()
