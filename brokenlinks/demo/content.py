"""The demo web: home brewers' links pages and everything they lead to, on one port.

Data says where the links lead (`targets.toml`) and what is on the pages (`pages.toml`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from html import escape
from importlib.resources import files
from typing import Any, Literal

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.declared import Reply, behaviour
from brokenlinks.demo.server import ADDRESS, Behaviour, DnsEntry, LoopbackWeb, ReceivedRequest, Site
from brokenlinks.demo.services import (
    Article,
    Capture,
    LoopbackMwmbl,
    LoopbackRegistry,
    LoopbackWayback,
    LoopbackWikipedia,
)
from brokenlinks.text.phrases import read_toml

DEMO_NICHE = "home brewing"
DEMO_PORT = 8765
OWN_HOST = "kettle-notes.example"
WAYBACK_HOST = "wayback.example"
REGISTRY_HOST = "rdap.example"
WIKIPEDIA_HOST = "en.wikipedia.example"
MWMBL_HOST = "mwmbl.example"
CONNECTIVITY_HOSTS = ("online-one.example", "online-two.example", "online-three.example")
NOT_IN_THE_DNS = ""


class Truth(StrEnum):
    """What is really the case with a target."""

    DEAD = "dead"
    LIVING = "living"
    REFUSING = "refusing"
    """Browsers may be served the page that programs are denied."""
    FAILING = "failing"
    """It does not answer now, and may later."""
    UNDECIDED = "undecided"
    """Its answer says neither."""
    MOVED = "moved"
    """It has another address, and the old one redirects there."""
    NOT_CHECKED = "unasked"
    """A polite and careful program must not ask."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads, as `targets.toml` describes it."""

    about: str
    truth: Truth
    reply: Reply | None = None
    archived: tuple[int | Mapping[str, Any], ...] = ()
    address: str = ADDRESS
    extent: Literal["page", "other pages", "host"] = "page"
    other_paths: Mapping[str, Reply] = field(default_factory=dict)
    name_servers: tuple[str, ...] = ()
    closed: bool = False
    """The link leads to a port where nobody listens."""

    def captures(self) -> list[Capture]:
        """Return what the archive has: the page as it was, or an error page."""
        was = b.article(self.about, self.about)
        not_found = b.page("Page not found", "<p>Sorry.</p>")
        tables: list[Mapping[str, Any]] = [
            {"year": kept} if isinstance(kept, int) else kept for kept in self.archived
        ]
        return [
            Capture(f"{kept['year']}1102120000", str(kept["status"]), body=not_found)
            if "status" in kept
            else Capture(f"{kept['year']}0514093000", mime=kept.get("type", "text/html"), body=was)
            for kept in tables
        ]


Describe = Callable[[str], tuple[str, str]]
"""From a target's key to its address and what it is about."""

CONTACT = (
    '<p class="contact">A link is broken? <a href="mailto:webmaster@{host}">Write to us</a>, call'
    ' <a href="tel:+15550100">555 0100</a> or <a href="javascript:print()">print this page</a>.</p>'
)


