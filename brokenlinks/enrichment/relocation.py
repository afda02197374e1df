"""Looks for the content of a dead page at other addresses of the web."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from brokenlinks.enrichment.title_match import candidate_urls, page_names, title_matches
from brokenlinks.html.document import parse_html
from brokenlinks.html.page import read_page
from brokenlinks.http.async_cache import AsyncCache
from brokenlinks.http.sitemaps import Sitemaps
from brokenlinks.models.archive import ArchiveRecord

MAX_CACHED_SITES, MAX_CACHED_SITEMAPS = 500, 20
"""Of so many sites the links of the home page, and all that the sitemaps list, are remembered."""
MAX_PAGE_BYTES = 500_000

FetchPage = Callable[[str, int], Awaitable[str]]
"""Fetches a page's markup, so many bytes of it at most; "" for none."""
ResolveRedirect = Callable[[str], Awaitable[str]]
"""Asks an archive where a capture of a redirect led; "" for nowhere."""


@dataclass(frozen=True, slots=True)
class Relocation:
    """Where a dead page's content is served today, and how that was told; empty for nowhere."""

    url: str = ""
    reason: str = ""


class RelocationFinder:
    """Follows redirects an archive recorded, and a page's title on its site's other pages."""

    def __init__(
        self, page: FetchPage, sitemaps: Sitemaps, redirect_target: ResolveRedirect
    ) -> None:
        self._page = page
        self._redirect_target = redirect_target
        self._sitemaps = sitemaps
        self._links = AsyncCache[list[tuple[str, str]]](MAX_CACHED_SITES)
        self._sitemap_urls = AsyncCache[list[str]](MAX_CACHED_SITEMAPS)

    async def find(self, url: str, record: ArchiveRecord) -> Relocation:
        """Return where the content of the dead page at `url` lives on."""
        names = page_names(record.title, record.h1)
        if not names:
            return Relocation()
        for address, why in await self._candidates(url, record, names):
            html = await self._page(address, MAX_PAGE_BYTES)
            if html and title_matches(names, parse_html(html, address)):
                return Relocation(address, why)
        return Relocation()

    async def _candidates(
        self, url: str, record: ArchiveRecord, names: frozenset[str]
    ) -> list[tuple[str, str]]:
        redirected = await self._redirect_target(record.redirect) if record.redirect else ""
        home = urljoin(url, "/")
        links = await self._links.get(home, self._links_on)
        listed = await self._sitemap_urls.get(home, self._sitemaps.pages_of)
        own = await asyncio.to_thread(candidate_urls, names, links, listed, url)
        return [
            *([(redirected, "an archive recorded a redirect to it")] if redirected else []),
            *((address, "its site has a page of the same title") for address in own),
        ]

    async def _links_on(self, home: str) -> list[tuple[str, str]]:
        html = await self._page(home, MAX_PAGE_BYTES)
        return read_page(html, home).internal_links if html else []
