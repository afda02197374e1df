"""Asks the archive about dead targets, most linked-to first, within its rates, beside the crawl."""

from __future__ import annotations

import asyncio
import heapq
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import DontCloseSpider

from brokenlinks.archive.facts import ArchiveFacts, ArchiveOutcome
from brokenlinks.archive.wayback import Wayback
from brokenlinks.extensions.memory import Memory, memory_of
from brokenlinks.items import ResourcePage, Verdict
from brokenlinks.journal.targets import (
    UnaskedTarget,
    judge_again,
    record_archive,
    unasked_targets,
)
from brokenlinks.liveness.judge import judge
from brokenlinks.net.network import network_of
from brokenlinks.net.rate_budget import RateBudget

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from sqlalchemy import Connection

logger = logging.getLogger(__name__)

FAILURES_IN_A_ROW = 3
"""After so many unanswered look-ups the archive is left alone until the next run."""


class ArchivePipeline:
    """Passes items on at once; its worker keeps the crawl open until the look-ups are done.

    What is left when the budget ends, or when the archive does not answer, is counted in the
    summary and taken up by the next run: the journal knows who was never asked about.
    """

    def __init__(self, crawler: Crawler, memory: Memory, wayback: Wayback) -> None:
        self._crawler = crawler
        self._memory = memory
        self._wayback = wayback
        self._lookups_left = crawler.settings.getint("ARCHIVE_LOOKUPS_PER_RUN")
        self._failures = 0
        self._queue: list[tuple[int, int, UnaskedTarget]] = []
        self._queued: set[int] = set()
        self._worker: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Speak to WAYBACK_URL through the crawl's network, in turns all processes share."""
        memory = memory_of(crawler)
        settings = crawler.settings
        wayback = Wayback(
            settings["WAYBACK_URL"],
            fetch=network_of(crawler).services.fetch,
            budget=RateBudget(memory.wait_for_service, memory.pause_service),
            clock=memory.clock,
            cdx_per_minute=settings.getfloat("WAYBACK_CDX_PER_MINUTE"),
            playback_per_second=settings.getfloat("WAYBACK_PLAYBACK_PER_SECOND"),
            pause=settings.getfloat("WAYBACK_PAUSE"),
        )
        pipeline = cls(crawler, memory, wayback)
        crawler.signals.connect(pipeline.spider_idle, signal=signals.spider_idle)
        return pipeline

    async def open_spider(self) -> None:
        """Take up what earlier runs left over."""
        self._push(await self._unasked(None))

    async def process_item(self, item: object) -> object:
        """Queue the page's dead targets."""
        if isinstance(item, ResourcePage):
            ids = [link.target_id for link in item.links if link.target_id is not None]
            self._push(await self._unasked(ids))
            self._wake()
        return item

    def spider_idle(self) -> None:
        """Keep the spider open while the archive is being asked, but not to wait out a pause."""
        self._wake()
        if self._worker is not None and not self._wayback.paused:
            raise DontCloseSpider

    async def close_spider(self) -> None:
        """Stop asking, and count what is left."""
        if self._worker is not None:
            self._worker.cancel()
        left = await self._unasked(None)
        self._crawler.stats.set_value("brokenlinks/archive/left", len(left))

    async def _unasked(self, ids: list[int] | None) -> list[UnaskedTarget]:
        memory = self._memory
        return await memory.writer.run(unasked_targets, memory.run.niche, memory.clock(), ids)

    def _push(self, found: Iterable[UnaskedTarget]) -> None:
        for target in found:
            if target.id not in self._queued:
                self._queued.add(target.id)
                heapq.heappush(self._queue, (-target.demand, target.id, target))

    def _wake(self) -> None:
        if self._queue and self._worker is None and self._may_ask():
            self._worker = asyncio.ensure_future(self._work())

    def _may_ask(self) -> bool:
        answering = self._failures < FAILURES_IN_A_ROW
        return self._lookups_left > 0 and answering and self._crawler.engine.running

    async def _work(self) -> None:
        try:
            while self._queue and self._may_ask():
                await self._look_up(heapq.heappop(self._queue)[-1])
        except Exception:
            logger.exception("The archive look-ups ended early; the next run continues them")
        finally:
            self._worker = None

    async def _look_up(self, target: UnaskedTarget) -> None:
        self._lookups_left -= 1
        facts = await self._wayback.look_up(
            target.url, and_its_site=target.verdict is Verdict.DEAD_HOST
        )
        answered = facts.outcome is not ArchiveOutcome.NOT_LOOKED_UP
        self._failures = 0 if answered else self._failures + 1
        if not answered:
            self._crawler.stats.set_value("brokenlinks/archive/problem", facts.detail)
        self._crawler.stats.inc_value(f"brokenlinks/archive/{facts.outcome}")
        await self._memory.writer.run(_record, target.id, facts)


def _record(connection: Connection, target_id: int, facts: ArchiveFacts) -> None:
    """Keep the archive's answer, and judge again: it is a second witness."""
    record_archive(connection, target_id, facts)
    if facts.outcome is not ArchiveOutcome.NOT_LOOKED_UP:
        judge_again(connection, target_id, facts.looked_up_at, judge)
