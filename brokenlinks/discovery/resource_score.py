"""Scores whether a page is a resource page, by the shape of its links and the words of its title.

Whether it belongs to the niche is for `brokenlinks.discovery.relevance`, how a link is read for
`brokenlinks.html.links`. No network, no clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import exp
from urllib.parse import parse_qsl, urlsplit

from brokenlinks.discovery.footprints import footprint_in_path, footprint_in_text, hint_in_text
from brokenlinks.html.page import LinkShape, Page
from brokenlinks.liveness.exclusions import is_archived_copy, is_excluded
from brokenlinks.liveness.signals.error_pages import error_phrase
from brokenlinks.models.page import OutboundLink, Placement
from brokenlinks.text.normalize import normalize_words, title_parts
from brokenlinks.text.phrases import read_toml
from brokenlinks.text.urls import host_of, is_root, path_segments, registrable_domain, site_of

COPY, SEARCH_RESULTS, ERROR_PAGE, LOGIN_PAGE = "copy", "search_results", "error_page", "login"
MIN_SITES = 3
"""Any article links to a site or two."""
SITES_SCALE, UNNAMED_SITES_SCALE = 3.0, 5.0
"""Sites; the score reaches 63 % of its height with so many, and 95 % with three times as many.
A page that does not call itself a links page must show more."""
FULL_EXTERNAL_RATIO = 0.4
"""When this share of the links leads outside, the rest is taken for a menu."""
TERSE_WORDS, PROSE_WORDS = 40, 120
"""Words of main text for each outbound link: a links page has fewer, an article has more."""
SHORT_TEXT, ARTICLE_TEXT = 80, 200
"""Words in a row without an entry: a links page has an introduction, an article has its text."""
EVEN_SHARE = 0.25
"""Share of the words in the longest text. Where it is smaller, a list is annotated: its entries are
reviews, however long."""
FARM_LINKS, FARM_WORDS, FARM_FACTOR = 1000, 3.0, 0.3
"""A link farm has more links than anyone collects by hand, and hardly any text besides them.
Blogrolls of 400 true links exist."""
LISTED_WEIGHT, TERSE_WEIGHT, FOOTPRINT_WEIGHT = 0.30, 0.35, 0.35
"""They add up to 1, and none is enough alone for the default limit of 0.5."""
WEAK_FOOTPRINT = 0.6
"""The worth of a footprint in the address, or of a vague name, compared to one in the title."""


@dataclass(frozen=True, slots=True)
class ResourceScore:
    """`score`, 0..1, is how far a page recommends resources; `explanation` says why."""

    score: float
    explanation: str
    is_link_farm: bool = False


def resource_score(page: Page) -> ResourceScore:
    """Score how far a page recommends other sites.

    Layout (links in lists), terseness (few words for each link, no long text between two) and
    footprints add up; the number of sites and the share of links leading outside scale the sum, a
    link farm's is cut down.
    """
    shape = page.shape
    footprint, place = _footprint(page)
    named = footprint > 0
    if not named and (hint_in_text(page.title) or hint_in_text(page.h1)):
        footprint, place = WEAK_FOOTPRINT, "title hints at links"
    sites = len({site_of(link.url) for link in _recommended(page, pictures=named)})
    if sites < MIN_SITES:
        why = f"only {sites} external sites linked from the main content"
        return ResourceScore(0.0, why)
    terse = _falling(shape.words_per_link, TERSE_WORDS, PROSE_WORDS)
    if footprint and shape.longest_text <= EVEN_SHARE * shape.words:
        terse = 1.0
    elif not named:
        terse = min(terse, _falling(shape.longest_text, SHORT_TEXT, ARTICLE_TEXT))
    # Above prose, a footprint is only a headline.
    footprint *= max(shape.listed, terse)
    kind = LISTED_WEIGHT * shape.listed + TERSE_WEIGHT * terse + FOOTPRINT_WEIGHT * footprint
    breadth = 1 - exp(-sites / (SITES_SCALE if footprint else UNNAMED_SITES_SCALE))
    external_ratio = min(1.0, shape.external_ratio / FULL_EXTERNAL_RATIO)
    is_link_farm = shape.links > FARM_LINKS and shape.context_words_per_link < FARM_WORDS
    score = kind * breadth * external_ratio * (FARM_FACTOR if is_link_farm else 1.0)
    why = ", ".join(_reasons(shape, sites, place, is_link_farm=is_link_farm))
    return ResourceScore(score, why, is_link_farm)


def non_resource_type(page: Page) -> str:
    """Return what a page is if it cannot be a collection of links, "" if it may be one."""
    if _is_copy(page):
        return COPY
    if _is_search(page):
        return SEARCH_RESULTS
    if error_phrase(page.title) or error_phrase(page.h1):
        return ERROR_PAGE
    titles = (*title_parts(page.title), *title_parts(page.h1))
    is_titled_login = any(part.strip() in _words("login", "titles") for part in titles)
    return LOGIN_PAGE if page.asks_password and is_titled_login else ""


def _is_copy(page: Page) -> bool:
    """Return whether a page is a copy of another site's: by its canonical link, or by its host."""
    original = registrable_domain(host_of(page.canonical))
    names_another = bool(original) and site_of(page.canonical) != site_of(page.url)
    host = f".{host_of(page.url)}"
    shows_others = any(host.endswith(f".{known}") for known in _words("copies", "hosts"))
    return names_another or shows_others or is_archived_copy(page.url)


