"""Crawls the resource pages of a niche: seeds, their sites' link pages, sites they recommend."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from typing import Any

from scrapy import Request, Spider
from scrapy.exceptions import IgnoreRequest
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
from brokenlinks.liveness.reading import looks_like_html
from brokenlinks.net.politeness import AsksToComeBackLater, RefusedByRobots
from brokenlinks.net.transport import trouble_of
from brokenlinks.plan import CrawlPlan, make_plan
from brokenlinks.urls import site_of, url_key

NAMED_FIRST = 1_000


class ResourcesSpider(Spider):
    """`scrapy crawl resources -a niche="home brewing" -a seeds=seeds.txt`."""

    name = "resources"
    make_plan = staticmethod(make_plan)

    def __init__(self, **arguments: str) -> None:
        super().__init__()
        self.plan: CrawlPlan = make_plan(arguments)
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
        obstacle = _obstacle(response)
        if obstacle is not None or not isinstance(response, TextResponse):
            yield rejected(candidate, *(obstacle or ("not_html", "no text")))
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
        error = failure.value
        assert error is not None
        if isinstance(error, RefusedByRobots):
            yield rejected(candidate, "robots", "robots.txt asks programs to stay away")
        elif isinstance(error, AsksToComeBackLater):
            yield rejected(candidate, "failed_rate", "the site asks to come back later")
        elif isinstance(error, IgnoreRequest):
            yield rejected(candidate, "failed_ignored", str(error)[:200])
        else:
            trouble, detail = trouble_of(error)
            yield rejected(candidate, f"failed_{trouble}", detail)

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


def _obstacle(response: Response) -> tuple[str, str] | None:
    """Return why a response cannot be read as a page: the machine's word, and a person's."""
    if response.status >= 400:
        return f"http_{response.status}", response.url
    kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
    if not looks_like_html(kind, response.body):
        return "not_html", kind[:100] or "no type"
    return None
