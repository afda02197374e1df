"""A site's sitemaps are strangers' files, and so is the robots.txt that names them."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable

from brokenlinks.net.answer import Answer, Trouble
from brokenlinks.net.robots import Robots
from brokenlinks.net.sitemaps import Sitemaps

HOME = "http://club.example/"
NAMED = b"Sitemap: http://[\nSitemap: /named.xml\nSitemap: http://club.example/packed.gz\n"
SITE = {
    f"{HOME}robots.txt": NAMED,
    f"{HOME}named.xml": b"http://club.example/links",
    f"{HOME}packed.gz": gzip.compress(b"http://club.example/hops http://club.example:0x/"),
}


async def fetch(
    url: str,
    *,
    cookies: str = "",  # noqa: ARG001
    plain: bool = False,  # noqa: ARG001
    max_bytes: int | None = None,  # noqa: ARG001
    known_trouble: Callable[[], Trouble | None] = lambda: None,  # noqa: ARG001
) -> Answer:
    return Answer(url, 200 if url in SITE else 404, body=SITE.get(url, b""))


def test_what_is_no_address_is_passed_over() -> None:
    sitemaps = Sitemaps(fetch, Robots(fetch, "Test"))
    listed = asyncio.run(sitemaps.pages_of(HOME))
    assert listed == ["http://club.example/links", "http://club.example/hops"]
