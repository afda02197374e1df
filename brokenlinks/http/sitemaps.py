"""Sitemaps: found through robots.txt, compressed or not, indexes included, within bounds."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urljoin

from lxml import etree  # type: ignore[import-untyped]

from brokenlinks.http.decoding import decoded_body, text_of
from brokenlinks.http.response import Fetch, FetchResult, redirect_url
from brokenlinks.http.robots import Robots
from brokenlinks.text.urls import absolute_url, site_of

GZIP_MAGIC = b"\x1f\x8b"
MAX_LAYERS = 2
MAX_FILES = 3
MAX_FILE_BYTES = 4_000_000
MAX_REDIRECTS = 5
MAX_URLS = 50_000
"""The protocol's own limit for a file."""
DEFAULT_PATH = "/sitemap.xml"
_START = re.compile(r"<\?xml|<(?:\w+:)?(?:urlset|sitemapindex|rss|feed)\b")
"""Where the XML begins: scripts that write sitemaps may print warnings before it."""
_BARE_AMPERSAND = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))|&(?!#?\w{1,31};)", re.DOTALL)
"""An ampersand that begins no entity, or a section in which it needs none."""


class Sitemaps:
    """Fetches sitemaps with `fetch`, as robots.txt allows."""

    def __init__(self, fetch: Fetch, robots: Robots) -> None:
        self._fetch = fetch
        self._robots = robots

    async def pages_of(
        self, home: str, *, guess: bool = False, max_files: int = MAX_FILES
    ) -> list[str]:
        """Return the pages that a site's sitemaps list, from `max_files` files at most.

        With `guess`, /sitemap.xml is tried where robots.txt names none that lists a page.
        """
        rules = (await self._robots.rules_for(home)).rules
        named = rules.sitemaps if rules else ()
        urls = (url for name in named if (url := absolute_url(home, name)))
        waiting = list(islice(urls, max_files))
        pages: list[str] = []
        for number in range(max_files):
            if number >= len(waiting) and guess and not pages:
                waiting = [*dict.fromkeys([*waiting, urljoin(home, DEFAULT_PATH)])]
            if number >= len(waiting):
                break
            sitemap = await self._read(waiting[number], site_of(home))
            pages += sitemap.pages
            waiting += (url for url in sitemap.sitemaps[:max_files] if url not in waiting)
        return pages

    async def _read(self, url: str, site: str) -> Sitemap:
        """Read a file; redirects are followed within its site and the one it belongs to."""
        sites = {site, site_of(url)}
        for _ in range(1 + MAX_REDIRECTS):
            if site_of(url) not in sites:
                break
            if not self._robots.allows(await self._robots.rules_for(url), url):
                break
            answer = await self._fetch(url, max_bytes=MAX_FILE_BYTES)
            target = redirect_url(answer, url)
            if target is None:
                return await asyncio.to_thread(_parse, answer)
            url = target
        return Sitemap()


def _parse(answer: FetchResult) -> Sitemap:
    if answer.status != 200:
        return Sitemap()
    return read_sitemap(text_of(_unpacked(answer), MAX_FILE_BYTES) or "", answer.url)


def _unpacked(answer: FetchResult) -> FetchResult:
    """Return a response whose gzip is undone, which is no matter of its header.

    Servers send packed files without a word, pack them once more, or call plain ones packed.
    """
    if answer.headers.get("content-encoding", "").strip().lower() == "deflate":
        return answer
    for _ in range(MAX_LAYERS):
        if not answer.body.startswith(GZIP_MAGIC):
            break
        packed = replace(answer, headers={"content-encoding": "gzip"})
        answer = replace(answer, body=decoded_body(packed, MAX_FILE_BYTES) or b"")
    return replace(answer, headers={"content-type": answer.content_type})


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The pages that a sitemap lists, or the sitemaps that an index lists."""

    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


def read_sitemap(content: str, url: str = "") -> Sitemap:
    """Parse an XML sitemap, an index, a feed or a plain list; anything else is empty.

    Relative addresses, as exports of WordPress have them, are of the sitemap's own `url`.
    """
    start = _START.search(content)
    if start is None:
        is_list = not content.lstrip().startswith("<")
        return Sitemap(_urls(content.split())) if is_list else Sitemap()
    parser = etree.XMLParser(
        encoding="utf-8",  # whatever it declares: it was decoded already
        recover=True,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
    )
    xml = _BARE_AMPERSAND.sub(lambda found: found[1] or "&amp;", content[start.start() :])
    try:
        root = etree.fromstring(xml.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        root = None
    if root is None:
        return Sitemap()
    listed: dict[str, list[str]] = {"url": [], "sitemap": [], "item": [], "entry": []}
    for element in root.iter("{*}loc", "{*}link"):
        parent = element.getparent()
        within = "" if parent is None else str(parent.tag).rpartition("}")[2]
        with suppress(UnicodeDecodeError):  # half a character, by its number
            if within in listed and element.get("rel", "alternate") == "alternate":
                listed[within].append(element.text or element.get("href", ""))
    pages = (*listed["url"], *listed["item"], *listed["entry"])
    return Sitemap(_urls(pages, url), _urls(listed["sitemap"], url))


def _urls(listed: Iterable[str], base: str = "") -> tuple[str, ...]:
    """Return the usable URLs among the first MAX_URLS."""
    texts = filter(str.strip, islice(listed, MAX_URLS))
    urls = (absolute_url(base, text) for text in texts)
    return tuple(url for url in urls if url)
