"""How many encyclopedia articles link to dead targets, and whom nobody was asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, or_, select, update

from brokenlinks.store.schema import IN_USE, links, pages, targets
from brokenlinks.store.targets import DEAD_VERDICTS

CITATIONS_MAX_AGE = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class PendingCitation:
    """A dead target; `demand` counts the sites that link to it."""

    id: int
    url: str
    demand: int


def pending_citations(
    connection: Connection, niche: str, now: datetime, ids: Sequence[int] | None = None
) -> list[PendingCitation]:
    """Return the niche's dead targets nobody was asked about lately, most linked-to first."""
    demand = func.count(pages.c.site.distinct()).label("demand")
    asked = targets.c.citations_asked_at
    query = (
        select(targets.c.id, targets.c.url, demand)
        .join(links, links.c.target_id == targets.c.id)
        .join(pages, pages.c.id == links.c.page_id)
        .where(
            pages.c.niche == niche,
            *IN_USE,
            targets.c.verdict.in_(DEAD_VERDICTS),
            or_(asked.is_(None), asked < now - CITATIONS_MAX_AGE),
        )
        .group_by(targets.c.id, targets.c.url)
        .order_by(demand.desc(), targets.c.id)
    )
    if ids is not None:
        query = query.where(targets.c.id.in_(ids))
    return [PendingCitation(*row) for row in connection.execute(query)]


def record_citations(connection: Connection, target_id: int, count: int, now: datetime) -> None:
    """Keep how many articles link to a target."""
    connection.execute(
        update(targets)
        .where(targets.c.id == target_id)
        .values(citations=count, citations_asked_at=now)
    )
