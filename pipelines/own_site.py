"""Reads the person's own site beside the crawl: what there is to offer for dead pages."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from brokenlinks.extensions.run_context import RunContext, run_context_of
from brokenlinks.html.page import read_page
from brokenlinks.html.summary import make_brief, meta_description
from brokenlinks.http.network import Network, network_of
from brokenlinks.store.user_data import (
    OwnPage,
    delete_unlisted_pages,
    own_pages_of,
    recently_read,
    record_own_page,
)
from brokenlinks.text.urls import site_of
from pipelines.look_ups import LookupScheduler

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

MAX_PAGE_BYTES = 1_000_000
MAX_SITEMAPS = 20
UNREADABLE_STAT = "brokenlinks/own_site/unreadable"
NOT_READ = "could not be read, or is no HTML page"


@dataclass(frozen=True, slots=True)
class PendingOwnSite:
    """The person's site while some of its pages were not read lately."""

    id: str
    demand: int = 1


class OwnSitePipeline(LookupScheduler[PendingOwnSite]):
    """Reads the pages that the site's sitemap, or the person's file, lists."""

    name = "own_site"

    def __init__(self, crawler: Crawler, memory: RunContext, network: Network) -> None:
        super().__init__(crawler, max_lookups=1)
        self._context = memory
        self._network = network
        self._max_pages = crawler.settings.getint("OWN_PAGES")
        self._is_done = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Ask through the crawl's network, under its manners."""
        return cls(crawler, run_context_of(crawler), network_of(crawler))

    async def load_pending(self, target_ids: Sequence[int] | None) -> list[PendingOwnSite]:
        """Return the person's site, once a run."""
        own = self._context.plan.own
        return [PendingOwnSite(own.home)] if own.home and not (self._is_done or target_ids) else []

    async def look_up(self, pending: PendingOwnSite) -> None:
        """Read every page that was not read lately; while the site is down, all is kept."""
        memory, own = self._context, self._context.plan.own
        known = [page.url for page in await memory.writer.run(own_pages_of, own.site) if page.brief]
        titles = dict(own.listed) or dict.fromkeys(await self._listed_urls(pending.id, known), "")
        wanted = list(titles)[: self._max_pages]
        read = await memory.writer.run(recently_read, own.site, memory.clock())
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
            self._crawler.stats.set_value(UNREADABLE_STAT, pending.id)
        else:
            await memory.writer.run(delete_unlisted_pages, own.site, wanted)
        self._is_done = True

    async def _listed_urls(self, home: str, known: Sequence[str]) -> list[str]:
        """Return what the sitemap lists or, without one, the home page, its links, what is known.

        A sitemap may fail for a day; what is not there any more is found out by asking.
        """
        listed = await self._network.sitemaps.pages_of(home, guess=True, max_files=MAX_SITEMAPS)
        if not listed:
            visit = await self._network.fetch_page(home, MAX_PAGE_BYTES)
            if not visit.html:
                self.count("unread", visit.error or NOT_READ)
                return []
            links = read_page(visit.html, visit.url).internal_links
            listed = [visit.url, *(url for url, _ in links), *known]
        return [url for url in dict.fromkeys(listed) if site_of(url) == site_of(home)]

    async def _read(self, url: str, title: str) -> OwnPage:
        visit = await self._network.fetch_page(url, MAX_PAGE_BYTES)
        if not visit.html or visit.url != url:
            return OwnPage(url, title, problem=visit.error or NOT_READ)
        brief = await asyncio.to_thread(make_brief, visit.html, url)
        return OwnPage(url, brief.title or title, meta_description(visit.html), brief.as_json())
