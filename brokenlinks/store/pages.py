"""Pages: those that wait to be read, those that were, and the links found on them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    bindparam,
    exists,
    insert,
    select,
    true,
    update,
)

from brokenlinks.models.page import Candidate, OutboundLink, Placement, RejectedPage, ResourcePage
from brokenlinks.models.verdict import Judgement, Verdict
from brokenlinks.store.database import rows_in_batches
from brokenlinks.store.runs import Run
from brokenlinks.store.schema import links, pages, select_links, targets
from brokenlinks.store.targets import judgement_of
from brokenlinks.text.urls import site_of

TRANSIENT_REASONS = ("failed_", "http_5", "http_403", "http_408", "http_429")
"""Prefixes of reasons that may be gone tomorrow and say nothing about the page."""


def is_known_niche(connection: Connection, niche: str) -> bool:
    """Whether the journal has any page of the niche."""
    return connection.execute(select(pages.c.id).where(pages.c.niche == niche)).first() is not None


def linked_sites(connection: Connection, niche: str) -> list[tuple[str, str]]:
    """Return (linking site, linked site) pairs of the niche's resource pages, in no order."""
    query = select_links(niche, pages.c.site, targets.c.site).distinct()
    rows = connection.execute(query.where(links.c.placement == Placement.MAIN))
    return [(by, site) for by, site in rows]


def reject_page(connection: Connection, run: Run, page: RejectedPage, now: datetime) -> None:
    """Record why a page is not used.

    A known resource page stays one if it just could not be read today.
    """
    row = _ensure_page(connection, run, page, now)
    kept = row.status == "accepted" and page.reason.startswith(TRANSIENT_REASONS)
    _record_visit(
        connection,
        run,
        row.id,
        status=row.status if kept else "rejected",
        reason=page.reason,
        detail=page.detail,
        title=page.title or row.title,
        relevance=row.relevance if kept else page.relevance,
        resource_score=row.resource_score if kept else page.resource_score,
        fetched_at=now,
        settled=True,
    )


def store_page(connection: Connection, run: Run, page: ResourcePage, now: datetime) -> None:
    """Store a page and its links before any is probed.

    Fills in `page_id`, each link's `target_id`, and the judgement of every target that is not
    due: one checked in this run, or earlier with its next check still to come.
    """
    row = _ensure_page(connection, run, page, now)
    page.page_id = row.id
    # Depths are relative to the page, whose own depth may change.
    leads = [(c.url, c.key, c.kind, c.depth - page.depth, c.hint) for c in page.candidates]
    _record_visit(
        connection,
        run,
        row.id,
        **{name: getattr(page, name) for name in _PAGE_FIELDS},
        status="accepted",
        reason="",
        detail="",
        updated=page.updated and datetime.combine(page.updated, time(), UTC),
        outlinks=len(page.links),
        digest=page.digest,
        leads=json.dumps(leads),
        fetched_at=page.fetched_at or now,
        settled=False,
    )
    rows = _ensure_targets(connection, page.links, now)
    still_valid = _still_valid(run, now)
    for link in page.links:
        target = rows[link.key]
        link.target_id = target.id
        link.judgement = still_valid(target)
    _replace_links(connection, row.id, page.links, now)


def unchanged_page(
    connection: Connection, run: Run, candidate: Candidate, digest: str, now: datetime
) -> ResourcePage | None:
    """Return a resource page as stored if its digest shows that it has not changed."""
    row = connection.execute(
        select(pages).where(
            pages.c.niche == run.niche,
            pages.c.key == candidate.key,
            pages.c.status == "accepted",
            pages.c.digest == digest,
        )
    ).first()
    if row is None:
        return None
    page = load_page(connection, row, true(), _still_valid(run, now))
    try:
        page.candidates = [
            Candidate(url, key, kind, candidate.depth + further, hint)
            for url, key, kind, further, hint in json.loads(row.leads)
        ]
    except (ValueError, TypeError, RecursionError):  # damaged: the page is read anew
        return None
    page.unchanged, page.fetched_at = True, now
    return page


def mark_unchanged(connection: Connection, run: Run, page: ResourcePage) -> None:
    """Record that an unchanged page was read in this run."""
    assert page.page_id is not None
    fetched_at = page.fetched_at
    _record_visit(
        connection, run, page.page_id, reason="", detail="", fetched_at=fetched_at, settled=False
    )


def _record_visit(connection: Connection, run: Run, page_id: int, **values: object) -> None:
    """Store the outcome of a visit and take the page off the queue."""
    visit = update(pages).where(pages.c.id == page_id)
    connection.execute(visit.values(queued_run=None, visited_run=run.id, **values))


def settle_page(connection: Connection, page_id: int) -> None:
    """Mark the page as settled if every link has a verdict."""
    pending = exists().where(
        links.c.page_id == pages.c.id,
        links.c.target_id == targets.c.id,
        links.c.gone_at.is_(None),
        targets.c.verdict == Verdict.PENDING,
    )
    settled = update(pages).where(pages.c.id == page_id, ~pending).values(settled=True)
    connection.execute(settled)


