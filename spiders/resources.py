"""Finds and reads the resource pages of a niche: seeds, searches, recommended sites."""

from __future__ import annotations

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
    Classification,
    Thresholds,
    classify,
    page_digest,
    rejected,
    seed_candidates,
)
from brokenlinks.discovery.cocitation import CocitationIndex
from brokenlinks.discovery.frontier import Frontier, Limits
from brokenlinks.discovery.relevance import summarize, with_terms
from brokenlinks.extensions.run_context import RunContext
from brokenlinks.extensions.searches import Searches
from brokenlinks.html.frames import embed_frames, frame_urls
from brokenlinks.html.worker import UnreadablePageError, read_within_limits, run_in_worker
from brokenlinks.http.network import Network
from brokenlinks.models.page import Candidate, RejectedPage, ResourcePage
from brokenlinks.models.run_stats import CRAWL
from brokenlinks.store.pages import linked_sites, reject_page, unchanged_page, unsettled_pages
from brokenlinks.store.searches import count_terms, distinctive_terms, provider_terms
from brokenlinks.store.work_queue import (
    known_resource_pages,
    pages_of_run,
    pending_pages,
    queue_pages,
)
from brokenlinks.text.urls import site_of, url_key
from spiders import failure_problem, page_or_problem, unreadable_problem

logger = logging.getLogger(__name__)

MAX_FRAME_BYTES = 1_000_000
MAX_TRAPS_RECORDED = 3
"""Rejected addresses stored for each site that has endless pages: a few show what is wrong."""


