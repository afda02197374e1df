"""What a page that was read is worth, and where it leads. Pure; long pages make it slow work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from urllib.parse import urljoin, urlsplit

from brokenlinks.discovery import names_a_section
from brokenlinks.discovery.providers.provider import Hit
from brokenlinks.discovery.seeds import Seed
from brokenlinks.items import OutboundLink, Placement, RejectedPage, ResourcePage
from brokenlinks.journal.pages import Candidate
from brokenlinks.liveness.exclusions import is_excluded, is_no_site_of_a_niche
from brokenlinks.niche import (
    NicheProfile,
    PageFields,
    Relevance,
    names_niche,
    relevance,
    telling_words,
)
from brokenlinks.pages import (
    Page,
    ResourceScore,
    looks_like_link_page,
    read_page,
    resource_score,
)
from brokenlinks.urls import site_of, url_key

OWN_LINK_PAGE_HINT = 0.8
FOUND_HINT, POINTED_TO_HINT = 0.2, 0.05
"""A search engine matched the words; an encyclopedia merely cites."""
FOOTPRINT_HINT, NAME_HINT = 0.15, 0.5
SECTION_HINT, SECTIONS_TRIED = 0.3, 3
SITE, LINK_PAGE, SECTION, SEED, FOUND = "site", "link page", "section", "seed", "found"
"""Why a page waits: a site's home page to explore, a page that looks like one of links, a section
of a site that may lead to one, a seed, an address a search provider named."""


@dataclass(frozen=True, slots=True)
class Gates:
    """How relevant (0..1), and how much of a resource page (0..1), a page must be."""

    relevance: float
    resource: float


@dataclass(frozen=True, slots=True)
class Studied:
    """A page's outcome, the pages it leads to, and the words it is about.

    `sections` are what is left to try on a home page whose menu names no page of links.
    """

    item: ResourcePage | RejectedPage
    leads: list[Candidate]
    sections: list[Candidate]
    words: set[str]


def seed_candidates(seeds: Iterable[Seed]) -> list[Candidate]:
    """Return what the person named; a bare site address is explored, a page is examined."""
    return [
        Candidate(
            seed.url,
            url_key(seed.url),
            SITE if seed.is_site else SEED,
            hint=1.0,
            named=not seed.is_site,
        )
        for seed in seeds
    ]


def found_candidates(
    hits: Iterable[Hit], profile: NicheProfile, *, pointers: bool
) -> list[Candidate]:
    """Return what is worth reading of the addresses a search provider named.

    Of `pointers`, which cite rather than match, only what looks like a page of links is read as
    it stands; of the others the home page. What a provider describes without a word of the niche
    it found by the other words of the query.
    """
    found: dict[str, Candidate] = {}
    for url, text in ((hit.url, hit.text) for hit in hits):
        described = relevance(profile, PageFields(title=text, url=url)).score if text else None
        if is_excluded(url) or is_no_site_of_a_niche(url) or described == 0:
            continue
        hint = POINTED_TO_HINT if pointers else FOUND_HINT
        hint += NAME_HINT * max(names_niche(profile, url), described or 0)
        links_page = looks_like_link_page(url, "")
        if links_page or not pointers:
            page = Candidate(url, url_key(url), FOUND, 1, hint + FOOTPRINT_HINT * links_page)
            found.setdefault(page.key, page)
        if pointers:
            home = urljoin(url, "/")
            found.setdefault(url_key(home), Candidate(home, url_key(home), SITE, 1, hint))
    return list(found.values())


def sitemap_candidates(urls: Iterable[str], site: Candidate) -> list[Candidate]:
    """Return the pages of a site's sitemap that look like pages of links."""
    return [
        Candidate(url, url_key(url), LINK_PAGE, site.depth + 1, OWN_LINK_PAGE_HINT)
        for url in urls
        if looks_like_link_page(url, "") and site_of(url) == site_of(site.url)
    ]


