"""What a page that was read is worth, and where it leads. Pure; long pages make it slow work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from urllib.parse import urljoin, urlsplit

from brokenlinks import __version__
from brokenlinks.discovery.cocitation import LARGE_SHARE, SHARE_SHARED, Doubt
from brokenlinks.discovery.footprints import hints_at_links, section_rank
from brokenlinks.discovery.page_types import A_COPY, other_page
from brokenlinks.discovery.relevance import (
    UNSUPPORTED_FACTOR,
    NicheProfile,
    Relevance,
    in_words,
    names_niche,
    page_relevance,
    relevance,
    telling_words,
)
from brokenlinks.discovery.resource_score import ResourceScore, looks_like_link_page, resource_score
from brokenlinks.discovery.seeds import Seed
from brokenlinks.html.page import Page, read_page
from brokenlinks.http.api import Hit
from brokenlinks.liveness.exclusions import is_excluded, is_no_site_of_a_niche
from brokenlinks.models.page import (
    Candidate,
    OutboundLink,
    PageFields,
    Placement,
    RejectedPage,
    ResourcePage,
)
from brokenlinks.text.urls import site_of, url_key

OWN_LINK_PAGE_HINT, HINTED_HINT = 0.8, 0.5
FOUND_HINT, POINTED_TO_HINT = 0.2, 0.05
"""A search engine matched the words; an encyclopedia merely cites."""
FOOTPRINT_HINT, NAME_HINT = 0.15, 0.5
RECOMMENDED_HINT = 0.1
"""What a page of the niche recommends is likely of the niche, whatever it is called."""
PROMISING_HINT, GUESSED_HINT = 0.3, 0.08
"""Below the first, a candidate is a guess: nothing of it speaks of the niche or of links."""
SECTION_HINT, LESS_HINT, SECTIONS_TRIED = 0.3, 0.1, 2
NOT_RELEVANT, ABOUT_EVERYTHING = "not_relevant", "about_everything"
DOUBTFUL_SHARE = 0.4
DOUBTFUL = frozenset({NOT_RELEVANT, ABOUT_EVERYTHING})
LINKS_ABOUT_NICHE = 0.25
"""Share of a page's links that must speak of the niche when its title does not."""
DIGEST_SIZE = 16
ARTICLE_RANK = 1
"""As `section_rank` has it: an article that the home page links promises as much as this."""
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

    `sections` are what is left to try when a home page names no page of links (None: it does).
    """

    item: ResourcePage | RejectedPage
    leads: list[Candidate]
    sections: list[Candidate] | None
    words: set[str]
    doubt: Doubt | None = None
    """Set on a page that is rejected only because its words do not show it to be of the niche."""


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
    own = site_of(site.url)
    return [
        Candidate(url, url_key(url), LINK_PAGE, site.depth, OWN_LINK_PAGE_HINT)
        for url in urls
        if site_of(url) == own and (looks_like_link_page(url, "") or hints_at_links(url, ""))
    ]


def digest_of(
    body: bytes, encoding: str, candidate: Candidate, profile: NicheProfile, gates: Gates
) -> str:
    """Return what stays the same as long as a page would be accepted for the same reasons.

    `profile` is the niche as the person described it: what a crawl learns of it from one week to
    the next is no reason to doubt a page again.
    """
    asked = (__version__, encoding, candidate.named, in_words(profile), gates)
    return blake2b(repr(asked).encode() + body, digest_size=DIGEST_SIZE).hexdigest()


def study(
    html: str,
    candidate: Candidate,
    profile: NicheProfile,
    gates: Gates,
    now: datetime,
    *,
    encoding: str,
    known: bool = False,
) -> Studied:
    """Read a page, decide whether it is a resource page of the niche, and find its leads.

    A site that is `known` is explored though its home page has no word of the niche.
    """
    page = read_page(html, candidate.url, encoding)
    relevant, resource = page_relevance(profile, page.fields), resource_score(page)
    reason = _why_rejected(candidate, page, relevant, resource, gates)
    if not reason and not candidate.named and not _is_about(page, profile):
        reason = ABOUT_EVERYTHING
    accepted = _accepted(candidate, page, relevant, resource, now)
    item: ResourcePage | RejectedPage = accepted
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
    if reason == A_COPY:
        return Studied(item, list(_original(page, candidate)), None, set())
    is_home = candidate.kind == SITE or urlsplit(page.url).path in {"", "/"}
    # A home page speaks of the site; that it, or who recommends it, names the niche at all makes
    # the site worth exploring.
    worth = relevant.score > 0 or known or candidate.hint >= PROMISING_HINT
    on_the_way = candidate.kind == SECTION or (is_home and worth)
    of_the_niche = relevant.score >= gates.relevance
    leads = list(_own_link_pages(page, candidate))
    if not (of_the_niche or on_the_way or not candidate.depth):
        leads = _guesses(leads) if is_home else []
    puzzling = is_home and on_the_way and not any(map(_is_surely_of_links, leads))
    recommended = list(_recommended_sites(accepted, candidate, profile))
    doubtful = reason in DOUBTFUL and resource.score >= gates.resource
    return Studied(
        item,
        leads + (recommended if of_the_niche and not reason else []),
        list(_sections(page, candidate)) if puzzling else None,
        telling_words(page.fields),
        _doubt(accepted, recommended, relevant, gates) if doubtful else None,
    )


def _doubt(
    page: ResourcePage, leads: list[Candidate], relevant: Relevance, gates: Gates
) -> Doubt | None:
    """Return what company may settle; None for a page that has too little of the niche."""
    enough = UNSUPPORTED_FACTOR if relevant.unsupported else DOUBTFUL_SHARE
    if relevant.score < gates.relevance * enough:
        return None
    return Doubt(page, leads, LARGE_SHARE if relevant.another_subject else SHARE_SHARED)


def _guesses(leads: Iterable[Candidate]) -> list[Candidate]:
    """Return what is worth a guess on a site that may be of any subject."""
    return [replace(lead, hint=GUESSED_HINT) for lead in leads if _is_surely_of_links(lead)]


def _is_surely_of_links(lead: Candidate) -> bool:
    return lead.hint == OWN_LINK_PAGE_HINT


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
    of_the_niche = relevant.named and relevant.score >= gates.relevance
    reason = other_page(page) or ("" if of_the_niche else NOT_RELEVANT)
    if reason or resource.score >= gates.resource:
        return reason
    return "link_farm" if resource.farm else "not_a_resource_page"


def _is_about(page: Page, profile: NicheProfile) -> bool:
    """Tell a page of the niche from a directory that has the niche among everything else."""
    if relevance(profile, PageFields(title=f"{page.title} {page.h1}", url=page.url)).score:
        return True
    links = [link for link in page.outbound_links if link.placement is Placement.MAIN]
    about = sum(_speaks_of_niche(link, profile) > 0 for link in links)
    return about >= LINKS_ABOUT_NICHE * len(links)


def _speaks_of_niche(link: OutboundLink, profile: NicheProfile) -> float:
    """Return how far a link's own words, and those around it, speak of the niche, 0..1."""
    about = f"{link.anchor} {link.context}"
    return relevance(profile, PageFields(title=link.anchor, anchors=about, url=link.url)).score