def unsettled_pages(connection: Connection, run: Run, now: datetime) -> list[ResourcePage]:
    """Return pages with links that an interrupted run left unjudged; they need no new fetch."""
    rows = connection.execute(
        select(pages).where(
            pages.c.niche == run.niche, pages.c.status == "accepted", pages.c.settled.is_(False)
        )
    ).all()
    return [load_page(connection, row, true(), _still_valid(run, now)) for row in rows]


def _still_valid(run: Run, now: datetime) -> Callable[[Row[Any]], Judgement | None]:
    return lambda target: None if is_due(target, run, now) else judgement_of(target)


def is_due(target: Row[Any], run: Run, now: datetime) -> bool:
    """Whether a target must be probed in this run."""
    if target.last_checked is None or target.verdict == Verdict.PENDING:
        return True
    if target.checked_run == run.id:
        return False
    return target.next_check is None or target.next_check <= now


def load_page(
    connection: Connection,
    row: Row[Any],
    condition: ColumnElement[bool],
    valid: Callable[[Row[Any]], Judgement | None] = lambda _: None,
) -> ResourcePage:
    """Return a stored page with those of its current links that meet `condition`.

    `valid` returns the judgement of a target that need not be probed again.
    """
    rows = connection.execute(
        select(*_TARGET_COLUMNS, *_LINK_COLUMNS)
        .join(links, links.c.target_id == targets.c.id)
        .where(links.c.page_id == row.id, links.c.gone_at.is_(None), condition)
        .order_by(links.c.position)
    )
    outbound = []
    for link in rows:
        values = {name: getattr(link, name) for name in ("key", *_LINK_FIELDS)}
        values |= {"placement": Placement(link.placement), "target_id": link.id}
        outbound.append(OutboundLink(**values, judgement=valid(link)))
    return ResourcePage(
        **{name: getattr(row, name) for name in ("key", "site", "depth", *_PAGE_FIELDS)},
        updated=row.updated and row.updated.date(),
        fetched_at=row.fetched_at,
        page_id=row.id,
        links=outbound,
    )


def _ensure_page(
    connection: Connection, run: Run, page: ResourcePage | RejectedPage, now: datetime
) -> Row[Any]:
    query = select(pages).where(pages.c.niche == run.niche, pages.c.key == page.key)
    row = connection.execute(query).first()
    if row is None:
        connection.execute(
            insert(pages).values(
                niche=run.niche, key=page.key, url=page.url, site=page.site, first_seen=now
            )
        )
        row = connection.execute(query).one()
    return row


def _ensure_targets(
    connection: Connection, outbound: Sequence[OutboundLink], now: datetime
) -> dict[str, Row[Any]]:
    """Return the rows of the links' targets by key, adding new ones."""
    by_key = {link.key: link for link in outbound}
    stored = rows_in_batches(connection, select(*_TARGET_COLUMNS), targets.c.key, by_key)
    rows = {row.key: row for row in stored}
    added = [
        {
            "key": link.key,
            "url": link.url,
            "site": site_of(link.url),
            "verdict": Verdict.PENDING,
            "first_seen": now,
        }
        for link in by_key.values()
        if link.key not in rows
    ]
    if added:
        inserted = connection.execute(insert(targets).returning(*_TARGET_COLUMNS), added)
        rows |= {row.key: row for row in inserted}
    return rows


def _replace_links(
    connection: Connection, page_id: int, current: Sequence[OutboundLink], now: datetime
) -> None:
    """Store the links the page has now; links it lost are kept with the date."""
    stored = {row.target_id: row for row in connection.execute(_LINKS_OF_PAGE, {"page": page_id})}
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for link in current:
        values = {name: getattr(link, name) for name in _LINK_FIELDS}
        row = stored.pop(link.target_id, None)
        if row is None:
            new.append(
                {**values, "page_id": page_id, "target_id": link.target_id, "first_seen": now}
            )
        elif row.gone_at is not None or any(getattr(row, name) != values[name] for name in values):
            changed.append({**values, "link": row.id, "gone_at": None})
    lost = [{"link": row.id, "gone_at": now} for row in stored.values() if row.gone_at is None]
    if new:
        connection.execute(insert(links), new)
    for rows in (changed, lost):
        if rows:
            connection.execute(update(links).where(links.c.id == bindparam("link")), rows)


_TARGET_COLUMNS: tuple[ColumnElement[Any], ...] = (
    *(targets.c.id, targets.c.key, targets.c.last_checked, targets.c.checked_run),
    *(targets.c.verdict, targets.c.stage, targets.c.reason, targets.c.confidence),
    *(targets.c.rule, targets.c.sentence, targets.c.next_check),
)
"""Enough to see whether a target is due, and its judgement."""
_PAGE_FIELDS = ("url", "title", "language", "relevance", "matched", "resource_score", "named")
_LINK_FIELDS = ("url", "anchor", "context", "heading", "placement", "rel", "position", "seen_as")
_LINK_COLUMNS = tuple(links.c[name] for name in _LINK_FIELDS)
_LINKS_OF_PAGE = select(links.c.id, links.c.target_id, links.c.gone_at, *_LINK_COLUMNS).where(
    links.c.page_id == bindparam("page")
)
