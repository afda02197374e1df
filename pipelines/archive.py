"""Asks the archive about dead targets, most linked-to first, within its rates, beside the crawl."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from brokenlinks.enrichment.common_crawl import CommonCrawl
from brokenlinks.enrichment.relocation import Moved, Whereabouts
from brokenlinks.enrichment.wayback.cdx import page_key
from brokenlinks.enrichment.wayback.client import Wayback
from brokenlinks.extensions.run_context import Memory, memory_of
from brokenlinks.html import main_text  # noqa: F401 - now: importing it mid-crawl stalls all
from brokenlinks.http.async_cache import SharedAnswers
from brokenlinks.http.network import network_of
from brokenlinks.http.service import RateBudget
from brokenlinks.liveness.verdict import judge
from brokenlinks.models.archive import ArchiveFacts, ArchiveOutcome
from brokenlinks.models.verdict import Verdict
from brokenlinks.store.targets import (
    UnaskedTarget,
    judge_again,
    record_archive,
    record_moved,
    unasked_targets,
)
from pipelines.look_ups import LookUpPipeline

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from sqlalchemy import Connection

ON_LIVING_SITES = frozenset({Verdict.DEAD_GONE, Verdict.SOFT_404, Verdict.REDIRECTED_HOME})
"""Where a page is gone and its site is not, the content may have moved."""
DEAD_PAGES_OF_A_HOST, HOSTS_KEPT = 3, 1_000
WITHOUT_COPY = frozenset({ArchiveOutcome.NONE, ArchiveOutcome.EXCLUDED})
FAILURES_IN_A_ROW = 3
"""After so many unanswered look-ups the archive is left alone until the next run."""


class ArchivePipeline(LookUpPipeline[UnaskedTarget]):
    """Looks up what the dead pages were, and whether the archive saw them gone too."""

    name = "archive"

    def __init__(
        self,
        crawler: Crawler,
        memory: Memory,
        wayback: Wayback,
        common_crawl: CommonCrawl | None,
        whereabouts: Whereabouts,
    ) -> None:
        super().__init__(crawler, crawler.settings.getint("ARCHIVE_LOOKUPS_PER_RUN"))
        self._memory = memory
        self._wayback = wayback
        self._common_crawl = common_crawl
        self._whereabouts = whereabouts
        self._surveys = SharedAnswers[frozenset[str] | None](HOSTS_KEPT)
        self._failures = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Speak to the archives through the crawl's network, in turns all processes share."""
        memory = memory_of(crawler)
        settings, network = crawler.settings, network_of(crawler)
        budget = RateBudget(memory.wait_for_service, memory.pause_service)
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
        whereabouts = Whereabouts(network.page, network.sitemaps, wayback.redirect_of)
        return cls(crawler, memory, wayback, _common_crawl(crawler, memory, budget), whereabouts)

    @property
    def paused(self) -> bool:
        """Whether the archive has asked for a rest."""
        return self._wayback.paused

    def rests(self, question: UnaskedTarget) -> bool:  # noqa: ARG002 - there is one archive for all
        """Tell whether the archive has not answered lately."""
        return self._failures >= FAILURES_IN_A_ROW

    async def unasked(self, target_ids: Sequence[int] | None) -> list[UnaskedTarget]:
        """Return the dead targets the archive was not asked about."""
        memory = self._memory
        return await memory.writer.run(
            unasked_targets, memory.run.niche, memory.clock(), target_ids
        )

    async def look_up(self, question: UnaskedTarget) -> None:
        """Ask for the target's copies; of a dead host, also whether it lived lately."""
        facts = await self._in_wayback(question)
        self._failures = 0 if _is_answer(facts) else self._failures + 1
        if self._common_crawl is not None and facts.outcome in WITHOUT_COPY:
            second = await self._common_crawl.look_up(question.url)
            facts = replace(second, site_good_lately=facts.site_good_lately)
        self.count(facts.outcome, "" if _is_answer(facts) else facts.detail)
        moved = Moved()
        if facts.outcome is ArchiveOutcome.FOUND and question.verdict in ON_LIVING_SITES:
            moved = await self._whereabouts.find(question.url, facts)
        if not self._crawler.engine.running:
            return  # cut off: what was not found may well be there
        await self._memory.writer.run(_record, question.id, facts, moved)

    async def _in_wayback(self, question: UnaskedTarget) -> ArchiveFacts:
        if await self._is_unknown(question):
            return self._wayback.no_copy()
        return await self._wayback.look_up(
            question.url, and_its_site=question.verdict is Verdict.DEAD_HOST
        )

    async def _is_unknown(self, question: UnaskedTarget) -> bool:
        """Tell a page without any copy by one look at its host, where that saves several."""
        if question.verdict is Verdict.DEAD_HOST:
            return False
        alike = sum(other.host == question.host for _, _, other in self._queue)
        if alike + 1 < DEAD_PAGES_OF_A_HOST and question.host not in self._surveys:
            return False
        pages = await self._surveys.get(question.host, lambda _: self._wayback.survey(question.url))
        return pages is not None and page_key(question.url) not in pages


def _common_crawl(crawler: Crawler, memory: Memory, budget: RateBudget) -> CommonCrawl | None:
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


def _is_answer(facts: ArchiveFacts) -> bool:
    return facts.outcome is not ArchiveOutcome.NOT_LOOKED_UP


def _record(connection: Connection, target_id: int, facts: ArchiveFacts, moved: Moved) -> None:
    """Keep the archive's answer, and judge again: it is a second witness."""
    record_archive(connection, target_id, facts)
    record_moved(connection, target_id, moved.address, moved.why)
    if _is_answer(facts):
        judge_again(connection, target_id, facts.looked_up_at, judge)
