"""What is waiting: pages to read, targets due for a check, rows to verify before a mail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, or_, select, true, update

from brokenlinks.models.evidence import SkipReason
from brokenlinks.models.page import Candidate, ResourcePage
from brokenlinks.models.verdict import Verdict
from brokenlinks.store.database import batched, rows_in_batches
from brokenlinks.store.pages import load_page
from brokenlinks.store.runs import Run
from brokenlinks.store.schema import links, pages, select_links, targets
from brokenlinks.text.urls import site_of


def queue_pages(
    connection: Connection, run: Run, candidates: Sequence[Candidate], now: datetime
) -> None:
    """Queue candidates in this run, new ones and those known from earlier runs."""
    query = select(pages.c.key, pages.c.id).where(pages.c.niche == run.niche)
    keys = [candidate.key for candidate in candidates]
    ids = {row.key: row.id for row in rows_in_batches(connection, query, pages.c.key, keys)}
    for candidate in candidates:
        values = asdict(candidate) | {"site": site_of(candidate.url), "queued_run": run.id}
        if candidate.key in ids:
            here = pages.c.id == ids[candidate.key]
            connection.execute(update(pages).where(here).values(values))
        else:
            connection.execute(insert(pages).values(niche=run.niche, first_seen=now, **values))


def pending_pages(connection: Connection, run: Run) -> list[Candidate]:
    """Return the pages this run has yet to read, the most promising first."""
    query = select(pages).where(pages.c.queued_run == run.id)
    rows = connection.execute(query.order_by(pages.c.hint.desc(), pages.c.id))
    return [_candidate(row) for row in rows]


def pages_of_run(connection: Connection, run: Run) -> list[Candidate]:
    """Return every page this run has queued or read."""
    query = select(pages).where(or_(pages.c.queued_run == run.id, pages.c.visited_run == run.id))
    return [_candidate(row) for row in connection.execute(query)]


def known_resource_pages(connection: Connection, niche: str) -> list[Candidate]:
    """Return the resource pages of earlier runs, the most relevant first, to be read again."""
    query = select(pages).where(pages.c.niche == niche, pages.c.status == "accepted")
    rows = connection.execute(query.order_by(pages.c.relevance.desc(), pages.c.id))
    return [replace(_candidate(row), kind="known", depth=0, hint=row.relevance) for row in rows]


def pages_with_due_links(connection: Connection, niche: str, now: datetime) -> list[int]:
    """Return the ids of pages with due targets, pages with suspected targets first.

    Each due target counts on one page, the one with the smallest id.
    """
    suspects = func.count(targets.c.dead_since)
    first = (
        select_links(niche, func.min(pages.c.id).label("page_id"), targets.c.id.label("target_id"))
        .where(_due(now))
        .group_by(targets.c.id)
        .subquery()
    )
    query = (
        select(first.c.page_id)
        .join(targets, targets.c.id == first.c.target_id)
        .group_by(first.c.page_id)
        .order_by(suspects.desc(), first.c.page_id)
    )
    return list(connection.execute(query).scalars())


def work_left(connection: Connection, run: Run, now: datetime) -> tuple[int, int]:
    """Return how many pages a run has yet to read, and how many targets of its niche are due."""
    queued = select(func.count()).select_from(pages).where(pages.c.queued_run == run.id)
    due = select_links(run.niche, func.count(targets.c.id.distinct())).where(_due(now))
    return connection.execute(queued).scalar_one(), connection.execute(due).scalar_one()


def page_with_due_links(connection: Connection, page_id: int, now: datetime) -> ResourcePage:
    """Return a page with only the links whose target is due."""
    row = connection.execute(select(pages).where(pages.c.id == page_id)).one()
    return load_page(connection, row, _due(now))


def pages_with_rows(
    connection: Connection, niche: str, is_chosen: Callable[[str, str], bool]
) -> list[ResourcePage]:
    """Return the pages of chosen rows, with only the links of these rows.

    `is_chosen` takes the keys of a page and of a target.
    """
    query = select_links(niche, pages.c.id, pages.c.key, targets.c.key, targets.c.id)
    chosen: defaultdict[int, set[int]] = defaultdict(set)
    for page_id, page_key, target_key, target_id in connection.execute(query):
        if is_chosen(page_key, target_key):
            chosen[page_id].add(target_id)
    rows = list(rows_in_batches(connection, select(pages), pages.c.id, chosen))
    stored = [load_page(connection, row, true()) for row in rows]
    for page, row in zip(stored, rows, strict=True):
        page.links = [link for link in page.links if link.target_id in chosen[row.id]]
    return stored


def record_reverification(
    connection: Connection,
    page_id: int | None,
    present: Collection[int | None],
    missing: Collection[int | None],
    now: datetime,
) -> None:
    """Record which links a page that was read again still has, and which not."""
    of_page = update(links).where(links.c.page_id == page_id)
    for ids, values in ((present, {"verified_at": now}), (missing, {"gone_at": now})):
        for some in batched(ids):
            connection.execute(of_page.where(links.c.target_id.in_(some)).values(values))


def _due(now: datetime) -> ColumnElement[bool]:
    """Targets whose next check has come, and those that no run has probed yet."""
    return or_(
        targets.c.verdict == Verdict.PENDING,
        targets.c.reason == SkipReason.BUDGET,
        targets.c.next_check <= now,
    )


def _candidate(row: Row[Any]) -> Candidate:
    return Candidate(row.url, row.key, row.kind, row.depth, row.hint, named=row.named)
