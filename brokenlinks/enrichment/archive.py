"""Looks up in the archives what dead pages were, and whether the archive saw them gone as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import trafilatura  # noqa: F401 - slow: imported in mid-crawl it would stall everything
from sqlalchemy import Connection

from brokenlinks.enrichment.common_crawl import CommonCrawl
from brokenlinks.enrichment.relocation import Relocation, RelocationFinder
from brokenlinks.enrichment.scheduler import Enricher, LookupContext
from brokenlinks.enrichment.wayback import Wayback, page_key
from brokenlinks.http.async_cache import AsyncCache
from brokenlinks.liveness.verdict import judge
from brokenlinks.models.lookups import ArchiveOutcome, ArchiveRecord
from brokenlinks.models.run_stats import LookupService
from brokenlinks.models.verdict import Verdict
from brokenlinks.store.lookups import (
    PendingTarget,
    pending_targets,
    record_archive,
    record_relocation,
)
from brokenlinks.store.targets import refresh_verdict
from brokenlinks.text.urls import host_of

WITHOUT_SNAPSHOT = frozenset({ArchiveOutcome.NONE, ArchiveOutcome.EXCLUDED})
MIN_DEAD_PAGES_PER_HOST = 3
"""From so many dead pages on, one query for all pages of their host costs less than one each."""
MAX_CACHED_HOSTS = 1_000


class ArchiveEnricher(Enricher[PendingTarget]):
    """Asks the Wayback Machine and, where it has no copy, Common Crawl if that is switched on."""

    service = LookupService.ARCHIVE
    max_failures = 3

    def __init__(
        self,
        context: LookupContext,
        wayback: Wayback,
        common_crawl: CommonCrawl | None,
        relocation: RelocationFinder,
    ) -> None:
        super().__init__(context)
        self._wayback = wayback
        self._common_crawl = common_crawl
        self._relocation = relocation
        self._captured_pages = AsyncCache[frozenset[str] | None](MAX_CACHED_HOSTS)
        self._waiting_hosts: dict[int, str] = {}
        """The hosts of the targets found pending; "" for those looked up since."""

    @property
    def paused(self) -> bool:
        """Whether the archive has asked for a pause."""
        return self._wayback.paused

    async def pending(self, target_ids: Sequence[int] | None) -> list[PendingTarget]:
        """Return the dead targets that were not looked up lately."""
        context = self.context
        targets = await context.writer.run(
            pending_targets, context.niche, context.clock(), target_ids
        )
        for target in targets:
            self._waiting_hosts.setdefault(target.id, host_of(target.url))
        return targets

    async def look_up(self, pending: PendingTarget) -> bool:
        """Look for copies of the target; of a dead host, also whether it was alive lately."""
        self._waiting_hosts[pending.id] = ""
        if await self._has_no_snapshot(pending):
            record = self._wayback.no_snapshot()
        else:
            is_dead_host = pending.verdict is Verdict.DEAD_HOST
            record = await self._wayback.look_up(pending.url, check_host=is_dead_host)
        answered = _is_answered(record)
        if self._common_crawl is not None and record.outcome in WITHOUT_SNAPSHOT:
            second = await self._common_crawl.look_up(pending.url)
            record = replace(second, site_archived_recently=record.site_archived_recently)
        self.stats.count(record.outcome, "" if _is_answered(record) else record.detail)
        moved = Relocation()
        if record.outcome is ArchiveOutcome.FOUND and pending.verdict.is_page_of_living_site:
            moved = await self._relocation.find(pending.url, record)
        if self.context.is_running():  # else what was not found may be there all the same
            await self.context.writer.run(_store_record, pending.id, record, moved)
        return answered

    async def _has_no_snapshot(self, pending: PendingTarget) -> bool:
        """Look at all pages of the target's host at once, where that saves queries."""
        if pending.verdict is Verdict.DEAD_HOST:
            return False
        host = host_of(pending.url)
        waiting = sum(other == host for other in self._waiting_hosts.values())
        if waiting + 1 < MIN_DEAD_PAGES_PER_HOST and host not in self._captured_pages:
            return False
        pages = await self._captured_pages.get(
            host, lambda _: self._wayback.captured_pages_of_host(pending.url)
        )
        return pages is not None and page_key(pending.url) not in pages


def _is_answered(record: ArchiveRecord) -> bool:
    return record.outcome is not ArchiveOutcome.NOT_LOOKED_UP


def _store_record(
    connection: Connection, target_id: int, record: ArchiveRecord, moved: Relocation
) -> None:
    """Store the answer and judge the target again, as the archive is evidence too."""
    record_archive(connection, target_id, record)
    record_relocation(connection, target_id, moved.url, moved.reason)
    if _is_answered(record):
        refresh_verdict(connection, target_id, record.looked_up_at, judge)
