"""Which dead targets to look up in the archive and in Wikipedia, and what they answered.

Also the rate budgets of outside services.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select, update

from brokenlinks.models.archive import ArchiveOutcome, ArchiveRecord
from brokenlinks.models.verdict import (
    Confidence,
    Verdict,
)
from brokenlinks.store.schema import IN_USE, links, pages, service_turns, targets
from brokenlinks.store.targets import DEAD_VERDICTS
from brokenlinks.text.urls import host_of

ARCHIVE_VERDICTS = (*DEAD_VERDICTS, Verdict.DRIFTED)
"""Verdicts the archive has a word in: what the dead page was, whether a strange one is it."""
MISS_MAX_AGE = timedelta(days=7)
HIT_MAX_AGE = timedelta(days=30)
CITATIONS_MAX_AGE = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class PendingTarget:
    """A dead target the archive has not been asked about; `demand` counts the sites linking."""

    id: int
    url: str
    host: str
    verdict: Verdict
    demand: int


@dataclass(frozen=True, slots=True)
class PendingCitation:
    """A dead target; `demand` counts the sites that link to it."""

    id: int
    url: str
    demand: int


def pending_targets(
    connection: Connection, niche: str, now: datetime, ids: Sequence[int] | None = None
) -> list[PendingTarget]:
    """Return the niche's dead and doubtful targets to ask the archive about, most linked-to first.

    Answers are kept: hits for 30 days, misses for 7. `ids` asks about these targets only.
    """
    demand = func.count(pages.c.site.distinct())
    is_hit = targets.c.archive_outcome == ArchiveOutcome.FOUND
    query = (
        select(targets.c.id, targets.c.url, targets.c.verdict, demand.label("demand"))
        .join(links, links.c.target_id == targets.c.id)
        .join(pages, pages.c.id == links.c.page_id)
        .where(
            pages.c.niche == niche,
            *IN_USE,
            or_(targets.c.verdict.in_(ARCHIVE_VERDICTS), _is_doubtful()),
            or_(
                targets.c.archive_looked_up_at.is_(None),
                is_hit & (targets.c.archive_looked_up_at < now - HIT_MAX_AGE),
                ~is_hit & (targets.c.archive_looked_up_at < now - MISS_MAX_AGE),
            ),
        )
        .group_by(targets.c.id, targets.c.url, targets.c.verdict)
        .order_by(demand.desc(), targets.c.id)
    )
    if ids is not None:
        query = query.where(targets.c.id.in_(ids))
    return [
        PendingTarget(row.id, row.url, host_of(row.url), Verdict(row.verdict), row.demand)
        for row in connection.execute(query)
    ]


def _is_doubtful() -> ColumnElement[bool]:
    """Select what was served, but looks like an error page: the archive may settle it."""
    return (targets.c.verdict == Verdict.ALIVE) & (targets.c.confidence == Confidence.LOW)


def record_archive(connection: Connection, target_id: int, record: ArchiveRecord) -> None:
    """Store an archive's answer. A look-up that got none leaves the earlier answer alone."""
    if record.outcome is ArchiveOutcome.NOT_LOOKED_UP:
        values: dict[str, Any] = {"archive_detail": record.detail}
    else:
        values = {
            "archive_outcome": record.outcome,
            "archive_url": record.url,
            "archive_mime": record.mime,
            "archive_detail": record.detail,
            "archive_captured_at": record.captured_at,
            "archive_title": record.title,
            "archive_h1": record.h1,
            "archive_language": record.language,
            "archive_words": record.words,
            "archive_gone_after": record.gone_after_last_good,
            "archive_site_lately": record.site_archived_recently,
            "archive_looked_up_at": record.looked_up_at,
            "archive_brief": record.brief,
            "archive_redirect": record.redirect,
        }
    connection.execute(update(targets).where(targets.c.id == target_id).values(**values))


def record_relocation(connection: Connection, target_id: int, url: str, reason: str) -> None:
    """Keep where a dead page's content was found, "" for nowhere."""
    values = {"moved_to": url, "moved_detail": reason}
    connection.execute(update(targets).where(targets.c.id == target_id).values(**values))


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


def reserve_slot(
    connection: Connection, service: str, interval: float, now: float, max_wait: float = inf
) -> float:
    """Book the service's next free moment and return how many seconds off it is.

    `interval` is in seconds between two requests, `now` in seconds since 1970. A moment further
    off than `max_wait` (seconds) is not booked.
    """
    start = max(now, _next_free(connection, service, now))
    if start - now > max_wait:
        return start - now
    _set_next_free(connection, service, start + interval)
    return start - now


def pause_service(connection: Connection, service: str, seconds: float, now: float) -> None:
    """Leave the service alone for `seconds`, in every process."""
    _set_next_free(connection, service, max(now + seconds, _next_free(connection, service, now)))


def _next_free(connection: Connection, service: str, now: float) -> float:
    query = select(service_turns.c.next_free).where(service_turns.c.service == service)
    found = connection.execute(query.with_for_update()).scalar_one_or_none()
    if found is None:
        connection.execute(insert(service_turns).values(service=service, next_free=now))
        return now
    return float(found)


def _set_next_free(connection: Connection, service: str, moment: float) -> None:
    connection.execute(
        update(service_turns).where(service_turns.c.service == service).values(next_free=moment)
    )
