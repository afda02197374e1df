"""What is a resource page? A page is read once here, and judged by the shape of its links.

Whether it belongs to the niche is for `brokenlinks.discovery.relevance`, how a link is read for
`brokenlinks.html.links`. No network, no clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import exp
from typing import Any

from brokenlinks.discovery import (
    footprint_in_path,
    footprint_in_text,
    hint_in_text,
)
from brokenlinks.discovery.relevance import PageFields
from brokenlinks.html.dates import meta_content, updated_date
from brokenlinks.html.links import (
    Markup,
    base_url,
    internal_links,
    menu_links,
    outbound_links,
    read_markup,
)
from brokenlinks.models.page import OutboundLink, Placement
from brokenlinks.text.urls import absolute_url, site_of

TEXT_LENGTH_KEPT = 200_000
TITLE_LENGTH_KEPT = 300
TEXT_FIELDS = frozenset({"search", "text"})

FEWEST_SITES = 3
SITES_SCALE = 4.0
OUTWARD_SHARE = 0.4
"""With this share of links leading outside, the rest is taken for a menu."""
TERSE_WORDS, PROSE_WORDS = 40, 120
"""Words of main text for each outbound link: a links page below, an article above."""
FARM_LINKS, FARM_WORDS, FARM_FACTOR = 400, 3.0, 0.3
"""More links than people collect, and hardly a word beside the anchors: a link farm."""
LISTED_WEIGHT, TERSE_WEIGHT, FOOTPRINT_WEIGHT = 0.30, 0.35, 0.35
MODEST_FOOTPRINT = 0.6
"""What an address is worth, or a name that links pages share with others, beside a title."""


@dataclass(frozen=True, slots=True)
class LinkShape:
    """How the outbound links of a page's main content are laid out."""

    links: int = 0
    sites: int = 0
    listed: float = 0.0
    """Share that are entries of lists or tables, or open a line."""
    outward: float = 0.0
    """Share of all the main content's links that lead to other sites."""
    words_each: float = 0.0
    """Words of main text for each of them, anchors included."""
    words_beside: float = 0.0
    """The same without the anchors."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as read, before anything is decided about it."""

    url: str
    title: str
    headings: tuple[str, ...]
    """Text of h1 and h2, in order."""
    h1: str
    language: str
    """ISO 639 code, "" where the page does not say."""
    text: str
    """What a visitor sees, the first 200,000 characters."""
    word_count: int
    updated: date | None
    outbound_links: list[OutboundLink]
    internal_links: list[tuple[str, str]]
    """(URL, anchor) of links within the site."""
    menu_links: list[tuple[str, str]]
    """Those of them that stand in menus."""
    shape: LinkShape
    canonical: str
    """The address the page gives as that of its original, "" for none."""
    filled_fields: frozenset[tuple[str, str]]
    """Names and values of the text fields that are filled already."""
    asks_password: bool

    @property
    def fields(self) -> PageFields:
        """Return the page as the niche profile wants it; of links, the editorial ones."""
        around = dict.fromkeys(
            link.context if link.anchor in link.context else f"{link.anchor} {link.context}"
            for link in self.outbound_links
            if link.placement is Placement.MAIN
        )
        return PageFields(
            self.title, " ".join(self.headings), " ".join(around), self.url, self.text
        )


@dataclass(frozen=True, slots=True)
class ResourceScore:
    """`score` 0..1, how far a page is one that recommends resources, and `why` in words."""

    score: float
    why: str
    farm: bool = False
    """More links than people collect, and hardly a word beside them."""


def read_page(body_text: str, url: str, encoding: str = "utf-8") -> Page:
    """Read an HTML page; broken or empty documents yield an empty page, never an error."""
    markup = read_markup(body_text, url, encoding)
    root = markup.root
    language = _language(root)
    return Page(
        url=url,
        title=_cut(root.findtext("head/title") or ""),
        headings=tuple(text for tag, text in markup.headings if tag in {"h1", "h2"} and text),
        h1=next((text for tag, text in markup.headings if tag == "h1" and text), ""),
        language=language,
        text=markup.text[:TEXT_LENGTH_KEPT],
        word_count=markup.words.total(),
        updated=updated_date(markup, language),
        outbound_links=outbound_links(markup),
        internal_links=internal_links(markup, url),
        menu_links=menu_links(markup, url),
        shape=_shape(markup),
        canonical=_canonical(root, url),
        filled_fields=frozenset(_filled_fields(root)),
        asks_password=root.find(".//input[@type='password']") is not None,
    )


