"""A page that is as it was last week is not studied again, and nothing is missed for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Behaviour, LoopbackWeb, Site
from tests.end_to_end.conftest import exported_links, setting_arguments
from tests.end_to_end.program import run_scrapy

pytestmark = pytest.mark.slow

NICHE = "home brewing"
T0 = datetime(2026, 3, 2, 5, tzinfo=UTC)
WEEK = timedelta(days=7)
PATH = "/links.html"
FRIENDS = ("yeast.example", "malt.example", "hops.example")


def links_page(web: LoopbackWeb, *hosts: str) -> Behaviour:
    entries = "".join(
        f'<li><a href="{web.url(host, "/brew")}">Homebrew at {host}</a>, on home brewing</li>'
        for host in hosts
    )
    return b.answer(b.page("Home brewing links", f"<h1>Home brewing links</h1><ul>{entries}</ul>"))


def home(web: LoopbackWeb, *, links: bool) -> Behaviour:
    menu = f'<nav><a href="{web.url("club.example", PATH)}">Home brewing links</a></nav>'
    text = "<h1>The home brewing club</h1><p>We meet for homebrew, hops and malt.</p>"
    return b.answer(b.page("The home brewing club", menu * links + text))


@dataclass
class WeeklyCrawls:
    folder: Path
    web: LoopbackWeb

    def crawl(self, week: int, **arguments: str) -> str:
        usual = {"niche": NICHE, "urls": self.web.url("old.example", PATH), "providers": "none"}
        words = [w for n, v in {**usual, **arguments}.items() for w in ("-a", f"{n}={v}")]
        settings = {
            "ALLOWED_NETWORKS": ["127.0.0.0/8"],
            "DNS_NAMESERVERS": [self.web.nameserver],
            "CONNECTIVITY_URLS": "",
            "CLOCK": (T0 + week * WEEK).isoformat(),
            "DOWNLOAD_DELAY": 0.02,
            "PROBE_DELAY": 0.02,
            "ADDRESS_DELAY": 0,
            **dict.fromkeys(LOOKUP_LIMITS, 0),
        }
        done = run_scrapy(self.folder, "crawl", "resources", *words, *setting_arguments(settings))
        assert done.returncode == 0, done.stderr
        return done.stdout

    def verdicts(self) -> dict[str, str]:
        """Return the verdict of each link of the old page, by host."""
        links = exported_links(self.folder, NICHE)
        links = links[links["page_url"].str.contains("old.example")]
        hosts = links["link_url"].str.extract(r"//([a-z.]+)")[0]
        return dict(zip(hosts, links["verdict"], strict=True))


LOOKUP_LIMITS = (
    "ARCHIVE_LOOKUPS_PER_RUN",
    "RDAP_LOOKUPS_PER_RUN",
    "CONTACT_SITES_PER_RUN",
    "CITATION_LOOKUPS_PER_RUN",
)


@pytest.fixture
def weekly_crawls(tmp_path: Path) -> Iterator[WeeklyCrawls]:
    hosts = (*FRIENDS, "late.example")
    friends = {host: Site(b.missing(host), {"/brew": b.answer(PAGE)}) for host in hosts}
    with LoopbackWeb(
        {
            **friends,
            "gone.example": Site(b.missing("gone.example"), {"/": b.answer(PAGE)}),
            "club.example": Site(b.missing("club.example")),
            "old.example": Site(b.missing("old.example")),
        }
    ) as web:
        old, club = web.sites["old.example"], web.sites["club.example"]
        old.paths[PATH] = links_page(web, *FRIENDS, "gone.example", "club.example")
        club.paths["/"] = home(web, links=False)
        club.paths["/brew"] = b.answer(PAGE)
        club.paths[PATH] = links_page(web, *FRIENDS)
        yield WeeklyCrawls(tmp_path, web)


PAGE = b.article("Brewing at home", "How we brew at home, and keep hops fresh.")


def unchanged(output: str) -> int:
    """Return how many of the resource pages the summary calls unchanged."""
    found = re.search(r"resource pages \(unchanged (\d+)\)", output)
    return int(found[1]) if found else 0


def test_what_changed_elsewhere_is_seen_though_the_page_is_the_same(
    weekly_crawls: WeeklyCrawls,
) -> None:
    assert not unchanged(weekly_crawls.crawl(0))
    before = weekly_crawls.verdicts()
    assert before == {
        **dict.fromkeys((*FRIENDS, "club.example"), "alive"),
        "gone.example": "dead_gone",
    }
    weekly_crawls.web.sites["gone.example"].paths["/brew"] = b.answer(PAGE)
    weekly_crawls.web.sites["club.example"].paths["/"] = home(weekly_crawls.web, links=True)
    output = weekly_crawls.crawl(1)
    assert unchanged(output) == 1
    assert "2 resource pages" in output, "the club's new page was found by way of the old one"
    assert weekly_crawls.verdicts() == before | {"gone.example": "alive"}
    assert unchanged(weekly_crawls.crawl(2)) == 2


def test_a_page_that_has_changed_is_read_again(weekly_crawls: WeeklyCrawls) -> None:
    weekly_crawls.crawl(0)
    old = weekly_crawls.web.sites["old.example"]
    old.paths[PATH] = links_page(weekly_crawls.web, *FRIENDS, "late.example")
    assert not unchanged(weekly_crawls.crawl(1))
    assert weekly_crawls.verdicts() == dict.fromkeys((*FRIENDS, "late.example"), "alive")
    assert unchanged(weekly_crawls.crawl(2)) == 1


def test_a_list_in_a_frame_is_part_of_its_page(weekly_crawls: WeeklyCrawls) -> None:
    old = weekly_crawls.web.sites["old.example"]
    old.paths["/list.html"] = old.paths[PATH]
    old.paths[PATH] = b.answer(
        "<title>Home brewing links</title><frameset cols='20%,80%'><frame src='menu.html'>"
        "<frame src='list.html'></frameset>"
    )
    weekly_crawls.crawl(0)
    assert weekly_crawls.verdicts()["gone.example"] == "dead_gone"
    assert unchanged(weekly_crawls.crawl(1)) == 1
    old.paths["/list.html"] = links_page(weekly_crawls.web, *FRIENDS, "late.example")
    assert not unchanged(weekly_crawls.crawl(2))
    assert weekly_crawls.verdicts() == dict.fromkeys((*FRIENDS, "late.example"), "alive")


def test_a_niche_that_is_described_otherwise_has_its_pages_studied_again(
    weekly_crawls: WeeklyCrawls,
) -> None:
    weekly_crawls.crawl(0)
    assert not unchanged(weekly_crawls.crawl(1, terms="mashing"))
    assert unchanged(weekly_crawls.crawl(2, terms="mashing")) == 1


def test_what_the_budget_leaves_unasked_keeps_its_verdict(weekly_crawls: WeeklyCrawls) -> None:
    weekly_crawls.crawl(0)
    before = weekly_crawls.verdicts()
    assert before["gone.example"] == "dead_gone"
    assert "4 targets not checked: limit max_links" in weekly_crawls.crawl(20, max_links="1")
    assert weekly_crawls.verdicts() == before
