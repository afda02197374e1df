"""The demo web: home brewers' links pages and everything they lead to, on one port."""

from __future__ import annotations

from dataclasses import replace

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.names import DnsEntry
from brokenlinks.demo.own_site import OWN_HOST, own_site
from brokenlinks.demo.pages import CONTACT_PAGES, RESOURCE_PAGES
from brokenlinks.demo.registry import LoopbackRegistry
from brokenlinks.demo.server import ADDRESS, LoopbackWeb, Site
from brokenlinks.demo.services.engines import LoopbackMwmbl
from brokenlinks.demo.services.wikipedia import Article, LoopbackWikipedia
from brokenlinks.demo.targets import (
    NOT_IN_THE_DNS,
    REGISTERED_DOMAINS,
    REGISTRATIONS,
    TARGETS,
    Target,
    Truth,
)
from brokenlinks.demo.wayback import Capture, LoopbackWayback

DEMO_NICHE = "home brewing"
DEMO_PORT = 8765
WAYBACK_HOST = "wayback.example"
REGISTRY_HOST = "rdap.example"
WIKIPEDIA_HOST = "en.wikipedia.example"
MWMBL_HOST = "mwmbl.example"
CONNECTIVITY_HOSTS = ("canary-one.example", "canary-two.example", "canary-three.example")
WORDS = ("Yeast", "Hops", "Malt", "Wort", "Fermentation", "Mashing", "Beer style")
ARTICLES = (
    Article(
        "Homebrewing",
        "Home brewing is the brewing of beer on a small scale.",
        (
            "http://stammwuerze.example:{port}/",
            "http://hopatlas.example:{port}/varieties",
            "http://hopsandmore.example:{port}/storage-guide",
        ),
        (*WORDS, "Carbonation"),
        ("History", "Equipment", "External links"),
    ),
    Article(
        "Brewing methods",
        "How home brewing differs from brewing at scale.",
        ("http://extension.example:{port}/food/home-brewing-resources.html",),
        (*WORDS, "Lautering"),
        ("See also", "References"),
    ),
)
MWMBL_INDEX = {
    f"http://{page.host}:{{port}}{page.path}": f"{page.title} {DEMO_NICHE} links resources".lower()
    for page in RESOURCE_PAGES[:4]
}


class DemoWeb(LoopbackWeb):
    """The demo's sites on one port.

    `wayback.mode` makes the archive fail, `registry.failure` the registry.
    """

    def __init__(self, port: int = 0) -> None:
        self.wayback = LoopbackWayback({key: _captures(t) for key, t in TARGETS.items()})
        self.registry = LoopbackRegistry(REGISTRATIONS)
        sites = {WAYBACK_HOST: Site(self.wayback), REGISTRY_HOST: Site(self.registry)}
        sites |= {
            WIKIPEDIA_HOST: Site(LoopbackWikipedia(ARTICLES)),
            MWMBL_HOST: Site(LoopbackMwmbl(MWMBL_INDEX)),
            OWN_HOST: own_site(),
        }
        sites |= {host: Site(b.answer(b.page(host, "<p>Here.</p>"))) for host in CONNECTIVITY_HOSTS}
        for key, target in TARGETS.items():
            _add_target(sites, key, target)
        for page in RESOURCE_PAGES:
            site = sites.setdefault(page.host, Site(b.missing(page.host)))
            site.paths[page.path] = page.behaviour(self._describe)
        for host, pages in CONTACT_PAGES.items():
            sites[host].paths |= {path: b.answer(html) for path, html in pages.items()}
        super().__init__(sites, _names(), port=port)

    def target_url(self, key: str) -> str:
        """Return the address of one of TARGETS as the demo's pages link to it."""
        host, path = _split(key)
        port = self.closed_port if TARGETS[key].closed else self.port
        return f"http://{host}:{port}{path}"

    def settings(self) -> dict[str, object]:
        """Return the settings that point the real program at this web."""
        return {
            "ALLOWED_NETWORKS": ["127.0.0.0/8", "::1/128"],
            "DNS_NAMESERVERS": [self.nameserver],
            "CONNECTIVITY_URLS": [self.url(host) for host in CONNECTIVITY_HOSTS],
            "WAYBACK_URL": self.url(WAYBACK_HOST),
            "WAYBACK_CDX_PER_MINUTE": 6_000,
            "WAYBACK_PLAYBACK_PER_SECOND": 100,
            "WAYBACK_PAUSE": 1,
            "RDAP_SERVERS": {"*": self.url(REGISTRY_HOST)},
            "RDAP_PER_SECOND": 100,
            "WIKIPEDIA_URL": self.url(WIKIPEDIA_HOST, "/w/api.php"),
            "MWMBL_URL": self.url(MWMBL_HOST),
            "SEARCH_QUERIES_PER_RUN": 2,
            "CITATION_LOOKUPS_PER_RUN": 2,
            "CONTACT": "demo@person.example",
            "DOWNLOAD_TIMEOUT": 5,
            "DOWNLOAD_DELAY": 0.05,
            "PROBE_DELAY": 0.05,
            "PROBE_TIMEOUT": 5,
            "DNS_TIMEOUT": 2,
            "RETRY_AFTER_MAX_WAIT": 1,
            "RETRY_TIMES": 0,
        }

    def _describe(self, key: str, _port: int) -> tuple[str, str]:
        return self.target_url(key), TARGETS[key].about


def seed_urls(web: DemoWeb) -> list[str]:
    """Return what a person would name: some links pages, and one site to explore."""
    return [web.url(page.host, page.path) for page in RESOURCE_PAGES if page.is_seed]


def expected(web: DemoWeb) -> dict[str, Truth]:
    """Return what is really the case with each planted target, by the URL it is linked at."""
    return {web.target_url(key): target.truth for key, target in TARGETS.items()}


def _add_target(sites: dict[str, Site], key: str, target: Target) -> None:
    if target.behaviour is None:
        return
    host, path = _split(key)
    home = b.answer(b.article(host, "Our site"))
    site = sites.setdefault(host, Site(b.missing(host), {"/": home}, target.address))
    if target.whole_host:
        site.otherwise = target.behaviour
        site.paths.clear()
    else:
        site.otherwise = target.otherwise or site.otherwise
        site.paths[path] = target.behaviour
    site.paths |= target.other_paths


def _names() -> dict[str, str | DnsEntry]:
    """Return what the DNS says beside where the sites are."""
    names: dict[str, str | DnsEntry] = dict.fromkeys(REGISTERED_DOMAINS, ADDRESS)
    for key, target in TARGETS.items():
        if target.name_servers:
            names[_split(key)[0]] = DnsEntry(target.address, name_servers=target.name_servers)
        if target.behaviour is None and target.address != NOT_IN_THE_DNS:
            names[_split(key)[0]] = target.address
    return names


def _captures(target: Target) -> list[Capture]:
    """Give the good captures the page as it was, and the others the error page."""
    was = b.article(target.about, target.about)
    not_found = b.page("Page not found", "<p>Sorry.</p>")
    return [
        replace(capture, body=was if capture.status == "200" else not_found)
        for capture in target.captures
    ]


def _split(key: str) -> tuple[str, str]:
    host, _, path = key.partition("/")
    return host, f"/{path}"
