"""Asks Wikipedia which articles link to dead targets, beside the crawl."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from brokenlinks.discovery.search import Search
from brokenlinks.enrichment.wikipedia import Citations
from brokenlinks.extensions.run_context import Memory, memory_of
from brokenlinks.http.api import Outcome
from brokenlinks.http.network import network_of
from brokenlinks.store.citations import UncitedTarget, record_citations, uncited_targets
from pipelines.look_ups import LookUpPipeline

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

ANSWERED = frozenset({Outcome.OK, Outcome.EMPTY})


class CitationsPipeline(LookUpPipeline[UncitedTarget]):
    """Counts the articles that link to what is dead; after a refusal it asks no more."""

    name = "citations"

    def __init__(self, crawler: Crawler, memory: Memory, search: Search) -> None:
        super().__init__(crawler, crawler.settings.getint("CITATION_LOOKUPS_PER_RUN"))
        self._memory = memory
        self._search = search
        self._refused = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Ask the Wikipedia of the niche's language, in turns all processes share."""
        memory = memory_of(crawler)
        settings = crawler.settings
        base = settings["WIKIPEDIA_URL"].format(language=memory.plan.language or "en")
        search = Search(
            Citations(base, has_contact=bool(settings["CONTACT"])),
            exchange=network_of(crawler).services.fetch,
            wait=memory.wait_a_while,
            pause=memory.pause_service,
            clock=memory.clock,
        )
        return cls(crawler, memory, search)

    def rests(self, question: UncitedTarget) -> bool:  # noqa: ARG002 - there is one for all
        """Tell whether it has refused to answer in this run."""
        return self._refused

    async def unasked(self, target_ids: Sequence[int] | None) -> list[UncitedTarget]:
        """Return the dead targets it was not asked about lately."""
        memory = self._memory
        return await memory.writer.run(
            uncited_targets, memory.run.niche, memory.clock(), target_ids
        )

    async def look_up(self, question: UncitedTarget) -> None:
        """Count the articles that link to the target."""
        found = await self._search.ask(question.url)
        self.count(str(found.outcome), "" if found.outcome in ANSWERED else found.detail)
        self._refused = found.outcome not in ANSWERED
        if not self._refused:
            memory = self._memory
            count = len(found.hits)
            await memory.writer.run(record_citations, question.id, count, memory.clock())
