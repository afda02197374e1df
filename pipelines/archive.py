"""Asks the archive about dead targets, most linked-to first, within its rates, beside the crawl."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from brokenlinks.enrichment.common_crawl import CommonCrawl
from brokenlinks.enrichment.relocation import Relocation, RelocationFinder
from brokenlinks.enrichment.wayback.cdx import page_key
from brokenlinks.enrichment.wayback.client import Wayback
from brokenlinks.extensions.run_context import RunContext, run_context_of
from brokenlinks.html import main_text  # noqa: F401 - now: importing it mid-crawl stalls all
from brokenlinks.http.async_cache import AsyncCache
from brokenlinks.http.network import network_of
from brokenlinks.http.service import RateLimiter
from brokenlinks.liveness.verdict import judge
from brokenlinks.models.archive import ArchiveOutcome, ArchiveRecord
from brokenlinks.models.verdict import Verdict
from brokenlinks.store.lookups import (
    PendingTarget,
    pending_targets,
    record_archive,
    record_relocation,
)
from brokenlinks.store.targets import refresh_verdict
from pipelines.look_ups import LookupScheduler

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from sqlalchemy import Connection

GONE_ON_LIVE_SITES = frozenset({Verdict.DEAD_GONE, Verdict.SOFT_404, Verdict.REDIRECTED_HOME})
"""Where a page is gone and its site is not, the content may have moved."""
MIN_DEAD_PAGES_PER_HOST, MAX_CACHED_HOSTS = 3, 1_000
WITHOUT_SNAPSHOT = frozenset({ArchiveOutcome.NONE, ArchiveOutcome.EXCLUDED})
MAX_CONSECUTIVE_FAILURES = 3
"""After so many unanswered look-ups the archive is left alone until the next run."""


class ArchivePipeline(LookupScheduler[PendingTarget]):
    """Looks up what the dead pages were, and whether the archive saw them gone too."""

    name = "archive"

    def __init__(
        self,
        crawler: Crawler,
        memory: RunContext,
        wayback: Wayback,
        common_crawl: CommonCrawl | None,
        relocation: RelocationFinder,
    ) -> None:
        super().__init__(crawler, crawler.settings.getint("ARCHIVE_LOOKUPS_PER_RUN"))
        self._context = memory
        self._wayback = wayback
        self._common_crawl = common_crawl
        self._relocation = relocation
        self._captured_pages = AsyncCache[frozenset[str] | None](MAX_CACHED_HOSTS)
        self._failures = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Speak to the archives through the crawl's network, in turns all processes share."""
        memory = run_context_of(crawler)
        settings, network = crawler.settings, network_of(crawler)
        budget = RateLimiter(memory.wait_for_service, memory.pause_service)
        wayback = Wayback(
            settings["WAYBACK_URL"],
            settings["WAYBACK_CDX_URL"],
            fetch=network.services.fetch,
            budget=budget,
            clock=memory.clock,
            cdx_per_minute=settings.getfloat("WAYBACK_CDX_PER_MINUTE"),
            playback_per_second=settings.getfloat("WAYBACK_PLAYBACK_PER_SECOND"),
            pause=settings.getfloat("WAYBACK_PAUSE"),
        )
        relocation = RelocationFinder(network.fetch_html, network.sitemaps, wayback.redirect_target)
        return cls(crawler, memory, wayback, _common_crawl(crawler, memory, budget), relocation)

    @property
    def paused(self) -> bool:
        """Whether the archive has asked for a rest."""
        return self._wayback.paused

    def should_defer(self, pending: PendingTarget) -> bool:  # noqa: ARG002 - there is one archive for all
        """Tell whether the archive has not answered lately."""
        return self._failures >= MAX_CONSECUTIVE_FAILURES

    async def load_pending(self, target_ids: Sequence[int] | None) -> list[PendingTarget]:
        """Return the dead targets the archive was not asked about."""
        memory = self._context
        return await memory.writer.run(
            pending_targets, memory.run.niche, memory.clock(), target_ids
        )

    async def look_up(self, pending: PendingTarget) -> None:
        """Ask for the target's copies; of a dead host, also whether it lived lately."""
        record = await self._look_up_wayback(pending)
        self._failures = 0 if _is_answered(record) else self._failures + 1
        if self._common_crawl is not None and record.outcome in WITHOUT_SNAPSHOT:
            second = await self._common_crawl.look_up(pending.url)
            record = replace(second, site_archived_recently=record.site_archived_recently)
        self.count(record.outcome, "" if _is_answered(record) else record.detail)
        moved = Relocation()
        if record.outcome is ArchiveOutcome.FOUND and pending.verdict in GONE_ON_LIVE_SITES:
            moved = await self._relocation.find(pending.url, record)
        if not self._crawler.engine.running:
            return  # cut off: what was not found may well be there
        await self._context.writer.run(_store_record, pending.id, record, moved)

    async def _look_up_wayback(self, pending: PendingTarget) -> ArchiveRecord:
        if await self._has_no_snapshot(pending):
            return self._wayback.no_snapshot()
        return await self._wayback.look_up(
            pending.url, check_host=pending.verdict is Verdict.DEAD_HOST
        )

    async def _has_no_snapshot(self, pending: PendingTarget) -> bool:
        """Tell a page without any copy by one look at its host, where that saves several."""
        if pending.verdict is Verdict.DEAD_HOST:
            return False
        alike = sum(other.host == pending.host for _, _, other in self._queue)
        if alike + 1 < MIN_DEAD_PAGES_PER_HOST and pending.host not in self._captured_pages:
            return False
        pages = await self._captured_pages.get(
            pending.host, lambda _: self._wayback.captured_pages_of_host(pending.url)
        )
        return pages is not None and page_key(pending.url) not in pages


def _common_crawl(crawler: Crawler, memory: RunContext, budget: RateLimiter) -> CommonCrawl | None:
    """Return the second archive, where it is switched on."""
    settings = crawler.settings
    if not settings.getbool("COMMONCRAWL_ARCHIVE"):
        return None
    return CommonCrawl(
        settings["COMMONCRAWL_INDEX_URL"],
        settings["COMMONCRAWL_DATA_URL"],
        exchange=network_of(crawler).services.fetch,
        budget=budget,
        clock=memory.clock,
        per_minute=settings.getfloat("COMMONCRAWL_PER_MINUTE"),
        pause=settings.getfloat("WAYBACK_PAUSE"),
    )


def _is_answered(record: ArchiveRecord) -> bool:
    return record.outcome is not ArchiveOutcome.NOT_LOOKED_UP


def _store_record(
    connection: Connection, target_id: int, record: ArchiveRecord, moved: Relocation
) -> None:
    """Keep the archive's answer, and judge again: it is a second witness."""
    record_archive(connection, target_id, record)
    record_relocation(connection, target_id, moved.url, moved.reason)
    if _is_answered(record):
        refresh_verdict(connection, target_id, record.looked_up_at, judge)