@dataclass(frozen=True, slots=True)
class LinksPage:
    """One page of links: `sections` are headings with the keys of the targets they list."""

    host: str
    path: str
    title: str
    intro: str
    sections: dict[str, list[str]]
    layout: str = "list"
    language: str = "en"
    updated: str = ""
    """Markup that dates the page."""
    own_links: dict[str, str] = field(default_factory=dict)
    """Text and path of the links in its own navigation."""
    sidebar: tuple[str, ...] = ()
    """Keys of the targets in its blogroll."""
    footer_links: tuple[str, ...] = ()
    """Keys of the targets in its footer."""
    contact: str = CONTACT
    """Markup that says whom to write to; `{host}` is the page's."""
    is_seed: bool = True

    def behaviour(self, describe: Describe) -> Behaviour:
        """Return how the page is served; only then are the addresses of its links known."""

        async def behave(request: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
            await b.answer(self.markup(describe))(request, writer)

        return behave

    def markup(self, describe: Describe) -> str:
        """Return the page's HTML."""
        title = escape(self.title)
        sections = "".join(
            f"<h2>{escape(heading)}</h2>{_laid_out(self.layout, map(describe, keys))}"
            for heading, keys in self.sections.items()
        )
        aside = ""
        if self.sidebar:
            roll = _laid_out("list", map(describe, self.sidebar))
            aside = f'<aside class="sidebar"><h3>Blogs we read</h3>{roll}</aside>'
        navigation = _laid_out("inline", ((to, text) for text, to in self.own_links.items()))
        return (
            f'<!doctype html><html lang="{self.language}"><head><meta charset="utf-8">'
            f"<title>{title}</title><style>body {{ font-family: sans-serif }}</style></head><body>"
            f'<header class="site-header"><nav><a href="/">Home</a> {navigation}</nav></header>'
            f'<main id="content"><h1>{title}</h1><p>{escape(self.intro)}</p>{sections}'
            f"{self.contact.format(host=self.host)}<p>{self.updated}</p></main>{aside}"
            f"<footer>{_laid_out('inline', map(describe, self.footer_links))}"
            '<a href="/privacy">Privacy</a></footer></body></html>'
        )


LAYOUTS = {
    "inline": ("{}", '<a href="{url}">{about}</a>', " "),
    "list": ("<ul>{}</ul>", '<li><a href="{url}">{about}</a>, worth a look</li>', ""),
    "definitions": (
        "<dl>{}</dl>",
        '<dt><a href="{url}">{about}</a></dt><dd>Recommended by our members.</dd>',
        "",
    ),
    "table": (
        "<table>{}</table>",
        '<tr><td><a href="{url}">{about}</a></td><td>free</td></tr>',
        "",
    ),
    # As in 1997: upper case and unclosed.
    "old": ("{}<P>", '<A HREF="{url}">{about}</A><BR>', ""),
    "prose": (
        "{}",
        (
            '<p>In our experience <a href="{url}">{about}</a> says it well, but read on: the art is'
            " in the grind, the temperature and the freshness of the beans, and no page can replace"
            " a morning of tasting, adjusting and tasting again with somebody who knows.</p>"
        ),
        "",
    ),
}
"""Around the links, one link, and between two."""


def _laid_out(layout: str, links: Iterable[tuple[str, str]]) -> str:
    frame, entry, between = LAYOUTS[layout]
    entries = (entry.format(url=url, about=escape(about)) for url, about in links)
    return frame.format(between.join(entries))


def _read_targets(table: Mapping[str, Any]) -> dict[str, Target]:
    targets = {}
    for key, entry in table.items():
        truth = Truth(entry["truth"])
        living = {"article": [entry["about"], entry["about"]]} if truth is Truth.LIVING else None
        targets[key] = Target(**{"reply": living, **entry, "truth": truth})
    return targets


_LINKED = read_toml(__package__, "targets.toml")
_LINKING = read_toml(__package__, "pages.toml")
TARGETS = _read_targets(_LINKED["targets"])
"""By host and path."""
RESOURCE_PAGES = tuple(LinksPage(**page) for page in _LINKING["pages"])
OWN_PAGES: dict[str, tuple[str, str]] = _LINKING["own_pages"]
"""Title and subject of the user's pages, by path."""


class DemoWeb(LoopbackWeb):
    """The demo's sites on one port."""

    def __init__(self, port: int = 0) -> None:
        self.wayback = LoopbackWayback({key: t.captures() for key, t in TARGETS.items()})
        self.registry = LoopbackRegistry(_LINKED["registry"]["since"])
        index = {
            f"http://{page.host}:{{port}}{page.path}": f"{page.title} home brewing links resources"
            for page in RESOURCE_PAGES[:4]
        }
        sites = {
            WAYBACK_HOST: Site(self.wayback),
            REGISTRY_HOST: Site(self.registry),
            WIKIPEDIA_HOST: Site(LoopbackWikipedia([Article(**a) for a in _LINKING["articles"]])),
            MWMBL_HOST: Site(LoopbackMwmbl(index)),
            OWN_HOST: _own_site(),
        }
        sites |= {host: Site(b.answer(b.page(host, "<p>Here.</p>"))) for host in CONNECTIVITY_HOSTS}
        for key, target in TARGETS.items():
            _add_target(sites, key, target)
        for page in RESOURCE_PAGES:
            site = sites.setdefault(page.host, Site(b.missing(page.host)))
            site.paths[page.path] = page.behaviour(self._describe)
        for host, pages in _LINKING["contact_pages"].items():
            sites[host].paths |= {path: _behaviour(reply) for path, reply in pages.items()}
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
            "ADDRESS_DELAY": 0,  # all of the demo is at one address
            "PROBE_TIMEOUT": 5,
            "DNS_TIMEOUT": 2,
            "RETRY_AFTER_MAX_WAIT": 1,
            "RETRY_TIMES": 0,
        }

    def _describe(self, key: str) -> tuple[str, str]:
        return self.target_url(key), TARGETS[key].about


def seed_urls(web: DemoWeb) -> list[str]:
    """Return what a user would name: some links pages, and one site to explore."""
    return [web.url(page.host, page.path) for page in RESOURCE_PAGES if page.is_seed]


def _behaviour(reply: Reply) -> Behaviour:
    folder = files(__package__) / "files"
    return behaviour(reply, lambda name: (folder / name).read_bytes())


def _add_target(sites: dict[str, Site], key: str, target: Target) -> None:
    if target.reply is None:
        return
    host, path = _split(key)
    home = b.answer(b.article(host, "Our site"))
    site = sites.setdefault(host, Site(b.missing(host), {"/": home}, target.address))
    replied = _behaviour(target.reply)
    if target.extent == "page":
        site.paths[path] = replied
    else:
        site.otherwise = replied
    if target.extent == "host":
        site.paths.clear()
    site.paths |= {path: _behaviour(reply) for path, reply in target.other_paths.items()}


def _names() -> dict[str, str | DnsEntry]:
    """Return what the DNS says beside where the sites are."""
    names: dict[str, str | DnsEntry] = dict.fromkeys(_LINKED["registry"]["without_host"], ADDRESS)
    for key, target in TARGETS.items():
        if target.name_servers:
            servers = tuple(target.name_servers)
            names[_split(key)[0]] = DnsEntry(target.address, name_servers=servers)
        if target.reply is None and target.address != NOT_IN_THE_DNS:
            names[_split(key)[0]] = target.address
    return names


def _own_site() -> Site:
    """Return the site of the user who tries the demo: pages to offer in place of dead ones."""

    async def sitemap(request: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        home = f"http://{request.headers['host']}"
        listed = "".join(f"<url><loc>{escape(home + path)}</loc></url>" for path in OWN_PAGES)
        text = f'<?xml version="1.0"?><urlset>{listed}</urlset>'
        await b.answer(text, content_type="application/xml")(request, writer)

    pages = {path: b.answer(b.article(*described)) for path, described in OWN_PAGES.items()}
    return Site(b.missing(OWN_HOST), {**pages, "/sitemap.xml": sitemap})


def _split(key: str) -> tuple[str, str]:
    host, _, path = key.partition("/")
    return host, f"/{path}"
