"""The user's own site: the list of its pages as any program saves it, and its sitemaps."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from brokenlinks.enrichment.own_site import OwnSite, OwnSiteEnricher, parse_own_site
from brokenlinks.enrichment.scheduler import LookupContext
from brokenlinks.http.network import FetchedPage
from brokenlinks.http.response import FetchError, FetchResult
from brokenlinks.http.robots import Robots
from brokenlinks.http.sitemaps import Sitemaps
from brokenlinks.models.run_stats import RunStats
from brokenlinks.store.database import open_store
from brokenlinks.store.user_data import own_pages_of
from brokenlinks.store.writer import StoreWriter

PAGES = (("https://own.example/a", "A"), ("https://own.example/b", ""))


@pytest.mark.parametrize(
    "content",
    [
        "title;url\nA;https://own.example/a\n;https://own.example/b\n",
        "\nURL\tName\nhttps://own.example/a\tA\nhttps://own.example/b\n",
        f"url,title\nhttps://own.example/a,A\n{'x' * 200_000},B\nhttps://own.example/b,\n",
        f"url,title,text\nhttps://own.example/a,A,{'x' * 200_000}\nhttps://own.example/b,,\n",
        (
            '"Internal - All"\n"Address","Content","Title 1"\n"https://own.example/a","text/html","A"\n'
            '"https://own.example/b","text/html",""\n'
        ),
        "Title,Page,Target URL\nA,9,https://own.example/a\n,8,https://own.example/b\n",
        (
            "sep=,\nAddress,title,Homepage\n1 High St,A,https://own.example/a\n"
            "2 Low St,,https://own.example/b\n"
        ),
    ],
)
def test_own_pages_are_read_from_a_table(tmp_path: Path, content: str) -> None:
    path = tmp_path / "pages.csv"
    path.write_text(content, encoding="utf-16")
    assert parse_own_site(str(path)).listed == PAGES


def test_own_pages_are_read_from_an_excel_file(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["Date", "Clicks"])
    pages = book.create_sheet("Pages")
    for row in (["Top pages", "Title"], ["https://own.example/a", "A"], ["https://own.example/b"]):
        pages.append(row)
    book.save(tmp_path / "pages.xlsx")
    assert parse_own_site(str(tmp_path / "pages.xlsx")).listed == PAGES


@pytest.mark.parametrize("name", ["pages.csv", "pages.xlsx"])
def test_a_file_without_pages_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(ValueError, match=name):
        parse_own_site(str(tmp_path / name))


HOME, SITE = "https://own.example/", "own.example"
SITEMAP = "<urlset><url><loc>https://own.example/old</loc></url></urlset>"


class Web:
    """A web of one site: `answers` by URL are a redirect's target, a body, or an error."""

    def __init__(self, answers: Mapping[str, str | FetchError]) -> None:
        self.answers = dict(answers)
        self.asked: list[str] = []

    async def fetch(self, url: str, **_: object) -> FetchResult:
        self.asked.append(url)
        answer = self.answers.get(url)
        if isinstance(answer, FetchError):
            return FetchResult(url, error=answer)
        if answer is not None and answer.startswith(("http", "/")):
            return FetchResult(url, 301, {"location": answer})
        return FetchResult(url, 404 if answer is None else 200, body=(answer or "").encode())

    async def fetch_page(self, url: str, max_bytes: int) -> FetchedPage:
        answer = await self.fetch(url, max_bytes=max_bytes)
        if "location" in answer.headers:
            return await self.fetch_page(answer.headers["location"], max_bytes)
        error = f"no answer: {answer.error}" if answer.error else ""
        return FetchedPage(url, answer.body.decode() if answer.status == 200 else "", error)


def read_site(web: Web, writer: StoreWriter, days_later: int = 0) -> dict[str, str]:
    """Read the own site; return the titles of the pages that are stored with a text, by URL."""
    robots = Robots(web.fetch, "Test", lambda _host, _seconds: None)
    context = LookupContext(
        "bees",
        writer,
        lambda: datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=days_later),
        RunStats(),
        lambda: True,
    )

    async def look_up() -> dict[str, str]:
        enricher = OwnSiteEnricher(
            context,
            OwnSite(HOME),
            fetch_page=web.fetch_page,
            sitemaps=Sitemaps(web.fetch, robots),
            max_pages=10,
        )
        for pending in await enricher.pending(None):
            await enricher.look_up(pending)
        stored = await writer.run(own_pages_of, SITE)
        return {page.url: page.title for page in stored if page.brief}

    return asyncio.run(look_up())


@pytest.fixture
def writer(tmp_path: Path) -> StoreWriter:
    """Return the writer of an empty store."""
    return StoreWriter(open_store(f"sqlite:///{tmp_path}/journal.sqlite"), lambda _: None)


def test_each_page_is_stored_under_its_final_address(writer: StoreWriter) -> None:
    page = "<title>Bees</title><p>About bees</p>"
    web = Web(
        {
            "https://own.example/sitemap.xml": "/wp-sitemap.xml",
            "https://own.example/wp-sitemap.xml": SITEMAP,
            "https://own.example/old": "https://own.example/new",
            "https://own.example/new": page,
        }
    )
    assert read_site(web, writer) == {"https://own.example/new": "Bees"}
    web.asked.clear()
    assert read_site(web, writer, days_later=1) == {"https://own.example/new": "Bees"}
    assert "https://own.example/old" not in web.asked, "read a day ago"
    web.answers["https://own.example/old"] = FetchError.TIMEOUT
    assert read_site(web, writer, days_later=9) == {"https://own.example/new": "Bees"}
    del web.answers["https://own.example/old"]
    web.answers["https://own.example/sitemap.xml"] = SITEMAP.replace("/old", "/new")
    assert read_site(web, writer, days_later=10) == {"https://own.example/new": "Bees"}
