"""Finds and reads the resource pages of a niche: seeds, searches, recommended sites."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response, TextResponse
from twisted.python.failure import Failure

from brokenlinks.arguments import EARLIER, make_plan
from brokenlinks.discovery.classify import (
    Gates,
    Studied,
    digest_of,
    rejected,
    seed_candidates,
    study,
)
from brokenlinks.discovery.cocitation import Company
from brokenlinks.discovery.frontier import Frontier, Limits
from brokenlinks.discovery.relevance import in_words, with_terms
from brokenlinks.extensions.run_context import memory_of
from brokenlinks.extensions.searches import searches_of
from brokenlinks.models.arguments import CRAWL
from brokenlinks.models.page import Candidate, RejectedPage, ResourcePage
from brokenlinks.store.pages import (
    known_resource_pages,
    pages_of_run,
    queue_pages,
    recommendations,
    reject_page,
    unchanged_page,
    unsettled_pages,
    waiting_pages,
)
from brokenlinks.store.searches import count_terms, telling_terms, told_terms
from brokenlinks.text.urls import site_of, url_key
from spiders.obstacles import obstacle_to_reading, why_not_fetched

logger = logging.getLogger(__name__)

TRAPS_RECORDED = 3


class ResourcesSpider(Spider):
    """`scrapy crawl resources -a niche="home brewing"`."""

    name = CRAWL

    def __init__(self, **arguments: str) -> None:
        super().__init__()
        self.plan = make_plan(self.name, arguments)
        self._profile = self.plan.profile
        self._traps: Counter[str] = Counter()
        self._company = Company()

    async def start(self) -> AsyncIterator[Any]:
        """Continue a run that was cut off, or begin: seeds, pages known so far, then searches."""
        settings = self.crawler.settings
        limits = Limits(
            settings.getint("PAGES_PER_SITE"),
            settings.getint("PAGES_AT_ONCE"),
            settings.getint("BARREN_SITES"),
            settings.getfloat("REJECTS_PER_PAGE"),
        )
        self._frontier = Frontier(self.plan.budgets, limits)
        self._gates = Gates(settings.getfloat("RELEVANCE_GATE"), settings.getfloat("RESOURCE_GATE"))
        memory = memory_of(self.crawler)
        run, journal = memory.run, memory.writer.run
        self._profile = with_terms(self._profile, await journal(telling_terms, run.niche))
        self._company.know(await journal(recommendations, run.niche))
        await self._learn()
        if run.resumed:
            waiting = await journal(waiting_pages, run)
            left = {candidate.key for candidate in waiting}
            visited = await journal(pages_of_run, run)
            self._frontier.resume(page for page in visited if page.key not in left)
            for page in await journal(unsettled_pages, run, memory.clock()):
                yield page
            for candidate in waiting:
                self._frontier.admit(candidate)
        known = []
        if self.plan.uses(EARLIER):
            known = await journal(known_resource_pages, run.niche)
        for request in await self._enqueue([*seed_candidates(self.plan.seeds), *known]):
            yield request
        async for candidates in searches_of(self.crawler).run(lambda: self._profile):
            await self._learn()
            for request in await self._enqueue(candidates):
                yield request

    async def parse(self, response: Response, **_: Any) -> AsyncIterator[Any]:
        """Study a page: queue what it leads to, then hand it on with its outbound links."""
        asked: Candidate = response.meta["candidate"]
        try:
            async for made in self._outcome(response, asked):
                yield made
        finally:
            self._frontier.read(asked)
        for request in self._requests():
            yield request

    def failed(self, failure: Failure) -> Iterable[RejectedPage | Request]:
        """Record a page that could not be fetched."""
        candidate = failure.request.meta["candidate"]  # type: ignore[attr-defined] # Scrapy's
        self._frontier.missed(candidate)
        yield rejected(candidate, *why_not_fetched(failure.value))
        yield from self._requests()

    async def _outcome(self, response: Response, candidate: Candidate) -> AsyncIterator[Any]:
        obstacle = obstacle_to_reading(response)
        if obstacle is not None or not isinstance(response, TextResponse):
            yield rejected(candidate, *(obstacle or ("not_html", "")))
            return
        if url_key(response.url) != candidate.key:
            yield rejected(candidate, "redirected", response.url)
            candidate = replace(candidate, url=response.url, key=url_key(response.url))
            if not self._frontier.arrive(candidate):
                return
        item, leads = await self._read(response, replace(candidate, url=response.url))
        if leads or isinstance(item, ResourcePage):
            self._frontier.promising()
        # Queued before the page is stored: a kill in between finds the page waiting still.
        for request in await self._enqueue(leads):
            yield request
        yield item
        if isinstance(item, ResourcePage):
            self._frontier.fruitful(item.site)
            async for settled in self._settled_by(item):
                yield settled

    async def _read(
        self, response: TextResponse, candidate: Candidate
    ) -> tuple[ResourcePage | RejectedPage, list[Candidate]]:
        """Return what a page is and the pages it leads to; it is studied only if it has changed."""
        memory = memory_of(self.crawler)
        digest = digest_of(
            response.body, response.encoding, candidate, self.plan.profile, self._gates
        )
        page = await memory.writer.run(
            unchanged_page, memory.run, candidate, digest, memory.clock()
        )
        if page is not None:
            page.html = response.text
            return page, page.leads
        studied = await self._study(response, candidate)
        item, leads = studied.item, studied.leads
        if studied.sections is not None:
            leads += await searches_of(self.crawler).sitemap(candidate) or studied.sections
        if studied.doubt and self._company.doubt(studied.doubt):
            return self._company.vouch(studied.doubt), leads + studied.doubt.leads
        if isinstance(item, ResourcePage):
            item.digest, item.leads = digest, leads
        return item, leads

    async def _settled_by(self, page: ResourcePage) -> AsyncIterator[Any]:
        """Accept the pages in doubt that share links with those accepted."""
        news = [page]
        while news:
            for doubt in self._company.learn(news.pop()):
                for request in await self._enqueue(doubt.leads):
                    yield request
                vouched = self._company.vouch(doubt)
                self._frontier.fruitful(vouched.site)
                yield vouched
                news.append(vouched)

    async def _study(self, response: TextResponse, candidate: Candidate) -> Studied:
        memory = memory_of(self.crawler)
        studied = await asyncio.to_thread(
            study,
            response.text,
            candidate,
            self._profile,
            self._gates,
            memory.clock(),
            encoding=response.encoding,
            known=self._company.recommends(site_of(candidate.url)),
        )
        accepted = isinstance(studied.item, ResourcePage)
        if isinstance(studied.item, ResourcePage):
            studied.item.html = response.text
        if accepted or studied.item.relevance < self._gates.relevance:
            await memory.writer.run(count_terms, self.plan.niche, studied.words, accepted=accepted)
        return studied

    async def _learn(self) -> None:
        """Take up what the search providers have told of the niche's words."""
        terms = await memory_of(self.crawler).writer.run(told_terms, self.plan.niche)
        self._profile = with_terms(self._profile, terms)
        said = in_words(self._profile)
        if said != self.crawler.stats.get_value("brokenlinks/profile"):
            self.crawler.stats.set_value("brokenlinks/profile", said)
            logger.info("The niche's profile: %s", said)

    async def _enqueue(self, candidates: Iterable[Candidate]) -> list[Request]:
        """Journal what is new, and return the requests whose turn it is."""
        admitted = []
        for candidate in candidates:
            trap = self._frontier.trap(candidate)
            if trap:
                await self._record_trap(candidate, trap)
            elif self._frontier.admit(candidate):
                admitted.append(candidate)
        memory = memory_of(self.crawler)
        await memory.writer.run(queue_pages, memory.run, admitted, memory.clock())
        return self._requests()

    async def _record_trap(self, candidate: Candidate, trap: str) -> None:
        """Record that a site leads on without end; a few addresses of each site tell enough."""
        self.crawler.stats.inc_value(f"brokenlinks/rejected/{trap}")
        site = site_of(candidate.url)
        self._traps[site] += 1
        if self._traps[site] <= TRAPS_RECORDED:
            memory = memory_of(self.crawler)
            page = rejected(candidate, trap, "its address looks as if there were no end of them")
            await memory.writer.run(reject_page, memory.run, page, memory.clock())

    def _requests(self) -> list[Request]:
        requests = [self._request(candidate) for candidate in self._frontier.next_pages()]
        for limit, count in self._frontier.skipped.items():
            self.crawler.stats.set_value(f"brokenlinks/skipped/{limit}", count)
        return requests

    def _request(self, candidate: Candidate) -> Request:
        return Request(
            candidate.url,
            callback=self.parse,
            errback=self.failed,
            meta={"candidate": candidate},
            dont_filter=True,  # the journal knows what was queued
        )
