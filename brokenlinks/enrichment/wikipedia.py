"""Which Wikipedia articles link to a dead target: demand that is hard to fake."""

from __future__ import annotations

from collections.abc import Sequence

from brokenlinks.discovery.providers.base import SearchClient, SearchFlow
from brokenlinks.discovery.providers.wikipedia import Wikipedia, objects_in
from brokenlinks.enrichment.scheduler import Enricher, LookupContext
from brokenlinks.http.service import Outcome
from brokenlinks.models.lookups import SearchHit, SearchResult
from brokenlinks.models.run_stats import LookupService
from brokenlinks.store.lookups import PendingTarget, pending_citations, record_citations

ARTICLES_PER_REQUEST, MAX_REQUESTS = 500, 4
ANSWERED_OUTCOMES = frozenset({Outcome.OK, Outcome.EMPTY})


class WikipediaCitations(Wikipedia):
    """Search provider: asks the action API which articles link to a URL; a hit is an article."""

    name = "citations"

    def search(self, query: str) -> SearchFlow:
        """Return the articles that link to the URL `query`, with or without TLS."""
        usage = {
            "action": "query",
            "list": "exturlusage",
            "euquery": query.partition("://")[2],
            "eunamespace": "0",
            "eulimit": str(ARTICLES_PER_REQUEST),
        }
        articles: dict[int, str] = {}
        more: dict[str, str] = {}
        for _ in range(MAX_REQUESTS):
            answer = yield from self._ask(usage | more)
            if isinstance(answer, SearchResult):
                return answer
            articles |= {
                article["pageid"]: str(article.get("title"))
                for article in objects_in(answer, "query", "exturlusage")
                if isinstance(article.get("pageid"), int)
            }
            onward = answer.get("continue")
            if not isinstance(onward, dict) or not onward:
                break
            more = onward
        hits = tuple(SearchHit(title) for title in articles.values())
        return SearchResult(Outcome.OK if hits else Outcome.EMPTY, hits)


class CitationEnricher(Enricher[PendingTarget]):
    """Counts the articles that link to dead targets; after one refusal it stops."""

    service = LookupService.CITATIONS
    max_failures = 1

    def __init__(self, context: LookupContext, search: SearchClient) -> None:
        super().__init__(context)
        self._search = search

    async def pending(self, target_ids: Sequence[int] | None) -> list[PendingTarget]:
        """Return the dead targets that were not looked up lately."""
        context = self.context
        return await context.writer.run(
            pending_citations, context.niche, context.clock(), target_ids
        )

    async def look_up(self, pending: PendingTarget) -> bool:
        """Count the articles that link to the target."""
        result = await self._search.run(pending.url)
        answered = result.outcome in ANSWERED_OUTCOMES
        self.stats.count(result.outcome, "" if answered else result.detail)
        if answered:
            context, count = self.context, len(result.hits)
            await context.writer.run(record_citations, pending.id, count, context.clock())
        return answered
