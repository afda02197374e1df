"""Answers meant to hurt, or broken ones: each ends in a verdict, within time and memory."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pandas as pd
import pytest

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.content import CONNECTIVITY_HOSTS, LinksPage
from brokenlinks.demo.server import Behaviour, LoopbackWeb, ReceivedRequest, Site
from tests.end_to_end.program import run_scrapy
from tests.loopback import misbehaviours as m

pytestmark = pytest.mark.slow

SERVED = b.article("Recipe", "A recipe")
HOSTILE: dict[str, tuple[Behaviour, str]] = {
    "bomb": (m.gzip_bomb(), "unknown"),
    "broken-gzip": (m.broken_gzip(SERVED), "alive"),
    "drip": (m.drip, "unknown"),
    "endless": (b.endless_body, "alive"),
    "headers": (m.many_headers(SERVED), "alive"),
    "malformed": (b.malformed, "unknown"),
    "short": (m.shorter_than_promised(SERVED), "alive"),
    "hang": (b.hang, "transient"),
    "private": (b.redirect("http://127.0.0.2/admin"), "unchecked"),
    "metadata": (b.redirect("http://169.254.169.254/latest/"), "unchecked"),
    "mapped": (b.redirect("http://[::ffff:10.0.0.1]/"), "unchecked"),
    "decimal": (b.redirect("http://2852039166/"), "unchecked"),
    "mail-port": (b.redirect("http://mail-port.example:25/"), "unchecked"),
    "robots-port": (b.answer(SERVED), "alive"),
    "no-location": (b.answer("", 302), "unknown"),
    "script-location": (b.redirect("javascript:alert(1)"), "dead_gone"),
    "long-location": (b.redirect("/" + "x" * 60_000), "unknown"),
    "latin-header": (m.header_in_latin_1("Server", "Brauhaus-Köln"), "alive"),
    "latin-location": (m.header_in_latin_1("Location", "/gärung", 302), "dead_host"),
    "odd-status": (b.answer("", 299), "unknown"),
    "high-status": (b.answer("", 700), "transient"),
    "no-charset": (b.answer(SERVED, content_type="text/html; charset=undefined"), "alive"),
    "robots-charset": (b.answer(SERVED), "alive"),
}
PAGE = LinksPage(
    "club.example", "/links", "Homebrew links", "For brewers.", {"All": sorted(HOSTILE)}
)
"""Names what is no encoding, in its header and in itself."""
TIMEOUT = 60.0
MAX_MEMORY_KIB = 700 * 1024
"""KiB of resident memory."""


@pytest.fixture(scope="module")
def hostile_web() -> Iterator[LoopbackWeb]:
    def describe(key: str, port: int) -> tuple[str, str]:
        return f"http://{key}.example:{port}/page", key

    async def page(asked: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        port = int(asked.headers["host"].rpartition(":")[2])
        markup = PAGE.markup(lambda key: describe(key, port)).replace("utf-8", "zlib")
        await b.answer(markup, content_type="text/html; charset=undefined")(asked, writer)

    sites = {f"{key}.example": Site(b.missing(key)) for key in HOSTILE}
    for key, (behaviour, _) in HOSTILE.items():
        sites[f"{key}.example"].paths["/page"] = behaviour
    rules = b.answer("User-agent: *\nDisallow:", content_type="text/plain; charset=undefined")
    sites["robots-charset.example"].paths["/robots.txt"] = rules
    led_astray = b.redirect("http://robots-port.example:6379/robots.txt")
    sites["robots-port.example"].paths["/robots.txt"] = led_astray
    sites |= {host: Site(b.answer("here")) for host in CONNECTIVITY_HOSTS}
    sites[PAGE.host] = Site(b.missing(PAGE.host), {PAGE.path: page})
    with LoopbackWeb(sites) as web:
        yield web


@pytest.fixture(scope="module")
def verdicts(hostile_web: LoopbackWeb, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder: Path = tmp_path_factory.mktemp("hostile")
    words = ["crawl", "resources", "-a", "niche=homebrew", "-a", "max_depth=0"]
    words += ["-a", "providers=none"]
    words += ["-a", f"urls={hostile_web.url(PAGE.host, PAGE.path)}"]
    for name, value in {
        "ALLOWED_NETWORKS": "127.0.0.1/32",
        "DNS_NAMESERVERS": hostile_web.nameserver,
        "CONNECTIVITY_URLS": ",".join(hostile_web.url(host) for host in CONNECTIVITY_HOSTS),
        "DOWNLOAD_DELAY": 0.05,
        "PROBE_DELAY": 0.05,
        "ADDRESS_DELAY": 0,
        "PROBE_TIMEOUT": 5,
        "ARCHIVE_LOOKUPS_PER_RUN": 0,
        "CONTACT_SITES_PER_RUN": 0,
        "CITATION_LOOKUPS_PER_RUN": 0,
    }.items():
        words += ["-s", f"{name}={value}"]
    began = monotonic()
    done = run_scrapy(folder, *words)
    assert done.returncode == 0, done.stderr
    assert monotonic() - began < TIMEOUT
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < MAX_MEMORY_KIB
    exported = run_scrapy(folder, "export", "-a", "niche=homebrew", "links.jsonl")
    assert exported.returncode == 0, exported.stderr
    links = pd.read_json(folder / "links.jsonl", lines=True, dtype=False)
    return {
        str(url).split("/")[2].split(".")[0]: str(verdict)
        for url, verdict in zip(links["link_url"], links["verdict"], strict=True)
    }


@pytest.mark.parametrize("key", sorted(HOSTILE))
def test_each_ends_in_an_honest_verdict(verdicts: dict[str, str], key: str) -> None:
    assert verdicts[key] == HOSTILE[key][1]
