"""What is a resource page? A page is read once here, and judged by the shape of its links.

Whether it belongs to the niche is for `brokenlinks.niche`, how a link is read for
`brokenlinks.links`. No network, no clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import exp
from typing import Any

from brokenlinks.discovery import (
    footprint_in_path,
    footprint_in_text,
    load_footprints,
    worded,
)
from brokenlinks.items import OutboundLink, Placement
from brokenlinks.links import Markup, base_url, internal_links, outbound_links, read_markup
from brokenlinks.niche import PageFields
from brokenlinks.urls import absolute_url, site_of

TEXT_LENGTH_KEPT = 200_000
TITLE_LENGTH_KEPT = 300
FOOT_LENGTH_READ = 20_000
"""Pages date themselves at the foot, far beyond the text kept."""
FIRST_YEAR, LAST_YEAR = 1991, 2099

FEWEST_SITES = 3
SITES_SCALE = 4.0
OUTWARD_SHARE = 0.4
"""With this share of links leading outside, the rest is taken for a menu."""
TERSE_WORDS, PROSE_WORDS = 40, 120
"""Words of main text for each outbound link: a links page below, an article above."""
FARM_LINKS, FARM_WORDS, FARM_FACTOR = 400, 3.0, 0.3
"""More links than people collect, and hardly a word beside the anchors: a link farm."""
LISTED_WEIGHT, TERSE_WEIGHT, FOOTPRINT_WEIGHT = 0.30, 0.35, 0.35
PATH_FOOTPRINT = 0.6

_MODIFIED_METAS = ("article:modified_time", "og:updated_time", "last-modified", "dcterms.modified")
_SAYS_UPDATED = re.compile(r"updated|modified", re.IGNORECASE)
_ISO_DATE = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)")
_JSON_LD_MODIFIED = re.compile(r'"dateModified"\s*:\s*"([^"]{8,40})"')
_NUMERIC_DATE = re.compile(r"\b(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b")
_NAMED_DATE = re.compile(
    r"(?:\b(?P<before>\d{1,2})(?:st|nd|rd|th|er|\.|º)? (?:de |of )?)?(?P<month>[^\W\d_]{3,12})\.?,?"
    r"(?: (?P<after>\d{1,2})(?:st|nd|rd|th)?,?)?(?: de| del)? (?P<year>\d{4})\b"
)


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
    canonical: str
    updated: date | None
    outbound_links: list[OutboundLink]
    internal_links: list[tuple[str, str]]
    """(URL, anchor) of links within the site."""
    shape: LinkShape

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
    external_sites: int


def read_page(body_text: str, url: str) -> Page:
    """Read an HTML page; broken or empty documents yield an empty page, never an error."""
    markup = read_markup(body_text, url)
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
        canonical=_canonical(root, url),
        updated=_updated(markup, language),
        outbound_links=outbound_links(markup),
        internal_links=internal_links(markup, url),
        shape=_shape(markup),
    )


def resource_score(page: Page) -> ResourceScore:
    """Score how far a page is one that recommends other sites.

    Layout (links in lists), terseness (few words for each link) and footprints add up; the number
    of sites and the share of links leading outside scale the sum, a link farm's is cut down.
    """
    shape = page.shape
    if shape.sites < FEWEST_SITES:
        why = f"only {shape.sites} external sites linked from the main content"
        return ResourceScore(0.0, why, shape.sites)
    footprint, said = _footprint(page)
    terse = _between(PROSE_WORDS, shape.words_each, TERSE_WORDS)
    # Over prose, a footprint is only a headline.
    footprint *= max(shape.listed, terse)
    kind = LISTED_WEIGHT * shape.listed + TERSE_WEIGHT * terse + FOOTPRINT_WEIGHT * footprint
    breadth = 1 - exp(-shape.sites / SITES_SCALE)
    outward = min(1.0, shape.outward / OUTWARD_SHARE)
    farm = shape.links > FARM_LINKS and shape.words_beside < FARM_WORDS
    score = kind * breadth * outward * (FARM_FACTOR if farm else 1.0)
    return ResourceScore(score, ", ".join(_reasons(shape, said, farm=farm)), shape.sites)


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
        return PATH_FOOTPRINT, f'address says "{found}"'
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


def _language(root: Any) -> str:
    said = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    said = said or root.get("xml:lang") or _meta(root, ("content-language", "language"))
    found = re.match(r"\s*([a-z]{2,3})(?![a-z])", (said or "").lower())
    return found[1] if found else ""


def _canonical(root: Any, url: str) -> str:
    for link in root.iterfind(".//link[@href]"):
        if "canonical" in link.get("rel", "").lower().split():
            return absolute_url(base_url(root, url), link.get("href")) or ""
    return ""


def _meta(root: Any, names: Sequence[str]) -> str:
    """Return the content of the first of these metas the page has."""
    said: dict[str, str] = {}
    for meta in root.iterfind(".//meta[@content]"):
        for name in ("property", "name", "http-equiv", "itemprop"):
            said.setdefault(meta.get(name, "").lower(), meta.get("content"))
    return next((said[name] for name in names if said.get(name)), "")


def _updated(markup: Markup, language: str) -> date | None:
    """Return when the page says it was last changed; the most explicit statement wins."""
    known = (_iso_date(said) for said in _machine_dates(markup.root))
    found = next((day for day in known if day), None)
    return found or _date_in_text(markup.text, language) or _time_element(markup.root)


def _machine_dates(root: Any) -> Iterator[str]:
    yield _meta(root, (*_MODIFIED_METAS, "datemodified"))
    for script in root.iterfind(".//script[@type]"):
        if "ld+json" in script.get("type").lower():
            yield from _JSON_LD_MODIFIED.findall((script.text or "")[:TEXT_LENGTH_KEPT])
    for time in root.iterfind(".//time[@datetime]"):
        if _SAYS_UPDATED.search(f"{time.get('class')} {time.get('itemprop')}"):
            yield time.get("datetime")


def _time_element(root: Any) -> date | None:
    time = root.find(".//time[@datetime]")
    return None if time is None else _iso_date(time.get("datetime"))


def _date_in_text(text: str, language: str) -> date | None:
    for part in (text[:FOOT_LENGTH_READ], text[-FOOT_LENGTH_READ:]):
        for found in _updated_pattern().finditer(part):
            day = _iso_date(found[1]) or _numeric_date(found[1], language) or _named_date(found[1])
            if day:
                return day
    return None


@cache
def _updated_pattern() -> re.Pattern[str]:
    said = {phrase for one in load_footprints().values() for phrase in one.updated}
    ordered = sorted(said, key=len, reverse=True)
    phrases = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered)
    return re.compile(rf"\b(?:{phrases})\b(.{{0,40}})", re.IGNORECASE | re.DOTALL)


def _iso_date(text: str) -> date | None:
    found = _ISO_DATE.search(text)
    return _sane(int(found[1]), int(found[2]), int(found[3])) if found else None


def _numeric_date(text: str, language: str) -> date | None:
    """Read 12.3.2024; 3/12/2024 in English may mean two days, and then means none."""
    found = _NUMERIC_DATE.search(text)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if second > 12:
        return _sane(year, first, second)
    ambiguous = found[2] != "." and language in {"", "en"} and first <= 12 and first != second
    return None if ambiguous else _sane(year, second, first)


def _named_date(text: str) -> date | None:
    """Read "12 March 2024", "March 12, 2024" and, as the first of the month, "March 2024"."""
    for found in _NAMED_DATE.finditer(" ".join(text.lower().split())):
        month = _month(found["month"])
        if month:
            return _sane(int(found["year"]), month, int(found["before"] or found["after"] or 1))
    return None


def _month(name: str) -> int | None:
    plain = worded(name).strip()
    for one in load_footprints().values():
        for number, start in enumerate(one.months, 1):
            if plain.startswith(worded(start).strip()):
                return number
    return None


def _sane(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _cut(text: str) -> str:
    return " ".join(text.split())[:TITLE_LENGTH_KEPT]