def resource_score(page: Page) -> ResourceScore:
    """Score how far a page is one that recommends other sites.

    Layout (links in lists), terseness (few words for each link) and footprints add up; the number
    of sites and the share of links leading outside scale the sum, a link farm's is cut down.
    """
    shape = page.shape
    if shape.sites < FEWEST_SITES:
        why = f"only {shape.sites} external sites linked from the main content"
        return ResourceScore(0.0, why)
    footprint, said = _footprint(page)
    terse = _between(PROSE_WORDS, shape.words_each, TERSE_WORDS)
    # Over prose, a footprint is only a headline.
    footprint *= max(shape.listed, terse)
    kind = LISTED_WEIGHT * shape.listed + TERSE_WEIGHT * terse + FOOTPRINT_WEIGHT * footprint
    breadth = 1 - exp(-shape.sites / SITES_SCALE)
    outward = min(1.0, shape.outward / OUTWARD_SHARE)
    farm = shape.links > FARM_LINKS and shape.words_beside < FARM_WORDS
    score = kind * breadth * outward * (FARM_FACTOR if farm else 1.0)
    why = ", ".join(_reasons(shape, said, farm=farm))
    return ResourceScore(score, why, farm)


def looks_like_link_page(url: str, anchor: str) -> bool:
    """Tell whether a link within a site, by its address and anchor, leads to a links page."""
    return bool(footprint_in_text(anchor) or footprint_in_path(url))


def _shape(markup: Markup) -> LinkShape:
    main = [link for link in markup.hyperlinks if link.placement is Placement.MAIN]
    outbound = [link for link in main if link.external]
    if not outbound:
        return LinkShape()
    count = len(outbound)
    words = markup.words[Placement.MAIN]
    return LinkShape(
        links=count,
        sites=len({site_of(link.url) for link in outbound}),
        listed=sum(link.listed for link in outbound) / count,
        outward=count / len(main),
        words_each=words / count,
        words_beside=(words - sum(len(link.anchor.split()) for link in outbound)) / count,
    )


def _footprint(page: Page) -> tuple[float, str]:
    """Return how strong the footprint is, 0..1, and where it was found, in words."""
    if found := footprint_in_text(page.title):
        return 1.0, f'title says "{found}"'
    if found := footprint_in_text(page.h1):
        return 1.0, f'heading says "{found}"'
    if found := footprint_in_path(page.url):
        return MODEST_FOOTPRINT, f'address says "{found}"'
    if hint_in_text(page.title) or hint_in_text(page.h1):
        return MODEST_FOOTPRINT, "title hints at links"
    return 0.0, ""


def _reasons(shape: LinkShape, said: str, *, farm: bool) -> Iterator[str]:
    yield f"{shape.sites} external sites linked from the main content"
    yield f"{shape.listed:.0%} of the links in lists"
    yield f"{shape.words_each:.0f} words a link"
    if shape.outward < OUTWARD_SHARE:
        yield f"only {shape.outward:.0%} of the links lead outside"
    if said:
        yield said
    if farm:
        yield "hardly a word beside the links, as on a link farm"


def _between(low: float, value: float, high: float) -> float:
    """Return how far `value` has come from `low` to `high`, 0..1."""
    return min(1.0, max(0.0, (value - low) / (high - low)))


def _canonical(root: Any, url: str) -> str:
    link = next(
        (
            link
            for link in root.iterfind(".//link[@href]")
            if "canonical" in link.get("rel", "").lower().split()
        ),
        None,
    )
    return "" if link is None else absolute_url(base_url(root, url), link.get("href")) or ""


def _filled_fields(root: Any) -> Iterator[tuple[str, str]]:
    for field in root.iterfind(".//input[@name]"):
        value = field.get("value", "").strip()
        if value and field.get("type", "text").lower() in TEXT_FIELDS:
            yield field.get("name"), value


def _language(root: Any) -> str:
    said = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    said = said or root.get("xml:lang") or meta_content(root, ("content-language", "language"))
    found = re.match(r"\s*([a-z]{2,3})(?![a-z])", (said or "").lower())
    return found[1] if found else ""


def _cut(text: str) -> str:
    return " ".join(text.split())[:TITLE_LENGTH_KEPT]