class ResourcesSpider(Spider):
    """`scrapy crawl resources -a niche="home brewing"`."""

    name = CRAWL

    def __init__(self, **arguments: str) -> None:
        super().__init__()
        self.plan = make_plan(self.name, arguments)
        self._profile = self.plan.profile
        self._traps_by_site: Counter[str] = Counter()
        self._cocitation = CocitationIndex()

    async def start(self) -> AsyncIterator[Any]:
        """Continue an interrupted run, or start: seeds, pages known from earlier runs, searches."""
        settings = self.crawler.settings
        limits = Limits(
            settings.getint("PAGES_PER_SITE"),
            settings.getint("PAGES_AT_ONCE"),
            settings.getint("BARREN_SITES"),
            settings.getfloat("REJECTS_PER_PAGE"),
        )
        self._frontier = Frontier(self.plan.budgets, limits)
        self._thresholds = Thresholds(
            settings.getfloat("MIN_RELEVANCE"), settings.getfloat("MIN_RESOURCE_SCORE")
        )
        context = RunContext.of(self.crawler)
        context.stats.skipped = self._frontier.skipped
        run, store = context.run, context.writer.run
        self._profile = with_terms(self._profile, await store(distinctive_terms, run.niche))
        self._cocitation.add_links(await store(linked_sites, run.niche))
        await self._update_profile()
        if run.resumed:
            waiting = await store(pending_pages, run)
            waiting_keys = {candidate.key for candidate in waiting}
            visited = await store(pages_of_run, run)
            self._frontier.resume(page for page in visited if page.key not in waiting_keys)
            for page in await store(unsettled_pages, run, context.clock()):
                yield page
            for candidate in waiting:
                self._frontier.admit(candidate)
        earlier = []
        if self.plan.uses(EARLIER):
            earlier = await store(known_resource_pages, run.niche)
        for request in await self._enqueue([*seed_candidates(self.plan.seeds), *earlier]):
            yield request
        async for candidates in Searches.of(self.crawler).run(lambda: self._profile):
            await self._update_profile()
            for request in await self._enqueue(candidates):
                yield request

    async def parse(self, response: Response, candidate: Candidate) -> AsyncIterator[Any]:
        """Read a page: queue the pages it leads to, then yield it with its outbound links."""
        try:
            async for result in self._process(response, candidate):
                yield result
        finally:
            self._frontier.record_read(candidate)
        for request in self._requests():
            yield request

    def failed(self, failure: Failure) -> Iterable[RejectedPage | Request]:
        """Record a page that could not be fetched."""
        candidate = failure.request.cb_kwargs["candidate"]  # type: ignore[attr-defined] # Scrapy's
        self._frontier.record_failed(candidate)
        yield rejected(candidate, *failure_problem(failure.value))
        yield from self._requests()

    async def _process(self, response: Response, candidate: Candidate) -> AsyncIterator[Any]:
        page = page_or_problem(response)
        if not isinstance(page, TextResponse):
            yield rejected(candidate, *page)
            return
        if url_key(page.url) != candidate.key:
            yield rejected(candidate, "redirected", page.url)
            candidate = replace(candidate, url=page.url, key=url_key(page.url))
            if not self._frontier.admit_redirect(candidate):
                return
        try:
            page = await self._with_frames(page)
            item, candidates = await self._read_page(page, replace(candidate, url=page.url))
        except UnreadablePageError as error:
            yield rejected(candidate, *unreadable_problem(error))
            return
        if candidates or isinstance(item, ResourcePage):
            self._frontier.record_productive()
        # Before the page is stored: after a kill in between, the page is still pending.
        for request in await self._enqueue(candidates):
            yield request
        yield item
        if isinstance(item, ResourcePage):
            self._frontier.record_accepted(item.site)
            async for result in self._newly_corroborated(item):
                yield result

    async def _with_frames(self, response: TextResponse) -> TextResponse:
        """Return the page with the pages of its own site that it shows in frames."""
        urls = await read_within_limits(frame_urls, response.text, response.url)
        if not urls:
            return response
        network = Network.of(self.crawler)
        frames = [await network.fetch_page(url, MAX_FRAME_BYTES) for url in urls]
        content = {url: (frame.url, frame.html) for url, frame in zip(urls, frames, strict=True)}
        html = await run_in_worker(embed_frames, response.text, response.url, content)
        return response.replace(body=html, encoding="utf-8")

    async def _read_page(
        self, response: TextResponse, candidate: Candidate
    ) -> tuple[ResourcePage | RejectedPage, list[Candidate]]:
        """Return the page and the pages it leads to; it is classified only if it has changed."""
        context = RunContext.of(self.crawler)
        digest = page_digest(
            response.body, response.encoding, candidate, self.plan.profile, self._thresholds
        )
        page = await context.writer.run(
            unchanged_page, context.run, candidate, digest, context.clock()
        )
        if page is not None:
            page.html = response.text
            return page, page.candidates
        result = await self._classify(response, candidate)
        item, candidates, pending = result.item, result.candidates, result.pending
        if result.sections is not None:
            candidates += await Searches.of(self.crawler).sitemap(candidate) or result.sections
        if pending and self._cocitation.pending(pending):
            return self._cocitation.corroborated(pending), candidates + pending.candidates
        if isinstance(item, ResourcePage):
            item.digest, item.candidates = digest, candidates
        return item, candidates

    async def _newly_corroborated(self, page: ResourcePage) -> AsyncIterator[Any]:
        """Accept pending pages that share links with accepted ones."""
        accepted = [page]
        while accepted:
            for pending in self._cocitation.add_page(accepted.pop()):
                for request in await self._enqueue(pending.candidates):
                    yield request
                corroborated = self._cocitation.corroborated(pending)
                self._frontier.record_accepted(corroborated.site)
                yield corroborated
                accepted.append(corroborated)

    async def _classify(self, response: TextResponse, candidate: Candidate) -> Classification:
        context = RunContext.of(self.crawler)
        result = await read_within_limits(
            classify,
            response.text,
            candidate,
            self._profile,
            self._thresholds,
            context.clock(),
            encoding=response.encoding,
            known=self._cocitation.is_recommended(site_of(candidate.url)),
        )
        accepted = isinstance(result.item, ResourcePage)
        if isinstance(result.item, ResourcePage):
            result.item.html = response.text
        if accepted or result.item.relevance < self._thresholds.relevance:
            await context.writer.run(count_terms, self.plan.niche, result.words, accepted=accepted)
        return result

    async def _update_profile(self) -> None:
        """Add the words that search providers have returned for the niche."""
        context = RunContext.of(self.crawler)
        terms = await context.writer.run(provider_terms, self.plan.niche)
        self._profile = with_terms(self._profile, terms)
        summary = summarize(self._profile)
        if summary != context.stats.profile:
            context.stats.profile = summary
            logger.info("The niche's profile: %s", summary)

    async def _enqueue(self, candidates: Iterable[Candidate]) -> list[Request]:
        """Store new candidates, and return the requests that are next."""
        admitted = []
        for candidate in candidates:
            trap_reason = self._frontier.trap_reason(candidate)
            if trap_reason:
                await self._record_trap(candidate, trap_reason)
            elif self._frontier.admit(candidate):
                admitted.append(candidate)
        context = RunContext.of(self.crawler)
        await context.writer.run(queue_pages, context.run, admitted, context.clock())
        return self._requests()

    async def _record_trap(self, candidate: Candidate, trap_reason: str) -> None:
        """Record an address of a site that seems to have endless pages."""
        context, site = RunContext.of(self.crawler), site_of(candidate.url)
        context.stats.rejected[trap_reason] += 1
        self._traps_by_site[site] += 1
        if self._traps_by_site[site] <= MAX_TRAPS_RECORDED:
            page = rejected(
                candidate, trap_reason, "its address looks like one of an endless series"
            )
            await context.writer.run(reject_page, context.run, page, context.clock())

    def _requests(self) -> list[Request]:
        return [
            Request(
                candidate.url,
                callback=self.parse,
                errback=self.failed,
                cb_kwargs={"candidate": candidate},
                dont_filter=True,  # the journal knows what was queued
            )
            for candidate in self._frontier.next_pages()
        ]
