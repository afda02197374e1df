"""Sitemaps: found through robots.txt, compressed or not, indexes included, within bounds."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urljoin

from lxml import etree  # type: ignore[import-untyped]

from brokenlinks.http.decoding import text_of
from brokenlinks.http.response import Fetch, FetchResult
from brokenlinks.http.robots import Robots
from brokenlinks.text.urls import absolute_url

GZIP_MAGIC = b"\x1f\x8b"
MAX_FILES = 3
MAX_FILE_BYTES = 4_000_000
DEFAULT_PATH = "/sitemap.xml"


class Sitemaps:
    """Fetches sitemaps with `fetch`, as robots.txt allows."""

    def __init__(self, fetch: Fetch, robots: Robots) -> None:
        self._fetch = fetch
        self._robots = robots

    async def pages_of(
        self, home: str, *, guess: bool = False, max_files: int = MAX_FILES
    ) -> list[str]:
        """Return the pages that a site's sitemaps list, from `max_files` files at most.

        With `guess`, /sitemap.xml is tried where robots.txt names none.
        """
        rules = await self._robots.rules_for(home)
        named = rules.rules.sitemaps if rules.rules else ()
        waiting = [url for name in named if (url := absolute_url(home, name))]
        if guess and not waiting:
            waiting = [urljoin(home, DEFAULT_PATH)]
        pages: list[str] = []
        for number in range(max_files):
            if number >= len(waiting) or not self._robots.allows(rules, waiting[number]):
                break
            sitemap = await self._read(waiting[number])
            pages += sitemap.pages
            waiting += sitemap.sitemaps
        return pages

    async def _read(self, url: str) -> Sitemap:
        answer = await self._fetch(url, max_bytes=MAX_FILE_BYTES)
        return await asyncio.to_thread(_parse, answer)


def _parse(answer: FetchResult) -> Sitemap:
    if answer.body.startswith(GZIP_MAGIC):
        answer = replace(answer, headers={**answer.headers, "content-encoding": "gzip"})
    return read_sitemap(text_of(answer, MAX_FILE_BYTES) or "")


MAX_URLS = 50_000


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The pages that a sitemap lists, or the sitemaps that an index lists."""

    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


def read_sitemap(content: str) -> Sitemap:
    """Parse an XML sitemap, an index or a plain list; anything else is empty."""
    if not content.lstrip().startswith("<"):
        return Sitemap(_urls(content.split()))
    parser = etree.XMLParser(
        encoding="utf-8",  # whatever it declares: it was decoded already
        recover=True,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(content.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        root = None
    if root is None:
        return Sitemap()
    found = _urls(
        element.text or ""
        for element in root.iter("{*}loc")
        if etree.QName(element.getparent()).localname in {"url", "sitemap"}
    )
    is_index = etree.QName(root).localname == "sitemapindex"
    return Sitemap((), found) if is_index else Sitemap(found)


def _urls(listed: Iterable[str]) -> tuple[str, ...]:
    """Return the usable URLs among the first MAX_URLS."""
    urls = (absolute_url("", text) for text in islice(listed, MAX_URLS))
    return tuple(url for url in urls if url)
