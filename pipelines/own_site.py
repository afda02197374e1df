"""Reads the person's own site beside the crawl: what there is to offer for dead pages."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from brokenlinks.extensions.run_context import Memory, memory_of
from brokenlinks.html.page import read_page
from brokenlinks.html.summary import describe, make_brief
from brokenlinks.http.network import Network, network_of
from brokenlinks.store.own_pages import (
    ReadOwnPage,
    forget_own_pages,
    own_pages_of,
    read_lately,
    record_own_page,
)
from brokenlinks.text.urls import site_of
from pipelines.look_ups import LookUpPipeline

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

PAGE_READ = 1_000_000
SITEMAPS_READ = 20
UNREADABLE = "brokenlinks/own_site/unreadable"
NOT_READ = "could not be read, or is no HTML page"


@dataclass(frozen=True, slots=True)
class UnreadSite:
    """The person's site while some of its pages were not read lately."""

    id: str
    demand: int = 1


class OwnSitePipeline(LookUpPipeline[UnreadSite]):
    """Reads the pages that the site's sitemap, or the person's file, lists."""

    name = "own_site"

    def __init__(self, crawler: Crawler, memory: Memory, network: Network) -> None:
        super().__init__(crawler, look_ups=1)
        self._memory = memory
        self._network = network
        self._most = crawler.settings.getint("OWN_PAGES")
        self._is_done = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Ask through the crawl's network, under its manners."""
        return cls(crawler, memory_of(crawler), network_of(crawler))

    async def unasked(self, target_ids: Sequence[int] | None) -> list[UnreadSite]:
        """Return the person's site, once a run."""
        own = self._memory.plan.own
        return [UnreadSite(own.home)] if own.home and not (self._is_done or target_ids) else []

    async def look_up(self, question: UnreadSite) -> None:
        """Read every page that was not read lately; while the site is down, all is kept."""
        memory, own = self._memory, self._memory.plan.own
        known = [page.url for page in await memory.writer.run(own_pages_of, own.site) if page.brief]
        titles = dict(own.listed) or dict.fromkeys(await self._addresses(question.id, known), "")
        wanted = list(titles)[: self._most]
        read = await memory.writer.run(read_lately, own.site, memory.clock())
        for url in wanted:
            if url in read:
                continue
            page = await self._read(url, titles[url])
            if not self._crawler.engine.running:
                return  # cut off: the page may well be there
            if page.problem in {"", NOT_READ} or url not in known:
                await memory.writer.run(record_own_page, own.site, page, memory.clock())
            self.count("unread" if page.problem else "read", page.problem)
            read |= set() if page.problem else {url}
        if read.isdisjoint(wanted):
            self._crawler.stats.set_value(UNREADABLE, question.id)
        else:
            await memory.writer.run(forget_own_pages, own.site, wanted)
        self._is_done = True

    async def _addresses(self, home: str, known: Sequence[str]) -> list[str]:
        """Return what the sitemap lists or, without one, the home page, its links, what is known.

        A sitemap may fail for a day; what is not there any more is found out by asking.
        """
        listed = await self._network.sitemaps.pages_of(home, guess=True, files=SITEMAPS_READ)
        if not listed:
            visit = await self._network.visit(home, PAGE_READ)
            if not visit.html:
                self.count("unread", visit.trouble or NOT_READ)
                return []
            links = read_page(visit.html, visit.url).internal_links
            listed = [visit.url, *(url for url, _ in links), *known]
        return [url for url in dict.fromkeys(listed) if site_of(url) == site_of(home)]

    async def _read(self, url: str, title: str) -> ReadOwnPage:
        visit = await self._network.visit(url, PAGE_READ)
        if not visit.html or visit.url != url:
            return ReadOwnPage(url, title, problem=visit.trouble or NOT_READ)
        brief = await asyncio.to_thread(make_brief, visit.html, url)
        return ReadOwnPage(url, brief.title or title, describe(visit.html), brief.as_json())
