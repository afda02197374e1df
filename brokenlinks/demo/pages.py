"""The demo's own pages: club links pages, a blog's resources, a German list, and neighbours."""

from __future__ import annotations

import asyncio
import html
from collections.abc import Callable
from dataclasses import dataclass, field

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Asked, Behaviour

Describe = Callable[[str, int], tuple[str, str]]
"""From a target's key and the port to its address and what it is about."""


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
    own_links: dict[str, str] = field(default_factory=dict)
    """Text and path of the links in its own navigation."""
    footer_links: tuple[str, ...] = ()
    is_seed: bool = True

    def behaviour(self, describe: Describe) -> Behaviour:
        """Return how the page is served; its links carry the port it was asked at."""

        async def behave(asked: Asked, writer: asyncio.StreamWriter) -> None:
            port = int(asked.headers["host"].rpartition(":")[2])
            await b.answer(self.markup(lambda key: describe(key, port)))(asked, writer)

        return behave

    def markup(self, describe: Callable[[str], tuple[str, str]]) -> str:
        """Return the page's HTML."""
        write = _LAYOUTS[self.layout]
        sections = "".join(
            f"<h2>{html.escape(heading)}</h2>{write([describe(key) for key in keys])}"
            for heading, keys in self.sections.items()
        )
        navigation = "".join(f'<a href="{to}">{text}</a> ' for text, to in self.own_links.items())
        footer = "".join(
            f'<a href="{url}">{about}</a> ' for url, about in map(describe, self.footer_links)
        )
        return (
            f'<!doctype html><html lang="{self.language}"><head><meta charset="utf-8">'
            f"<title>{html.escape(self.title)}</title></head><body>"
            f'<header class="site-header"><nav><a href="/">Home</a> {navigation}</nav></header>'
            f'<main id="content"><h1>{html.escape(self.title)}</h1><p>{html.escape(self.intro)}</p>'
            f"{sections}<p>{self.updated}</p></main>"
            f'<footer>{footer}<a href="/privacy">Privacy</a></footer></body></html>'
        )


def _bullets(links: list[tuple[str, str]]) -> str:
    entries = (
        f'<li><a href="{url}">{html.escape(about)}</a>, worth a look</li>' for url, about in links
    )
    return f"<ul>{''.join(entries)}</ul>"


def _definitions(links: list[tuple[str, str]]) -> str:
    entries = (
        f'<dt><a href="{url}">{html.escape(about)}</a></dt><dd>Recommended by our members.</dd>'
        for url, about in links
    )
    return f"<dl>{''.join(entries)}</dl>"


def _table(links: list[tuple[str, str]]) -> str:
    rows = (
        f'<tr><td><a href="{url}">{html.escape(about)}</a></td><td>free</td></tr>'
        for url, about in links
    )
    return f"<table>{''.join(rows)}</table>"


def _old_style(links: list[tuple[str, str]]) -> str:
    """Write as in 1997, upper case and unclosed."""
    return "".join(f'<A HREF="{url}">{html.escape(about)}</A><BR>' for url, about in links) + "<P>"


_LAYOUTS: dict[str, Callable[[list[tuple[str, str]]], str]] = {
    "list": _bullets,
    "definitions": _definitions,
    "table": _table,
    "old": _old_style,
    "prose": lambda links: "".join(
        f'<p>In our experience <a href="{url}">{about}</a> says it well, but read on: the art is'
        " in the grind, the temperature and the freshness of the beans, and no page can replace"
        " a morning of tasting, adjusting and tasting again with somebody who knows.</p>"
        for url, about in links
    ),
}

