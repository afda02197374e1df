"""One loopback web for many labelled cases: their sites, who links to them, who knows of them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TypeVar

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.content import LinksPage
from brokenlinks.demo.server import LoopbackWeb, Site
from brokenlinks.demo.services import LoopbackRegistry, LoopbackWayback
from tests.labelled.case import Case

NICHE = "home brewing"
WAYBACK_HOST = "wayback.example"
REGISTRY_HOST = "rdap.example"
CONNECTIVITY_HOSTS = ("online-one.example", "online-two.example", "online-three.example")
PAGE_HOST = "labelled-links-{number}.example"
PAGE_PATH = "/home-brewing-links.html"
LINKS_PER_PAGE = 40
LINKS_PER_SECTION = 10
TIMEOUT = 10
"""Seconds after which every checker gives a host up.

On a busy machine the web and its name server answer late: that must not look like a failure.
"""
TODAY = "2026-11-23T12:00:00+00:00"
"""The cases' captures and registrations have dates: the run's has to stand still beside them."""

T = TypeVar("T")


class LabelledWeb(LoopbackWeb):
    """Serves `cases`; with a `seed`, their links stand in another order and on other pages.

    Raises ValueError when two cases describe one host differently.
    """

    def __init__(self, cases: Sequence[Case], *, seed: int | None = None) -> None:
        self.cases = _ordered(cases, seed)
        self.pages = _pages(self.cases)
        self.registry = LoopbackRegistry(_merged(case.registered for case in cases))
        sites = {
            WAYBACK_HOST: Site(LoopbackWayback(_merged(case.captures for case in cases))),
            REGISTRY_HOST: Site(self.registry),
        }
        sites |= {host: Site(b.answer(b.page(host, "<p>Here.</p>"))) for host in CONNECTIVITY_HOSTS}
        sites |= {
            page.host: Site(b.missing(page.host), {page.path: page.behaviour(self._describe)})
            for page in self.pages
        }
        self.services = frozenset(sites)
        """The hosts that belong to no case."""
        sites = _merged([sites, *(case.sites for case in cases)])
        super().__init__(sites, _merged(case.names for case in cases))

    def case_url(self, case: Case) -> str:
        """Return the address at which the case is linked."""
        host, slash, path = case.url.partition("/")
        return f"http://{host}:{self.closed_port if case.closed else self.port}{slash}{path}"

    def seed_urls(self) -> list[str]:
        """Return the addresses of the pages on which the cases are linked."""
        return [self.url(page.host, page.path) for page in self.pages]

    def settings(self) -> dict[str, object]:
        """Return the settings that point the real program at this web, with no time to lose."""
        return {
            "ALLOWED_NETWORKS": ["127.0.0.0/8", "::1/128"],
            "DNS_NAMESERVERS": [self.nameserver],
            "CONNECTIVITY_URLS": [self.url(host) for host in CONNECTIVITY_HOSTS],
            "WAYBACK_URL": self.url(WAYBACK_HOST),
            "WAYBACK_CDX_PER_MINUTE": 60_000,
            "WAYBACK_PLAYBACK_PER_SECOND": 1_000,
            "WAYBACK_PAUSE": 1,
            "ARCHIVE_LOOKUPS_PER_RUN": 10 * len(self.cases),
            "RDAP_SERVERS": {"*": self.url(REGISTRY_HOST)},
            "RDAP_PER_SECOND": 1_000,
            "RDAP_LOOKUPS_PER_RUN": 10 * len(self.cases),
            "CONTACT_SITES_PER_RUN": 0,
            "CITATION_LOOKUPS_PER_RUN": 0,
            "CLOCK": TODAY,
            "DOWNLOAD_TIMEOUT": TIMEOUT,
            "DOWNLOAD_DELAY": 0.02,
            "PROBE_DELAY": 0.02,
            "ADDRESS_DELAY": 0,
            "PROBE_TIMEOUT": TIMEOUT,
            "DNS_TIMEOUT": TIMEOUT,
            "RETRY_AFTER_MAX_WAIT": 1,
            "RETRY_TIMES": 0,
        }

    def _describe(self, name: str) -> tuple[str, str]:
        case = next(case for case in self.cases if case.name == name)
        return escape(self.case_url(case)), case.anchor


def _ordered(cases: Sequence[Case], seed: int | None) -> list[Case]:
    ordered = list(cases)
    if seed is not None:
        random.Random(seed).shuffle(ordered)
    return ordered


def _pages(cases: Sequence[Case]) -> list[LinksPage]:
    """Return links pages of a brewing club and its neighbours, each on a host of its own."""
    names = [case.name for case in cases]
    return [
        LinksPage(
            PAGE_HOST.format(number=number),
            PAGE_PATH,
            f"Home brewing links, part {number}",
            "The pages our home brewing club uses most, and what else its members like.",
            {
                f"Homebrewing links {section}": listed
                for section, listed in enumerate(_chunks(on_page, LINKS_PER_SECTION), 1)
            },
            updated="Last updated: 14 March 2026",
        )
        for number, on_page in enumerate(_chunks(names, LINKS_PER_PAGE), 1)
    ]


def _chunks(names: list[str], size: int) -> list[list[str]]:
    return [names[start : start + size] for start in range(0, len(names), size)]


def _merged(parts: Iterable[Mapping[str, T]]) -> dict[str, T]:
    """Return all parts as one. Raises ValueError where two of them disagree."""
    merged: dict[str, T] = {}
    for part in parts:
        for name, value in part.items():
            if merged.setdefault(name, value) != value:
                raise ValueError(f"{name} belongs to two cases")
    return merged
