"""Looks for the content of a dead page at other addresses of the web."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from brokenlinks.enrichment.title_match import bears_the_name, likely_addresses, names_of
from brokenlinks.html.document import read_html
from brokenlinks.html.page import read_page
from brokenlinks.http.async_cache import SharedAnswers
from brokenlinks.http.sitemaps import Sitemaps
from brokenlinks.models.archive import ArchiveFacts

SITES_KEPT, SITEMAPS_KEPT = 500, 20
"""Of so many sites the links of the home page, and all that the sitemaps list, are remembered."""
PAGE_READ = 500_000

ReadPage = Callable[[str, int], Awaitable[str]]
"""Fetches a page's markup, so many bytes of it at most; "" for none."""
RedirectOf = Callable[[str], Awaitable[str]]
"""Asks an archive where a capture of a redirect led; "" for nowhere."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a dead page's content is served today, and how that was told; empty for nowhere."""

    address: str = ""
    why: str = ""


class Whereabouts:
    """Follows redirects an archive recorded, and a page's title on its site's other pages."""

    def __init__(self, page: ReadPage, sitemaps: Sitemaps, redirect_of: RedirectOf) -> None:
        self._page = page
        self._redirect_of = redirect_of
        self._sitemaps = sitemaps
        self._links = SharedAnswers[list[tuple[str, str]]](SITES_KEPT)
        self._listed = SharedAnswers[list[str]](SITEMAPS_KEPT)

    async def find(self, url: str, facts: ArchiveFacts) -> Moved:
        """Return where the content of the dead page at `url` lives on."""
        names = names_of(facts.title, facts.h1)
        if not names:
            return Moved()
        for address, why in await self._likely(url, facts, names):
            html = await self._page(address, PAGE_READ)
            if html and bears_the_name(names, read_html(html, address)):
                return Moved(address, why)
        return Moved()

    async def _likely(
        self, url: str, facts: ArchiveFacts, names: frozenset[str]
    ) -> list[tuple[str, str]]:
        redirected = await self._redirect_of(facts.redirect) if facts.redirect else ""
        home = urljoin(url, "/")
        links = await self._links.get(home, self._links_of)
        listed = await self._listed.get(home, self._sitemaps.pages_of)
        own = await asyncio.to_thread(likely_addresses, names, links, listed, url)
        return [
            *([(redirected, "an archive recorded a redirect to it")] if redirected else []),
            *((address, "its site has a page of the same title") for address in own),
        ]

    async def _links_of(self, home: str) -> list[tuple[str, str]]:
        html = await self._page(home, PAGE_READ)
        return read_page(html, home).internal_links if html else []
