"""A site's sitemaps: those its robots.txt names, indexes and packed ones too, within bounds."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from urllib.parse import urljoin

from brokenlinks.http.decoding import text_of
from brokenlinks.http.response import Fetch, FetchResult
from brokenlinks.http.robots import Robots
from brokenlinks.http.sitemap_parser import Sitemap, read_sitemap
from brokenlinks.text.urls import absolute_url

GZIP_MAGIC = b"\x1f\x8b"
MAX_FILES = 3
MAX_FILE_BYTES = 4_000_000
DEFAULT_PATH = "/sitemap.xml"


class Sitemaps:
    """Reads sitemaps through `fetch`, as robots.txt allows."""

    def __init__(self, fetch: Fetch, robots: Robots) -> None:
        self._fetch = fetch
        self._robots = robots

    async def pages_of(
        self, home: str, *, guess: bool = False, max_files: int = MAX_FILES
    ) -> list[str]:
        """Return the pages a site lists; with `guess` its usual place is tried where none is named.

        At most `max_files` sitemaps are read.
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
