"""What is asked once more: targets that are due, and rows that a person is about to mail about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, or_, select, update

from brokenlinks.models.evidence import SkipReason
from brokenlinks.models.page import ResourcePage
from brokenlinks.models.verdict import Verdict
from brokenlinks.store.pages import load_page
from brokenlinks.store.schema import IN_USE, links, pages, targets


def is_known_niche(connection: Connection, niche: str) -> bool:
    """Tell whether any page of the niche was ever looked at."""
    return connection.execute(select(pages.c.id).where(pages.c.niche == niche)).first() is not None


def pages_with_due_links(connection: Connection, niche: str, now: datetime) -> list[int]:
    """Return the ids of pages with targets that are due, those with suspects first.

    Each due target is on one of them, that with the smallest id.
    """
    suspects = func.sum(targets.c.dead_since.is_not(None))
    first = (
        select(func.min(pages.c.id).label("page_id"), targets.c.id.label("target_id"))
        .join(links, links.c.page_id == pages.c.id)
        .join(targets, targets.c.id == links.c.target_id)
        .where(pages.c.niche == niche, *IN_USE, _due(now))
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


def page_with_due_links(connection: Connection, page_id: int, now: datetime) -> ResourcePage:
    """Return a page with those of its links only whose target is due."""
    row = connection.execute(select(pages).where(pages.c.id == page_id)).one()
    return load_page(connection, row, _due(now))


def pages_with_rows(
    connection: Connection, niche: str, is_chosen: Callable[[str, str], bool]
) -> list[ResourcePage]:
    """Return the pages that hold chosen rows, with the links of these rows only.

    `is_chosen` is asked with the keys of a page and of a target.
    """
    query = (
        select(pages.c.id, pages.c.key.label("page_key"), targets.c.key, targets.c.id.label("to"))
        .join(links, links.c.page_id == pages.c.id)
        .join(targets, targets.c.id == links.c.target_id)
        .where(pages.c.niche == niche, *IN_USE)
    )
    chosen: defaultdict[int, list[int]] = defaultdict(list)
    for row in connection.execute(query):
        if is_chosen(row.page_key, row.key):
            chosen[row.id].append(row.to)
    rows = connection.execute(select(pages).where(pages.c.id.in_(chosen)))
    return [load_page(connection, row, targets.c.id.in_(chosen[row.id])) for row in rows.all()]


def record_reverification(
    connection: Connection,
    page_id: int | None,
    present: Collection[int | None],
    missing: Collection[int | None],
    now: datetime,
) -> None:
    """Record which targets a page that was read again still links to, and which not."""
    of_page = update(links).where(links.c.page_id == page_id)
    connection.execute(of_page.where(links.c.target_id.in_(present)).values(verified_at=now))
    connection.execute(of_page.where(links.c.target_id.in_(missing)).values(gone_at=now))


def _due(now: datetime) -> ColumnElement[bool]:
    """Choose targets whose time has come, and those that no run has got to yet."""
    return or_(
        targets.c.verdict == Verdict.PENDING,
        targets.c.reason == SkipReason.BUDGET,
        targets.c.next_check <= now,
    )
