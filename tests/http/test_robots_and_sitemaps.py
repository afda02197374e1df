"""robots.txt and sitemaps may contain anything."""

from __future__ import annotations

import asyncio
import gzip
import zlib

import pytest

from brokenlinks.http.response import FetchResult
from brokenlinks.http.robots import Robots
from brokenlinks.http.sitemaps import Sitemaps

HOME = "http://club.example/"
NAMED = b"Sitemap: http://[\nSitemap: /named.xml\nSitemap: http://club.example/packed.gz\n"
SITE = {
    f"{HOME}robots.txt": NAMED,
    "http://slow.example/robots.txt": b"User-agent: *\nCrawl-delay: 7\n",
    "http://odd.example/robots.txt": b"User-agent: *\nDisallow: /a\nSitemap: /odd.xml",
    "http://odd.example/odd.xml": b'<?xml version="1.0" encoding="undefined"?><urlset><url><loc>'
    b"http://odd.example/g\xc3\xa4rung</loc></url></urlset>",
    f"{HOME}named.xml": b"http://club.example/links",
    "http://moved.example/wp-sitemap.xml": b"<sitemapindex><sitemap><loc>http://moved.example/1.xml"
    b"</loc></sitemap></sitemapindex>",
    "http://www.moved.example/1.xml": b"http://moved.example/a",
    "http://closed.example/robots.txt": b"User-agent: *\nDisallow: /hidden\n",
    "http://closed.example/hidden.xml": b"http://closed.example/a",
    "http://left.example/sitemap.xml": b"http://left.example/a",
    "http://left.example/robots.txt": b"Sitemap: http://left.example/gone.xml",
    f"{HOME}packed.gz": gzip.compress(b"http://club.example/hops http://club.example:0x/"),
}
LISTED = f"<urlset><url><loc>{HOME}hops</loc></url></urlset>".encode()
PACKED = gzip.compress(LISTED)
REDIRECTS = {
    "http://moved.example/sitemap.xml": "/wp-sitemap.xml",
    "http://moved.example/1.xml": "http://www.moved.example/1.xml",
    "http://closed.example/sitemap.xml": "/hidden.xml",
    "http://astray.example/sitemap.xml": f"{HOME}named.xml",
    "http://round.example/sitemap.xml": "/sitemap.xml",
}


async def fetch(url: str, **_: object) -> FetchResult:
    if url == "http://lost.example/robots.txt":
        return FetchResult(url, 301, {"location": "http://["})
    if url in REDIRECTS:
        return FetchResult(url, 301, {"location": REDIRECTS[url]})
    odd = {"content-type": "text/plain; charset=undefined"} if "odd." in url else {}
    return FetchResult(url, 200 if url in SITE else 404, odd, body=SITE.get(url, b""))


wishes: dict[str, float] = {}
set_crawl_delay = wishes.__setitem__


def test_what_is_no_address_is_passed_over() -> None:
    sitemaps = Sitemaps(fetch, Robots(fetch, "Test", set_crawl_delay))
    listed = asyncio.run(sitemaps.pages_of(HOME))
    assert listed == ["http://club.example/links", "http://club.example/hops"]


def test_rules_that_lead_to_no_address_are_none() -> None:
    robots = Robots(fetch, "Test", set_crawl_delay)
    rules = asyncio.run(robots.rules_for("http://lost.example/a"))
    assert robots.allows(rules, "http://lost.example/a")


@pytest.mark.parametrize(("status", "failed"), [(404, None), (403, None), (500, 500)])
def test_a_server_that_fails_to_send_its_rules_may_have_some(
    status: int, failed: int | None
) -> None:
    async def serve(url: str, **_: object) -> FetchResult:
        return FetchResult(url, status, {"content-type": "text/plain"}, b"User-agent: *\nAllow: /")

    robots = Robots(serve, "Test", set_crawl_delay)
    assert asyncio.run(robots.rules_for("http://club.example/a")).failed_status == failed


def test_how_far_apart_a_host_wishes_requests_is_told() -> None:
    wishes.clear()
    asyncio.run(Robots(fetch, "Test", set_crawl_delay).rules_for("http://slow.example/a"))
    assert wishes == {"slow.example": 7}


def test_rules_and_sitemaps_that_name_no_encoding_are_read() -> None:
    robots = Robots(fetch, "Test", set_crawl_delay)
    rules = asyncio.run(robots.rules_for("http://odd.example/a"))
    assert not robots.allows(rules, "http://odd.example/a")
    assert robots.allows(rules, "http://odd.example/b")
    listed = asyncio.run(Sitemaps(fetch, robots).pages_of("http://odd.example/"))
    assert listed == ["http://odd.example/g\u00e4rung"]


@pytest.mark.parametrize(
    ("home", "pages"),
    [
        ("http://moved.example/", ["http://moved.example/a"]),
        ("http://closed.example/", []),
        ("http://astray.example/", []),
        ("http://round.example/", []),
        ("http://left.example/", ["http://left.example/a"]),
    ],
    ids=["within the site", "forbidden", "to another site", "in a circle", "named one is gone"],
)
def test_a_sitemap_is_followed_within_its_site(home: str, pages: list[str]) -> None:
    sitemaps = Sitemaps(fetch, Robots(fetch, "Test", set_crawl_delay))
    assert asyncio.run(sitemaps.pages_of(home, guess=True)) == pages


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (PACKED, ""),
        (PACKED, "gzip"),
        (gzip.compress(PACKED), "gzip"),
        (LISTED, "gzip"),
        (LISTED, "GZip"),
        (zlib.compress(LISTED), "deflate"),
    ],
    ids=["not said", "said", "twice", "said of a plain one", "in capitals", "deflate"],
)
def test_a_sitemap_is_unpacked_whatever_its_header_says(body: bytes, encoding: str) -> None:
    async def serve(url: str, **_: object) -> FetchResult:
        found = url == f"{HOME}sitemap.xml"
        headers = {"content-encoding": encoding} if encoding else {}
        return FetchResult(url, 200 if found else 404, headers, body)

    sitemaps = Sitemaps(serve, Robots(serve, "Test", set_crawl_delay))
    assert asyncio.run(sitemaps.pages_of(HOME, guess=True)) == [f"{HOME}hops"]
