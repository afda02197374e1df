"""The web on which discovery is measured is what it is said to be."""

from __future__ import annotations

import http.client
import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from parsel import Selector

from brokenlinks.demo.server import LoopbackWeb
from tests.discovery.held_out import (
    NICHES,
    copies,
    mwmbl_index,
    owners,
    planted,
    sites,
    wikipedia_articles,
)

NO_PAGES_OF_THEIR_OWN = {"elsewhere", "directory", "link farm"}
TRAPS = ("/calendar/", "/catalogue")


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str
    location: str


@pytest.fixture(scope="module")
def web() -> Iterator[LoopbackWeb]:
    with LoopbackWeb(sites) as opened:
        yield opened


@cache
def get(web: LoopbackWeb, key: str) -> Answer:
    host, _, path = key.partition("/")
    connection = http.client.HTTPConnection("127.0.0.1", web.port, timeout=5)
    connection.request("GET", f"/{path}", headers={"Host": f"{host}:{web.port}"})
    answer = connection.getresponse()
    read = Answer(answer.status, answer.read().decode(), answer.headers.get("Location", ""))
    connection.close()
    return read


def key_of(url: str) -> str:
    parts = urlsplit(urldefrag(url).url)
    return f"{parts.hostname}{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"


def links(web: LoopbackWeb, key: str) -> list[str]:
    """Return the keys of all that a page, a sitemap or a redirect leads to."""
    answer, base = get(web, key), f"http://{key}"
    if answer.location:
        return [key_of(urljoin(base, answer.location))]
    if not answer.text or answer.status != 200:
        return []
    addresses = Selector(answer.text).xpath("//a/@href").getall()
    addresses += re.findall("<loc>(.*?)</loc>", answer.text)
    urls = [urljoin(base, address) for address in addresses]
    return [key_of(url) for url in urls if url.startswith("http")]


def outbound(web: LoopbackWeb, key: str) -> list[str]:
    own = key.partition("/")[0]
    return [to for to in dict.fromkeys(links(web, key)) if to.partition("/")[0] != own]


def sitemap(web: LoopbackWeb, host: str) -> list[str]:
    robots = get(web, f"{host}/robots.txt")
    lines = robots.text.splitlines() if robots.status == 200 else []
    return [key_of(line.split()[1]) for line in lines if line.startswith("Sitemap:")]


def named(niche: str) -> set[str]:
    """Return what the two indexes name within the niche."""
    urls = [
        *mwmbl_index,
        *(url for article in wikipedia_articles(niche) for url in article.extlinks),
    ]
    keys = (key_of(url.replace(":{port}", "")) for url in urls)
    return {key for key in keys if owners.get(key.partition("/")[0]) == niche and served(key)}


def served(key: str) -> bool:
    return key.partition("/")[0] in sites


def reachable(web: LoopbackWeb, niche: str) -> dict[str, int]:
    """Return what a visitor comes to who stays in the niche, and after how many other hosts."""
    waiting = deque((key, 0) for key in sorted(named(niche)))
    steps: dict[str, int] = {}
    while waiting:
        key, step = waiting.popleft()
        host = key.partition("/")[0]
        if key in steps or any(f"{host}{trap}" in key for trap in TRAPS):
            continue
        steps[key] = step
        for to in [*links(web, key), *sitemap(web, host), f"{host}/"]:
            there = to.partition("/")[0]
            if owners.get(there) == niche and there in sites:
                hop = int(there != host)
                (waiting.append if hop else waiting.appendleft)((to, step + hop))
    return steps


def niche_sites(niche: str) -> set[str]:
    return {host for host in sites if owners[host] == niche}


def test_there_are_sites_enough() -> None:
    assert len(sites) >= 60
    for niche in NICHES:
        assert len(niche_sites(niche)) >= 18
        assert len(planted[niche]) >= 14
    counted = Counter(owners[host] for host in sites)
    assert (
        sum(counted[topic] for topic in counted if topic not in {*NICHES, *NO_PAGES_OF_THEIR_OWN})
        >= 16
    )


@pytest.mark.parametrize("niche", NICHES)
def test_a_planted_page_links_to_its_niche(web: LoopbackWeb, niche: str) -> None:
    for key in planted[niche]:
        assert get(web, key).status == 200, key
        leading = outbound(web, key)
        of_niche = [to for to in leading if owners[to.partition("/")[0]] == niche]
        assert len(leading) >= 8, (key, leading)
        assert len(of_niche) > len(leading) / 2, (key, leading)


@pytest.mark.parametrize("niche", NICHES)
def test_links_lead_within_the_niche_to_sites_that_live_and_sites_that_are_gone(
    web: LoopbackWeb, niche: str
) -> None:
    leading = {to for key in planted[niche] for to in outbound(web, key)}
    assert len({to for to in leading if not served(to)}) >= 15
    assert len(niche_sites(niche) & {to.partition("/")[0] for to in leading}) >= 14


@pytest.mark.parametrize("niche", NICHES)
def test_every_planted_page_is_reachable_from_the_indexes(web: LoopbackWeb, niche: str) -> None:
    found = reachable(web, niche)
    assert planted[niche] <= found.keys()
    assert max(found[key] for key in planted[niche]) >= 2


@pytest.mark.parametrize("niche", NICHES)
def test_the_indexes_name_a_third_of_the_niche_and_noise_besides(niche: str) -> None:
    hosts = {key.partition("/")[0] for key in named(niche)} & niche_sites(niche)
    assert 0.2 <= len(hosts) / len(niche_sites(niche)) <= 0.45
    assert any("{port}" not in url for url in mwmbl_index)
    assert all(any("{port}" not in url for url in a.extlinks) for a in wikipedia_articles(niche))


def test_every_site_has_pages_of_its_own(web: LoopbackWeb) -> None:
    for host, owner in owners.items():
        if host in sites and owner not in NO_PAGES_OF_THEIR_OWN:
            site = sites[host]
            assert 4 <= len(site.paths) <= 16, host
            assert all(get(web, f"{host}{path}").status in {200, 301} for path in site.paths), host


def test_copies_show_the_same_page(web: LoopbackWeb) -> None:
    for copy, original in copies.items():
        assert links(web, copy) == links(web, original)


def test_no_link_of_a_links_page_is_left_to_chance(web: LoopbackWeb) -> None:
    linked = {to for pages in planted.values() for key in pages for to in outbound(web, key)}
    assert all(to.partition("/")[0] in owners for to in linked)


def test_traps_have_no_end(web: LoopbackWeb) -> None:
    assert "townhives.example/calendar/2100/1" in links(web, "townhives.example/calendar/2099/12")
    assert "woodenking.example/catalogue?page=900" in links(
        web, "woodenking.example/catalogue?page=899"
    )
    assert len(outbound(web, "toplinks-central.example/")) > 2_000


def test_the_directory_links_to_every_site(web: LoopbackWeb) -> None:
    listed = {to.partition("/")[0] for to in links(web, "openpages-directory.example/")}
    assert {host for host in sites if owners[host] not in NO_PAGES_OF_THEIR_OWN} <= listed
