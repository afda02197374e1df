"""Over a hundred things that were made to stop a crawl: each ends in a row, and none takes long."""

from __future__ import annotations

import os
import resource
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import Table, select

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.content import CONNECTIVITY_HOSTS, WAYBACK_HOST, LinksPage
from brokenlinks.demo.server import LoopbackWeb, Site
from brokenlinks.demo.services import Capture, LoopbackWayback
from brokenlinks.models.run_stats import ExitCode
from brokenlinks.store.database import open_store
from brokenlinks.store.schema import pages, targets
from tests.end_to_end.program import run_scrapy
from tests.loopback import hostile as h

pytestmark = pytest.mark.slow

MAX_SECONDS = 10.0
"""For one of them, on a machine that has nothing else to do."""
MAX_MEMORY_KIB = 1024 * 1024


def patience() -> float:
    """Return how many times slower this machine is for what else it does."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def crawl(
    folder: Path, web: LoopbackWeb, arguments: Mapping[str, object], **settings: object
) -> None:
    words = ["crawl", "resources", "-a", "niche=home brewing", "-a", "providers=none"]
    for name, value in arguments.items():
        words += ["-a", f"{name}={value}"]
    for name, value in {
        "ALLOWED_NETWORKS": "127.0.0.1/32",
        "DNS_NAMESERVERS": web.nameserver,
        "CONNECTIVITY_URLS": ",".join(web.url(host) for host in CONNECTIVITY_HOSTS),
        "WAYBACK_URL": web.url(WAYBACK_HOST),
        "WAYBACK_CDX_PER_MINUTE": 6_000,
        "WAYBACK_PLAYBACK_PER_SECOND": 100,
        "DOWNLOAD_DELAY": 0.01,
        "PROBE_DELAY": 0.01,
        "DOWNLOAD_TIMEOUT": 4,
        "PROBE_TIMEOUT": 2,
        "ARCHIVE_LOOKUPS_PER_RUN": 0,
        "RDAP_LOOKUPS_PER_RUN": 0,
        "CONTACT_SITES_PER_RUN": 0,
        "CITATION_LOOKUPS_PER_RUN": 0,
        **settings,
    }.items():
        words += ["-s", f"{name}={value}"]
    done = run_scrapy(folder, *words)
    assert done.returncode in {ExitCode.SUCCESS, ExitCode.NOTHING_FOUND}, done.stderr[-3_000:]
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < MAX_MEMORY_KIB


def stored(folder: Path, table: Table) -> dict[str, dict[str, object]]:
    """Return the rows of the journal by the first part of their host's name."""
    store = open_store(f"sqlite:///{folder}/output/journal.sqlite")
    with store.engine.begin() as connection:
        rows = connection.execute(select(table)).mappings().all()
    store.close()
    return {str(row["url"]).split("/")[2].split(".")[0]: dict(row) for row in rows}


def with_others(sites: Mapping[str, Site]) -> dict[str, Site]:
    return {**sites, **{host: Site(b.answer("here")) for host in CONNECTIVITY_HOSTS}}


@pytest.mark.parametrize("half", [0, pytest.param(1, marks=pytest.mark.soak)])
def test_pages(tmp_path: Path, half: int) -> None:
    names = list(h.PAGES)[half::2]
    sites = {
        f"{name}.example": Site(
            b.missing(name), {"/links": b.answer(h.OWN_LINKS + h.PAGES[name]())}
        )
        for name in names
    }
    with LoopbackWeb(with_others(sites)) as web:
        urls = ",".join(web.url(host, "/links") for host in sites)
        # One after the other: the next is asked for when the one before has its row.
        crawl(tmp_path, web, {"urls": urls, "max_links": 1, "max_depth": 0}, PAGES_AT_ONCE=1)
        times = sorted(web.times(host)[-1] for host in sites)
    longest = max(later - earlier for earlier, later in pairwise(times))
    assert longest < MAX_SECONDS * patience()
    rows = stored(tmp_path, pages)
    assert {rows[name]["status"] for name in names} == {"accepted", "rejected"}


@pytest.mark.soak
def test_targets_and_their_archived_copies(tmp_path: Path) -> None:
    served = {name: b.answer(h.OWN_LINKS + make()) for name, make in h.PAGES.items()} | h.ANSWERS
    sites = {f"{name}.example": Site(b.missing(name), {"/page": it}) for name, it in served.items()}
    gone = {f"gone-{name}.example": make() for name, make in h.ARCHIVED.items()}
    sites |= {host: Site(b.missing(host)) for host in gone}
    hub = LinksPage("hub.example", "/links", "Home brewing links", "For all.", {"All": list(sites)})
    captures = {
        f"{host}/page": [Capture("20200101000000", body=h.OWN_LINKS + text)]
        for host, text in gone.items()
    }
    sites[hub.host] = Site(b.missing(hub.host))
    sites[WAYBACK_HOST] = Site(LoopbackWayback(captures))
    with LoopbackWeb(with_others(sites)) as web:
        listed = hub.markup(lambda host: (web.url(host, "/page"), host))
        web.sites[hub.host].paths["/links"] = b.answer(listed)
        job = {"urls": web.url(hub.host, "/links"), "max_depth": 0}
        crawl(tmp_path, web, job, ARCHIVE_LOOKUPS_PER_RUN=100, PROBE_CONCURRENCY=16)
    rows = stored(tmp_path, targets)
    assert {name for name in served if rows[name]["verdict"] in {"", "pending"}} == set()
    assert {
        name for name in served if "error in this program" in str(rows[name]["sentence"])
    } == set()
    archived = {name: rows[f"gone-{name}"]["archive_outcome"] for name in h.ARCHIVED}
    assert set(archived.values()) == {"found"}


def test_sitemaps_feeds_and_robots(tmp_path: Path) -> None:
    home = b.answer(b.page("Home brewing", "<p>All about home brewing.</p>"))
    sites = {}
    for name, make in h.SITEMAPS.items():
        paths = {"/": home, "/sitemap.xml": b.answer(make(), content_type=h.XML)}
        sites[f"map-{name}.example"] = Site(b.missing(name), paths)
    for name, rules in h.ROBOTS.items():
        paths = {"/": home, "/robots.txt": b.answer(rules(), content_type="text/plain")}
        sites[f"robots-{name}.example"] = Site(b.missing(name), paths)
    with LoopbackWeb(with_others(sites)) as web:
        for host, site in sites.items():
            if host.startswith("map-"):
                named = f"Sitemap: {web.url(host, '/sitemap.xml')}\n"
                site.paths["/robots.txt"] = b.answer(named, content_type="text/plain")
        urls = ",".join(map(web.url, sites))
        crawl(tmp_path, web, {"urls": urls}, BARREN_SITES=100, REJECTS_PER_PAGE=100)
        asked = {host for host in sites if web.count(host, "/sitemap.xml")}
    assert asked >= {host for host in sites if host.startswith("map-")}
    rows = stored(tmp_path, pages)
    assert {host for host in sites if not rows[host.split(".")[0]]["status"]} == set()


@pytest.mark.parametrize("name", h.WORKBOOKS)
def test_workbooks(tmp_path: Path, name: str) -> None:
    (tmp_path / "seeds.xlsx").write_bytes(h.WORKBOOKS[name]())
    began = monotonic()
    done = run_scrapy(
        tmp_path,
        "crawl",
        "resources",
        "-a",
        "niche=a",
        "-a",
        "seeds=seeds.xlsx",
        "-a",
        "providers=none",
    )
    assert monotonic() - began < MAX_SECONDS * patience()
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < MAX_MEMORY_KIB