RESOURCE_PAGES = (
    LinksPage(
        "www.hopclub.example",
        "/links.html",
        "Homebrewing Links - Hop Club",
        "The pages our home brewing club uses most.",
        {
            "Getting started": [
                "brewwiki.example/",
                "moved.example/old-brewing-guide",
                "brewschool.example/lessons/all-grain",
                "homebrewforum.example/",
                "thebrewclub.example/links",
            ],
            "Hops": [
                "hopatlas.example/varieties",
                "hopsandmore.example/storage-guide",
                "ftp.hoplands.example/charts",
            ],
            "Tools": [
                "mashcalc.example/",
                "busy.example/calculator",
                "broken.example/abv",
                "upgrade.example/timer",
                "cookiejar.example/recipes",
                "norobots.example/scales",
            ],
        },
        updated="Last updated: 14 March 2026",
        footer_links=("network.example/in/brewer",),
    ),
    LinksPage(
        "brewdad.example",
        "/resources",
        "Useful home brewing resources",
        "Everything I wish somebody had shown me before my first homebrew batch.",
        {
            "Guides I go back to": [
                "hopsandmore.example/storage-guide",
                "brewschool.example/lessons/sparging",
                "waterworks.example/brewing-water",
                "cellarnotes.example/lagering",
                "meadcraft.example/first-mead",
                "packed.example/starter",
            ],
            "Recipes": [
                "shielded.example/clone-recipes",
                "recipevault.example/stout",
                "guarded.example/ipa",
                "forbidden.example/sours",
                "getless.example/cider",
            ],
            "Gear": [
                "kegerator.example/build",
                "shop.maltmill.example/crushers",
                "closed.example/pumps",
                "circles.example/wort-chiller",
                "rude.example/filters",
                "intranet.example/brewhouse",
            ],
        },
        updated='<time datetime="2026-09-02">2 September 2026</time>',
        own_links={"About": "/about", "Recipes": "/recipes"},
    ),
    LinksPage(
        "extension.example",
        "/food/home-brewing-resources.html",
        "Home brewing: further reading and resources",
        "Collected by the county extension for people who brew beer at home.",
        {
            "Safety": ["county-extension.example/fermentation.pdf", "legal.example/moonshine"],
            "Ingredients": [
                "yeastlab.example/strains.html",
                "yeastbank.example/culture",
                "maltings.example/malt-chart.pdf",
                "hopsandmore.example/storage-guide",
                "edge.example/grain-bill",
            ],
            "Learning": [
                "paid.example/course",
                "beerjudges.example/guidelines",
                "brewschool.example/lessons/all-grain",
                "members.example/archive",
            ],
        },
        layout="table",
        updated="Last reviewed 2025-06-30",
    ),
    LinksPage(
        "stammwuerze.example",
        "/links",
        "Nützliche Links rund um Home Brewing und Hausbrauen",
        "Unsere Sammlung für alle, die Homebrewing ernst nehmen.",
        {
            "Wissen": [
                "brauwelt.example/wuerze",
                "xn--brukunst-0za.example/",
                "thebrewclub.example/links",
                "silent.example/kegs",
            ],
            "Werkzeug": [
                "vanishing.example/carbonation",
                "shielded-too.example/hydrometer",
                "picky.example/kveik",
                "shaky-names.example/wheat",
            ],
        },
        language="de",
        updated="Letzte Aktualisierung: 3. Mai 2024",
    ),
    LinksPage(
        "oldmash.example",
        "/brewlinks.htm",
        "OLD MASH'S HOMEBREW LINKS",
        "The homebrew links page since 1997, now with fewer frames.",
        {
            "Beer on the net": [
                "bottlecap-museum.example/",
                "oldserver.example/labels",
                "thebrewclub.example/links",
                "mazes.example/kettle",
                "sleepy.example/barrels",
                "downtime.example/podcast",
                "bulky.example/log",
                "sold.example/beer-tap-plans",
                "wholly-missing.example/maps",
                "trap.example/metadata",
            ],
        },
        layout="old",
    ),
    LinksPage(
        "malt-and-more.example",
        "/",
        "Malt and More: a home brewing club",
        "We meet on Thursdays. Home brewing for everybody, beginners and old hands.",
        {"This month": ["homebrewforum.example/"]},
        own_links={"Useful links": "/useful-links", "Calendar": "/calendar"},
    ),
    LinksPage(
        "malt-and-more.example",
        "/useful-links",
        "Useful links for home brewing",
        "What our members recommend to other home brewers.",
        {
            "Brewing": [
                "brewwiki.example/",
                "club-intern.example/minutes",
                "sixonly.example/ale",
                "vanishing.example/carbonation",
                "yeastlab.example/strains.html",
            ],
            "Homebrewing clubs": ["newclub.example/", "hopsandmore.example/storage-guide"],
        },
        layout="definitions",
        updated="Updated: 2026-01-20",
        is_seed=False,
    ),
    LinksPage(
        "newclub.example",
        "/",
        "New Club home brewing",
        "A young home brewing club. Homebrewers welcome.",
        {"Partners": ["homebrewforum.example/"]},
        own_links={"Links": "/our-links"},
        is_seed=False,
    ),
    LinksPage(
        "newclub.example",
        "/our-links",
        "New Club: links for homebrewers",
        "Home brewing sites we like.",
        {
            "Sites": [
                "mashcalc.example/",
                "hopatlas.example/varieties",
                "recipevault.example/stout",
                "yeastlab.example/strains.html",
                "homebrewforum.example/",
            ]
        },
        is_seed=False,
    ),
    LinksPage(
        "coffeecorner.example",
        "/",
        "Coffee brewing at its best",
        "All about coffee brewing: grind, bloom, pour.",
        {"Methods": ["waterworks.example/brewing-water", "kegerator.example/build"]},
        layout="prose",
    ),
)
