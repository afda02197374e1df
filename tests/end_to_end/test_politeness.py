"""Turns of hosts, sites and addresses, as the servers see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Behaviour, LoopbackWeb, ReceivedRequest, Site
from tests.end_to_end.conftest import setting_arguments
from tests.end_to_end.program import Program, run_scrapy

pytestmark = pytest.mark.slow

DELAY, ADDRESS_DELAY = 0.5, 0.1
JITTER = 0.2
"""Seconds that a busy machine may take to deliver a request, or the one before it."""
BLOGS = [f"blog{n}.example" for n in range(24)]
DEPARTMENTS = [f"{name}.university.example" for name in ("art", "law", "music", "maths")]
PAGE_HOST, PATH = "brewers.example", "/links"
NICHES = {"home brewing": PAGE_HOST, "homebrew": "hops.example", "brewing at home": "malt.example"}
ABOUT = "homebrew recipes, hops, malt and yeast for home brewing"


def links_page(urls: Sequence[str]) -> Behaviour:
    items = "".join(f'<li><a href="{url}">Notes {n}</a>: {ABOUT}' for n, url in enumerate(urls))
    head = "<h1>Home brewing links</h1><p>Useful links on homebrew.</p>"
    return b.answer(b.page("Home brewing links", f"{head}<ul>{items}</ul>"))


def article(host: str) -> Behaviour:
    return b.answer(b.article(host, "Home brewing"))


@pytest.fixture
def web() -> Iterator[LoopbackWeb]:
    sites = {
        host: Site(article(host), {"/robots.txt": b.missing(host)})
        for host in (*BLOGS, *DEPARTMENTS)
    }
    sites |= {host: Site(b.missing(host)) for host in NICHES.values()}
    with LoopbackWeb(sites) as opened:
        yield opened


def crawl_words(web: LoopbackWeb, niche: str, host: str, **settings: object) -> list[str]:
    words = ["crawl", "resources", "-a", f"niche={niche}", "-a", "providers=none"]
    words += ["-a", "max_depth=0", "-a", f"urls={web.url(host, PATH)}"]
    limits = ("ARCHIVE_LOOKUPS", "RDAP_LOOKUPS", "CITATION_LOOKUPS", "CONTACT_SITES")
    return words + setting_arguments(
        {
            "ALLOWED_NETWORKS": ["127.0.0.0/8"],
            "DNS_NAMESERVERS": [web.nameserver],
            "CONNECTIVITY_URLS": "",
            "DOWNLOAD_DELAY": DELAY,
            "PROBE_DELAY": DELAY,
            "ADDRESS_DELAY": 0,
            **{f"{name}_PER_RUN": 0 for name in limits},
            **settings,
        }
    )


def assert_spaced(requests: Sequence[ReceivedRequest]) -> None:
    """Check the pace at the address that all hosts have here."""
    times = sorted(request.began for request in requests)
    assert times[-1] - times[0] >= ADDRESS_DELAY * (len(times) - 1) - JITTER
    # In any window, as one late request makes the gap to the next one short.
    for first, ninth in zip(times, times[8:], strict=False):
        assert ninth - first >= 8 * ADDRESS_DELAY - JITTER


def gaps(requests: Sequence[ReceivedRequest]) -> list[float]:
    times = sorted(request.began for request in requests)
    return [later - earlier for earlier, later in pairwise(times)]


def test_blogs_at_one_address_are_asked_a_few_at_a_time_and_spaced(
    web: LoopbackWeb, tmp_path: Path
) -> None:
    web.sites[PAGE_HOST].paths[PATH] = links_page([web.url(blog, "/notes") for blog in BLOGS])
    words = crawl_words(web, "home brewing", PAGE_HOST, ADDRESS_DELAY=ADDRESS_DELAY)
    done = run_scrapy(tmp_path, *words)
    assert done.returncode == 0, done.stderr
    assert all(web.count(blog, "/notes") == 1 for blog in BLOGS)
    assert_spaced(web.requests)


def test_two_runs_at_once_ask_blogs_at_one_address_at_the_pace_of_one(
    web: LoopbackWeb, tmp_path: Path
) -> None:
    programs = []
    for number, (niche, host) in enumerate([*NICHES.items()][:2]):
        blogs = BLOGS[number::2]
        web.sites[host].paths[PATH] = links_page([web.url(blog, "/notes") for blog in blogs])
        words = crawl_words(web, niche, host, ADDRESS_DELAY=ADDRESS_DELAY)
        programs.append(Program(tmp_path, *words))
    for program in programs:
        done = program.finish()
        assert done.returncode == 0, done.stderr
    assert all(web.count(blog, "/notes") == 1 for blog in BLOGS)
    assert_spaced([request for blog in BLOGS for request in web.asked(blog)])


def test_hosts_of_a_site_are_asked_at_the_pace_of_one(web: LoopbackWeb, tmp_path: Path) -> None:
    urls = [web.url(host, "/notes") for host in DEPARTMENTS]
    web.sites[PAGE_HOST].paths[PATH] = links_page(urls)
    done = run_scrapy(tmp_path, *crawl_words(web, "home brewing", PAGE_HOST))
    assert done.returncode == 0, done.stderr
    asked = [request for host in DEPARTMENTS for request in web.asked(host)]
    assert len(asked) >= 2 * len(DEPARTMENTS)
    assert min(gaps(asked)) >= DELAY - JITTER


def test_a_host_gets_its_hours_of_a_run_and_the_rest_is_left_to_the_next(
    web: LoopbackWeb, tmp_path: Path
) -> None:
    host = BLOGS[0]
    paths = [f"/{number}" for number in range(12)]
    urls = [web.url(host, path) for path in paths]
    web.sites[PAGE_HOST].paths[PATH] = links_page(urls)
    hours = 4 * DELAY / 3600
    words = crawl_words(web, "home brewing", PAGE_HOST, MAX_HOURS_PER_HOST=hours)
    first = run_scrapy(tmp_path, *words)
    assert first.returncode == 0, first.stderr
    asked = [path for path in paths if web.count(host, path)]
    assert 0 < len(asked) < len(urls)
    assert f"{len(urls) - len(asked)} targets not checked: their hosts had used up" in first.stdout

    words = crawl_words(web, "home brewing", PAGE_HOST)
    second = run_scrapy(tmp_path, *words)
    assert second.returncode == 0, second.stderr
    assert [web.count(host, path) for path in paths] == [1] * len(paths)


def test_a_run_ends_when_its_hours_are_over_and_says_what_is_left(
    web: LoopbackWeb, tmp_path: Path
) -> None:
    host = BLOGS[0]
    paths = [f"/{number}" for number in range(60)]
    urls = [web.url(host, path) for path in paths]
    web.sites[PAGE_HOST].paths[PATH] = links_page(urls)
    first = run_scrapy(tmp_path, *crawl_words(web, "home brewing", PAGE_HOST, MAX_HOURS=5 / 3600))
    assert first.returncode == 0, first.stderr
    assert 0 < sum(web.count(host, path) for path in paths) < len(paths)
    assert "The run was ended early (MAX_HOURS were over)" in first.stdout
    assert "0 pages to read" in first.stdout

    second = run_scrapy(tmp_path, *crawl_words(web, "home brewing", PAGE_HOST, PROBE_DELAY=0.01))
    assert second.returncode == 0, second.stderr
    assert all(web.count(host, path) for path in paths)


def test_three_niches_at_once_share_turns_and_verdicts(web: LoopbackWeb, tmp_path: Path) -> None:
    paths = ["/notes", "/recipes", "/hops"]
    urls = [web.url(host, path) for host in (*BLOGS[:8], *DEPARTMENTS) for path in paths]
    programs = []
    for niche, host in NICHES.items():
        web.sites[host].paths[PATH] = links_page(urls)
        programs.append(Program(tmp_path, *crawl_words(web, niche, host)))
    for program in programs:
        done = program.finish()
        assert done.returncode == 0, done.stderr
        assert "36 seen" in done.stdout
    for host in (*BLOGS[:8], *DEPARTMENTS):
        assert [web.count(host, path) for path in paths] == [1, 1, 1], host
    university = [request for host in DEPARTMENTS for request in web.asked(host)]
    for requests in (university, *map(web.asked, BLOGS[:8])):
        assert min(gaps(requests)) >= DELAY - JITTER


def test_where_robots_txt_is_a_server_error_links_wait_but_not_for_ever(
    web: LoopbackWeb, tmp_path: Path
) -> None:
    host = BLOGS[0]
    web.sites[host].paths["/robots.txt"] = b.answer("oops", 503, "text/plain")
    web.sites[PAGE_HOST].paths[PATH] = links_page([web.url(host, "/notes")])

    def crawl_on(day: int) -> int:
        clock = f"2026-03-{day:02d}T06:00:00+00:00"
        done = run_scrapy(tmp_path, *crawl_words(web, "home brewing", PAGE_HOST, CLOCK=clock))
        assert done.returncode == 0, done.stderr
        return web.count(host, "/notes")

    assert [crawl_on(day) for day in (2, 4)] == [0, 0]
    assert crawl_on(6) == 1