def _recommended_sites(
    item: ResourcePage, candidate: Candidate, profile: NicheProfile
) -> Iterator[Candidate]:
    """Yield the niche sites that a resource page recommends."""
    for link in item.links:
        if link.placement is Placement.MAIN and not is_excluded(link.url):
            yield from _recommended(link, candidate, profile)


def _original(page: Page, candidate: Candidate) -> Iterator[Candidate]:
    if page.canonical and not is_no_site_of_a_niche(page.canonical):
        yield replace(candidate, url=page.canonical, key=url_key(page.canonical))


def _own_link_pages(page: Page, candidate: Candidate) -> Iterator[Candidate]:
    for url, anchor in page.internal_links:
        if looks_like_link_page(url, anchor):
            hint = OWN_LINK_PAGE_HINT
        elif hints_at_links(url, anchor):
            hint = HINTED_HINT
        else:
            continue
        yield Candidate(url, url_key(url), LINK_PAGE, candidate.depth, hint)


def _sections(page: Page, candidate: Candidate) -> Iterator[Candidate]:
    """Yield a few pages of a site, those first that pages of links are often kept behind.

    An article is one of them where the menu has no better: articles mention pages of links.
    """
    in_menu = {url for url, _ in page.menu_links}
    ranked = [(section_rank(anchor), url) for url, anchor in page.menu_links]
    articles = [(ARTICLE_RANK, url) for url, _ in page.internal_links if url not in in_menu]
    likely = sorted(
        (rank, n, url) for n, (rank, url) in enumerate([*ranked, *articles[:1]]) if rank is not None
    )
    for rank, _, url in likely[:SECTIONS_TRIED]:
        hint = SECTION_HINT - LESS_HINT * rank
        yield Candidate(url, url_key(url), SECTION, candidate.depth, hint)


def _recommended(
    link: OutboundLink, candidate: Candidate, profile: NicheProfile
) -> Iterator[Candidate]:
    """Yield the recommended site's home page, and the page itself if it looks like one of links."""
    hint = max(_speaks_of_niche(link, profile), RECOMMENDED_HINT)
    home = urljoin(link.url, "/")
    yield Candidate(home, url_key(home), SITE, candidate.depth + 1, hint)
    if looks_like_link_page(link.url, link.anchor) or hints_at_links(link.url, link.anchor):
        yield Candidate(link.url, link.key, LINK_PAGE, candidate.depth + 1, hint)
