"""Looks for the content of a dead page at another address."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urljoin

from brokenlinks.html.document import HtmlDocument, parse_html
from brokenlinks.html.page import read_page
from brokenlinks.html.worker import UnreadablePageError, read_within_limits
from brokenlinks.http.async_cache import AsyncCache
from brokenlinks.http.sitemaps import Sitemaps
from brokenlinks.models.lookups import ArchiveRecord
from brokenlinks.text.normalize import normalize_words
from brokenlinks.text.urls import is_root, path_segments, url_key

MIN_TITLE_WORDS = 2
"""A title of one word is no proof: too many pages are called "Links"."""
MIN_SLUG_WORDS = 3
"""Words in the last part of an address: two words are on many pages of a site."""
MAX_CANDIDATES = 2
"""Pages fetched for each dead page: titles are rarely given to more."""
_TITLE_SEPARATOR = re.compile(r"\s[-\u2013\u2014|·»«:]+\s")
MAX_CACHED_SITES, MAX_CACHED_SITEMAPS = 500, 20
"""Sites whose home page's links are kept in memory, and sites whose sitemaps are."""
MAX_PAGE_BYTES = 500_000

FetchPage = Callable[[str, int], Awaitable[str]]
"""Fetches a page's markup, given the URL and the most bytes to read; "" for none."""
ResolveRedirect = Callable[[str], Awaitable[str]]
"""Asks an archive where a captured redirect led; "" for nowhere."""


@dataclass(frozen=True, slots=True)
class Relocation:
    """Where a dead page's content is now, and the reason to think so; empty for nowhere."""

    url: str = ""
    reason: str = ""


class RelocationFinder:
    """Follows redirects that an archive recorded, and looks for the title elsewhere on the site."""

    def __init__(
        self, fetch_page: FetchPage, sitemaps: Sitemaps, redirect_target: ResolveRedirect
    ) -> None:
        self._fetch_page = fetch_page
        self._redirect_target = redirect_target
        self._sitemaps = sitemaps
        self._links = AsyncCache[list[tuple[str, str]]](MAX_CACHED_SITES)
        self._sitemap_urls = AsyncCache[list[str]](MAX_CACHED_SITEMAPS)

    async def find(self, url: str, record: ArchiveRecord) -> Relocation:
        """Return where the content of the dead page at `url` is now."""
        names = page_names(record.title, record.h1)
        if not names:
            return Relocation()
        for address, why in await self._candidates(url, record, names):
            html = await self._fetch_page(address, MAX_PAGE_BYTES)
            with suppress(UnreadablePageError):
                page = await read_within_limits(parse_html, html, address)
                if title_matches(names, page):
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
        html = await self._fetch_page(home, MAX_PAGE_BYTES)
        try:
            return (await read_within_limits(read_page, html, home)).internal_links
        except UnreadablePageError:
            return []


def page_names(title: str, h1: str) -> frozenset[str]:
    """Return a page's names: its heading, its title and the first part of its title."""
    texts = (
        normalize_words(text).strip() for text in (h1, title, _TITLE_SEPARATOR.split(title)[0])
    )
    return frozenset(name for name in texts if len(name.split()) >= MIN_TITLE_WORDS)


def candidate_urls(
    names: frozenset[str],
    links: Iterable[tuple[str, str]],
    sitemap_urls: Iterable[str],
    dead_url: str,
) -> list[str]:
    """Return the addresses that seem to have one of the names, most likely first.

    `links` are (URL, anchor) pairs of the site's own pages, `sitemap_urls` the URLs of its sitemap.
    """
    slugs = {frozenset(name.split()) for name in names if len(name.split()) >= MIN_SLUG_WORDS}
    by_anchor = [url for url, anchor in links if normalize_words(anchor).strip() in names]
    by_slug = [url for url in sitemap_urls if _slug_words(url) in slugs]
    candidates = {url_key(url): url for url in (*by_anchor, *by_slug) if not is_root(url)}
    candidates.pop(url_key(dead_url), None)
    return list(candidates.values())[:MAX_CANDIDATES]


def title_matches(names: frozenset[str], page: HtmlDocument) -> bool:
    """Whether a page that is served now has a name of the dead one."""
    return bool(names & page_names(page.title, page.h1))


def _slug_words(url: str) -> frozenset[str]:
    segments = path_segments(url)
    return frozenset(normalize_words(segments[-1]).split()) if segments else frozenset()
