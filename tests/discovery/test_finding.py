"""From a niche word alone to its resource pages: the real program over a web of many sites."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import LoopbackWeb, Site
from brokenlinks.demo.services import Article, LoopbackMwmbl, LoopbackWikipedia
from tests.discovery import held_out, niches
from tests.end_to_end.conftest import setting_arguments
from tests.end_to_end.program import run_scrapy

pytestmark = pytest.mark.slow

WIKIPEDIA, MWMBL, WAYBACK = "en.wikipedia.example", "api.mwmbl.example", "wayback.example"
FOUND, OF_THE_NICHE, REJECTS_PER_PAGE = 0.9, 0.95, 3
CONTACT = "links@person.example"


@dataclass
class Search:
    """A web of niches with an encyclopedia and a search engine, and a person's folder."""

    web: LoopbackWeb
    folder: Path

    def settings(self) -> dict[str, object]:
        return {
            "ALLOWED_NETWORKS": ["127.0.0.0/8"],
            "DNS_NAMESERVERS": [self.web.nameserver],
            "CONNECTIVITY_URLS": "",
            "WAYBACK_URL": self.web.url(WAYBACK),
            "RDAP_BOOTSTRAP_URL": self.web.url(WAYBACK, "/dns.json"),
            "WIKIPEDIA_URL": self.web.url("{language}.wikipedia.example", "/w/api.php"),
            "MWMBL_URL": self.web.url(MWMBL),
            "CONTACT": CONTACT,
            "ARCHIVE_LOOKUPS_PER_RUN": 0,
            "RDAP_LOOKUPS_PER_RUN": 0,
            "CONTACT_SITES_PER_RUN": 0,
            "CITATION_LOOKUPS_PER_RUN": 0,
            "DOWNLOAD_DELAY": 0.02,
            "PROBE_DELAY": 0.02,
            "ADDRESS_DELAY": 0,
            "PROBE_TIMEOUT": 2,
            "DNS_TIMEOUT": 2,
        }

    def crawl(self, niche: str, **settings: object) -> str:
        words = ["crawl", "resources", "-a", f"niche={niche}"]
        done = run_scrapy(self.folder, *words, *setting_arguments(self.settings() | settings))
        assert done.returncode == 0, done.stderr
        return done.stdout

    def pages(self, status: str) -> list[str]:
        """Return the pages that were read and have a status, by host and path."""
        query = f"SELECT url FROM pages WHERE status = '{status}' AND reason <> 'failed_dns'"
        with closing(sqlite3.connect(self.folder / "output" / "journal.sqlite")) as store:
            urls = [urlsplit(url) for (url,) in store.execute(query)]
        return [
            f"{url.hostname}{url.path}" + (f"?{url.query}" if url.query else "") for url in urls
        ]


@pytest.fixture(scope="module")
def web() -> Iterator[LoopbackWeb]:
    sites = niches.sites()
    sites[WIKIPEDIA] = Site(LoopbackWikipedia(niches.articles()))
    sites[MWMBL] = Site(LoopbackMwmbl(niches.engine_index()))
    sites[WAYBACK] = Site(b.refusal(404))
    with LoopbackWeb(sites) as opened:
        yield opened


def test_the_web_is_as_large_and_mixed_as_it_should_be() -> None:
    assert len(niches.OWNERS) >= 60
    assert all(len(niches.planted(niche)) >= 14 for niche in niches.NICHES)
    known = "".join(niches.engine_index())
    named = sum(
        page.partition("/")[0] in known for n in niches.NICHES for page in niches.planted(n)
    )
    assert named < sum(len(niches.planted(niche)) for niche in niches.NICHES) / 2


@pytest.mark.parametrize("niche", niches.NICHES)
def test_a_niche_word_yields_its_resource_pages(
    web: LoopbackWeb, tmp_path: Path, niche: str
) -> None:
    search = Search(web, tmp_path)
    said = search.crawl(niche)
    accepted, rejected = search.pages("accepted"), search.pages("rejected")
    planted = niches.planted(niche)
    missed = planted - set(accepted)
    assert len(missed) <= (1 - FOUND) * len(planted), sorted(missed)
    strangers = [page for page in accepted if niches.topic_of(page.split("/")[0]) != niche]
    assert len(strangers) <= (1 - OF_THE_NICHE) * len(accepted), strangers
    assert len(rejected) < REJECTS_PER_PAGE * len(accepted)
    assert "wikipedia ok" in said
    assert "mwmbl ok" in said


@pytest.fixture(scope="module")
def strange_web() -> Iterator[LoopbackWeb]:
    articles = [article for niche in held_out.NICHES for article in articles_of(niche)]
    sites = dict(held_out.sites)
    sites[WIKIPEDIA] = Site(LoopbackWikipedia(articles))
    sites[MWMBL] = Site(LoopbackMwmbl(held_out.mwmbl_index))
    sites[WAYBACK] = Site(b.refusal(404))
    with LoopbackWeb(sites) as web:
        yield web


def articles_of(niche: str) -> list[Article]:
    return [
        Article(told.title, told.text, told.extlinks, told.links, told.sections)
        for told in held_out.wikipedia_articles(niche)
    ]


@pytest.mark.parametrize("niche", held_out.NICHES)
def test_in_a_web_written_by_somebody_else_most_pages_are_found(
    strange_web: LoopbackWeb, tmp_path: Path, niche: str
) -> None:
    """Some stand under names like "We read, we argue", or only in a sitemap as "/stuff/42"."""
    search = Search(strange_web, tmp_path)
    search.crawl(niche)
    accepted, rejected = search.pages("accepted"), search.pages("rejected")
    planted = held_out.planted[niche]
    found = {held_out.copies.get(page, page) for page in accepted} & planted
    assert len(found) >= 0.75 * len(planted), sorted(planted - found)
    strangers = [page for page in accepted if held_out.owners[page.split("/")[0]] != niche]
    assert not strangers
    assert len(rejected) < REJECTS_PER_PAGE * len(accepted)
