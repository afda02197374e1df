"""Runs the searches of a crawl: chooses providers and queries, and records the outcomes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Self

from scrapy.crawler import Crawler

from brokenlinks.discovery.classify import found_candidates, sitemap_candidates
from brokenlinks.discovery.footprints import load_footprints, plan_queries
from brokenlinks.discovery.providers import providers_from
from brokenlinks.discovery.providers.base import Provider, SearchClient
from brokenlinks.discovery.relevance import NicheProfile
from brokenlinks.extensions.run_context import RunContext
from brokenlinks.http.network import Network, SharedExtension
from brokenlinks.http.service import Outcome
from brokenlinks.models.page import Candidate
from brokenlinks.store.searches import recent_queries, record_search

USABLE_OUTCOMES = frozenset({Outcome.OK, Outcome.EMPTY})


class Searches(SharedExtension):
    """Scrapy extension that searches the plan's providers, in order, within their budgets."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Search through the crawl's network, at rates all processes share."""
        return cls(crawler)

    async def run(self, profile: Callable[[], NicheProfile]) -> AsyncIterator[list[Candidate]]:
        """Yield what each query found. A failing provider ends its own searches only."""
        plan = RunContext.of(self._crawler).plan
        for provider in providers_from(self._crawler.settings, plan.language):
            if plan.uses(provider.name):
                async for candidates in self._ask(provider, profile):
                    yield candidates

    async def _ask(
        self, provider: Provider, profile: Callable[[], NicheProfile]
    ) -> AsyncIterator[list[Candidate]]:
        context = RunContext.of(self._crawler)
        niche = context.plan.niche
        search = SearchClient(provider, context.services)
        stats = context.stats.searches[provider.name]
        for query in await self._queries(provider):
            if not context.is_running():
                return
            result = await search.run(query)
            await context.writer.run(
                record_search, niche, provider.name, query, result, now=context.clock()
            )
            stats.count(result.outcome, len(result.hits), result.detail)
            pointers = not provider.capabilities.footprints
            yield found_candidates(result.hits, profile(), pointers=pointers)
            if result.outcome not in USABLE_OUTCOMES:
                return

    async def _queries(self, provider: Provider) -> list[str]:
        context = RunContext.of(self._crawler)
        plan, by_language = context.plan, load_footprints()
        footprints = by_language.get(plan.language or "en") or by_language["en"]
        planned = plan_queries(plan.niche, footprints, provider.capabilities)
        recent = await context.writer.run(
            recent_queries, plan.niche, provider.name, context.clock()
        )
        most = min(provider.max_queries, self._crawler.settings.getint("SEARCH_QUERIES_PER_RUN"))
        return [query for query in planned if query not in recent][:most]

    async def sitemap(self, site: Candidate) -> list[Candidate]:
        """Return likely links pages from the sitemaps that robots.txt names."""
        listed = await Network.of(self._crawler).sitemaps.pages_of(site.url)
        return await asyncio.to_thread(sitemap_candidates, listed, site)
