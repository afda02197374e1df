"""Crawls the resource pages of a niche: seeds, their sites' link pages, sites they recommend."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response, TextResponse
from twisted.python.failure import Failure

from brokenlinks.discovery.selection import Gates, rejected, seed_candidates, study
from brokenlinks.extensions.memory import memory_of
from brokenlinks.items import RejectedPage
from brokenlinks.journal.pages import (
    Candidate,
    known_resource_pages,
    pages_of_run,
    queue_pages,
    unsettled_pages,
    waiting_pages,
)
from brokenlinks.plan import CRAWL, make_plan
from brokenlinks.urls import site_of, url_key
from spiders.obstacles import obstacle_to_reading, why_not_fetched

NAMED_FIRST = 1_000


class ResourcesSpider(Spider):
    """`scrapy crawl resources -a niche="home brewing" -a seeds=seeds.txt`."""

    name = CRAWL

    def __init__(self, **arguments: str) -> None:
        super().__init__()
        self.plan = make_plan(self.name, arguments)
        self._seen: set[str] = set()
        self._sites: Counter[str] = Counter()

    async def start(self) -> AsyncIterator[Any]:
        """Continue a run that was cut off, or begin with the seeds and the pages known so far."""
        memory = memory_of(self.crawler)
        run = memory.run
        if run.resumed:
            for candidate in await memory.writer.run(pages_of_run, run):
                self._seen.add(candidate.key)
                self._sites[site_of(candidate.url)] += 1
            for page in await memory.writer.run(unsettled_pages, run, memory.clock()):
                yield page
            for candidate in await memory.writer.run(waiting_pages, run):
                yield self._request(candidate)
        known = await memory.writer.run(known_resource_pages, run.niche)
        for request in await self._enqueue([*seed_candidates(self.plan.seeds), *known]):
            yield request

    async def parse(self, response: Response, **_: Any) -> AsyncIterator[Any]:
        """Study a page: queue what it leads to, then hand it on with its outbound links."""
        candidate: Candidate = response.meta["candidate"]
        obstacle = obstacle_to_reading(response)
        if obstacle is not None or not isinstance(response, TextResponse):
            yield rejected(candidate, *(obstacle or ("not_html", "")))
            return
        if url_key(response.url) != candidate.key:
            yield rejected(candidate, "redirected", response.url)
            candidate = replace(candidate, url=response.url, key=url_key(response.url))
            if not await self._enqueue([candidate]):
                return
        candidate = replace(candidate, url=response.url)
        now = memory_of(self.crawler).clock()
        studied = await asyncio.to_thread(
            study, response.text, candidate, self.plan.profile, self._gates, now
        )
        # Queued before the page is stored: a kill in between finds the page waiting still.
        for request in await self._enqueue(studied.leads):
            yield request
        yield studied.item

    def failed(self, failure: Failure) -> Iterable[RejectedPage]:
        """Record a page that could not be fetched."""
        candidate = failure.request.meta["candidate"]  # type: ignore[attr-defined] # Scrapy's
        yield rejected(candidate, *why_not_fetched(failure.value))

    @property
    def _gates(self) -> Gates:
        settings = self.crawler.settings
        return Gates(settings.getfloat("RELEVANCE_GATE"), settings.getfloat("RESOURCE_GATE"))

    async def _enqueue(self, candidates: Iterable[Candidate]) -> list[Request]:
        """Journal the new candidates that the budgets admit, and return their requests."""
        admitted = []
        for candidate in candidates:
            if candidate.key in self._seen or not self._admits(candidate):
                continue
            self._seen.add(candidate.key)
            self._sites[site_of(candidate.url)] += 1
            admitted.append(candidate)
        memory = memory_of(self.crawler)
        await memory.writer.run(queue_pages, memory.run, admitted, memory.clock())
        return [self._request(candidate) for candidate in admitted]

    def _admits(self, candidate: Candidate) -> bool:
        budgets, site = self.plan.budgets, site_of(candidate.url)
        per_site = self.crawler.settings.getint("PAGES_PER_SITE")
        over = {
            "max_depth": candidate.depth > budgets.depth,
            "max_pages": len(self._seen) >= budgets.pages,
            "max_sites": site not in self._sites and len(self._sites) >= budgets.sites,
            "pages_per_site": not candidate.named and self._sites[site] >= per_site,
        }
        for limit in (name for name, is_over in over.items() if is_over):
            self.crawler.stats.inc_value(f"brokenlinks/skipped/{limit}")
            return False
        return True

    def _request(self, candidate: Candidate) -> Request:
        return Request(
            candidate.url,
            callback=self.parse,
            errback=self.failed,
            meta={"candidate": candidate},
            priority=NAMED_FIRST if candidate.named else int(100 * candidate.hint),
            dont_filter=True,  # the journal knows what was queued
        )