def _is_search(page: Page) -> bool:
    """Return whether a page shows search results: by its address, or by a field with the query."""
    parts = urlsplit(page.url)
    query = parse_qsl(parts.query)
    if not query:
        return False
    segments = {normalize_words(part).strip() for part in path_segments(page.url)}
    at_root = is_root(parts._replace(query="").geturl())
    return (
        not page.filled_fields.isdisjoint(query)
        or not segments.isdisjoint(_words("search", "paths"))
        or (at_root and any(name in _words("search", "parameters") for name, _ in query))
    )


@cache
def _words(table: str, name: str) -> frozenset[str]:
    return frozenset(read_toml(__package__, "page_types.toml")[table][name])


def looks_like_link_page(url: str, anchor: str) -> bool:
    """Return whether a link within a site, by its address and anchor, leads to a links page."""
    return bool(footprint_in_text(anchor) or footprint_in_path(url))


def _footprint(page: Page) -> tuple[float, str]:
    """Return how strong the footprint is, 0..1, and a phrase saying where it was found."""
    if words := footprint_in_text(page.title):
        return 1.0, f'title says "{words}"'
    if words := footprint_in_text(page.h1):
        return 1.0, f'heading says "{words}"'
    if words := footprint_in_path(page.url):
        return WEAK_FOOTPRINT, f'address says "{words}"'
    return 0.0, ""


def _recommended(page: Page, *, pictures: bool) -> list[OutboundLink]:
    """Return the links of the main content that recommend a site.

    Share buttons and profiles in social networks do not. Nor do pictures without a word, such as
    the logos of sponsors, unless the page calls itself a links page.
    """
    return [
        link
        for link in page.outbound_links
        if link.placement is Placement.MAIN
        and not is_excluded(link.url)
        and (pictures or link.context)
    ]


def _falling(value: float, full: float, none: float) -> float:
    """Return 1 up to `full`, 0 from `none` on, and in a straight line between them."""
    return min(1.0, max(0.0, (none - value) / (none - full)))


def _reasons(shape: LinkShape, sites: int, footprint: str, *, is_link_farm: bool) -> Iterator[str]:
    yield f"{sites} external sites linked from the main content"
    yield f"{shape.listed:.0%} of the links in lists"
    yield f"{shape.words_per_link:.0f} words a link"
    if shape.external_ratio < FULL_EXTERNAL_RATIO:
        yield f"only {shape.external_ratio:.0%} of the links lead outside"
    if footprint:
        yield footprint
    elif shape.longest_text > SHORT_TEXT:
        yield f"a text of {shape.longest_text} words without an entry"
    if is_link_farm:
        yield "hardly a word beside the links, as on a link farm"
