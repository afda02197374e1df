"""Asks Wikipedia which articles link to dead targets, beside the crawl."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from brokenlinks.discovery.search import SearchClient
from brokenlinks.enrichment.wikipedia import WikipediaCitations
from brokenlinks.extensions.run_context import RunContext, run_context_of
from brokenlinks.http.network import network_of
from brokenlinks.http.service import Outcome
from brokenlinks.store.lookups import PendingCitation, pending_citations, record_citations
from pipelines.look_ups import LookupScheduler

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

ANSWERED_OUTCOMES = frozenset({Outcome.OK, Outcome.EMPTY})


class CitationsPipeline(LookupScheduler[PendingCitation]):
    """Counts the articles that link to what is dead; after a refusal it asks no more."""

    name = "citations"

    def __init__(self, crawler: Crawler, memory: RunContext, search: SearchClient) -> None:
        super().__init__(crawler, crawler.settings.getint("CITATION_LOOKUPS_PER_RUN"))
        self._context = memory
        self._search = search
        self._refused = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Ask the Wikipedia of the niche's language, in turns all processes share."""
        memory = run_context_of(crawler)
        settings = crawler.settings
        base = settings["WIKIPEDIA_URL"].format(language=memory.plan.language or "en")
        search = SearchClient(
            WikipediaCitations(base, has_contact=bool(settings["CONTACT"])),
            exchange=network_of(crawler).services.fetch,
            wait=memory.try_wait_for_service,
            pause=memory.pause_service,
            clock=memory.clock,
        )
        return cls(crawler, memory, search)

    def should_defer(self, pending: PendingCitation) -> bool:  # noqa: ARG002 - there is one for all
        """Tell whether it has refused to answer in this run."""
        return self._refused

    async def load_pending(self, target_ids: Sequence[int] | None) -> list[PendingCitation]:
        """Return the dead targets it was not asked about lately."""
        memory = self._context
        return await memory.writer.run(
            pending_citations, memory.run.niche, memory.clock(), target_ids
        )

    async def look_up(self, pending: PendingCitation) -> None:
        """Count the articles that link to the target."""
        found = await self._search.run(pending.url)
        self.count(str(found.outcome), "" if found.outcome in ANSWERED_OUTCOMES else found.detail)
        self._refused = found.outcome not in ANSWERED_OUTCOMES
        if not self._refused:
            memory = self._context
            count = len(found.hits)
            await memory.writer.run(record_citations, pending.id, count, memory.clock())