def study(
    html: str, candidate: Candidate, profile: NicheProfile, gates: Gates, now: datetime
) -> Studied:
    """Read a page, decide whether it is a resource page of the niche, and find its leads."""
    page = read_page(html, candidate.url)
    relevant, resource = relevance(profile, page.fields), resource_score(page)
    reason = _why_rejected(candidate, page, relevant, resource, gates)
    item: ResourcePage | RejectedPage
    if reason:
        said = f"niche: {relevant.matched or 'nothing matched'}; resource page: {resource.why}"
        item = rejected(
            candidate,
            reason,
            said,
            title=page.title,
            relevance=relevant.score,
            resource_score=resource.score,
        )
    else:
        item = _accepted(candidate, page, relevant, resource, now)
    of_the_niche = relevant.score >= gates.relevance
    explored = of_the_niche or not candidate.depth or candidate.kind == SECTION
    leads = list(_own_link_pages(page, candidate)) if explored else []
    is_home = candidate.kind == SITE or urlsplit(page.url).path in {"", "/"}
    sections = list(_sections(page, candidate)) if of_the_niche and is_home and not leads else []
    if of_the_niche and isinstance(item, ResourcePage):
        leads += _recommended_sites(item, candidate, profile)
    return Studied(item, leads, sections, telling_words(page.fields))


def rejected(
    candidate: Candidate,
    reason: str,
    detail: str,
    *,
    title: str = "",
    relevance: float = 0.0,
    resource_score: float = 0.0,
) -> RejectedPage:
    """Return a candidate's rejection; `reason` is the machine's word, `detail` the person's."""
    return RejectedPage(
        url=candidate.url,
        key=candidate.key,
        site=site_of(candidate.url),
        reason=reason,
        detail=detail,
        title=title,
        relevance=relevance,
        resource_score=resource_score,
        named=candidate.named,
        depth=candidate.depth,
    )


def _accepted(
    candidate: Candidate, page: Page, relevant: Relevance, resource: ResourceScore, now: datetime
) -> ResourcePage:
    return ResourcePage(
        url=page.url,
        key=candidate.key,
        site=site_of(page.url),
        title=page.title,
        language=page.language,
        relevance=relevant.score,
        matched=relevant.matched,
        resource_score=resource.score,
        named=candidate.named,
        depth=candidate.depth,
        updated=page.updated if page.updated and page.updated <= now.date() else None,
        fetched_at=now,
        links=page.outbound_links,
    )


def _why_rejected(
    candidate: Candidate, page: Page, relevant: Relevance, resource: ResourceScore, gates: Gates
) -> str:
    """Return why a page is no resource page of the niche, "" when it is one.

    A page the person named is used whatever its scores, as long as it links anywhere.
    """
    if not page.word_count:
        return "empty"
    if not page.outbound_links:
        return "no_outbound_links"
    if candidate.named:
        return ""
    if relevant.score < gates.relevance:
        return "not_relevant"
    if resource.score >= gates.resource:
        return ""
    return "link_farm" if resource.farm else "not_a_resource_page"


def _recommended_sites(
    item: ResourcePage, candidate: Candidate, profile: NicheProfile
) -> Iterator[Candidate]:
    """Yield the niche sites that a resource page recommends."""
    for link in item.links:
        if link.placement is Placement.MAIN and not is_excluded(link.url):
            yield from _recommended(link, candidate, profile)


def _own_link_pages(page: Page, candidate: Candidate) -> Iterator[Candidate]:
    for url, anchor in page.internal_links:
        if looks_like_link_page(url, anchor):
            yield Candidate(
                url, url_key(url), LINK_PAGE, candidate.depth + 1, hint=OWN_LINK_PAGE_HINT
            )


def _sections(page: Page, candidate: Candidate) -> Iterator[Candidate]:
    """Yield a home page's sections that pages of links are often kept in."""
    likely = (url for url, anchor in page.internal_links if names_a_section(anchor))
    for url in islice(likely, SECTIONS_TRIED):
        yield Candidate(url, url_key(url), SECTION, candidate.depth + 1, SECTION_HINT)


def _recommended(
    link: OutboundLink, candidate: Candidate, profile: NicheProfile
) -> Iterator[Candidate]:
    """Yield the recommended site's home page, and the page itself if it looks like one of links."""
    about = f"{link.anchor} {link.context}"
    fields = PageFields(title=link.anchor, anchors=about, url=link.url)
    hint = relevance(profile, fields).score
    if not hint:
        return
    home = urljoin(link.url, "/")
    yield Candidate(home, url_key(home), SITE, candidate.depth + 1, hint)
    if looks_like_link_page(link.url, link.anchor):
        yield Candidate(link.url, link.key, LINK_PAGE, candidate.depth + 1, hint)
