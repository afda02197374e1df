"""Decides whether a page is a resource page of the niche, and which pages to read next. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from urllib.parse import urljoin, urlsplit

from brokenlinks import __version__
from brokenlinks.discovery.cocitation import HIGH_SHARED_RATIO, MIN_SHARED_RATIO, PendingPage
from brokenlinks.discovery.footprints import hints_at_links, section_rank
from brokenlinks.discovery.relevance import (
    UNSUPPORTED_FACTOR,
    NicheProfile,
    Relevance,
    frequent_words,
    page_relevance,
    relevance,
    summarize,
    url_relevance,
)
from brokenlinks.discovery.resource_score import (
    COPY,
    ResourceScore,
    looks_like_link_page,
    non_resource_type,
    resource_score,
)
from brokenlinks.discovery.seeds import Seed
from brokenlinks.html.page import Page, read_page
from brokenlinks.liveness.exclusions import is_excluded, is_generic_host
from brokenlinks.models.lookups import SearchHit
from brokenlinks.models.page import (
    Candidate,
    OutboundLink,
    PageFields,
    Placement,
    RejectedPage,
    ResourcePage,
)
from brokenlinks.text.urls import site_of, url_key

SITE, LINK_PAGE, SECTION, SEED, FOUND = "site", "link page", "section", "seed", "found"
"""What a candidate is: a home page to explore, a page that looks like a links page, a section that
may lead to one, a seed, a search result."""

# Hints, 0..1, order the candidates: the crawl's budget goes to the highest first.
OWN_LINK_PAGE_HINT, WEAK_LINK_PAGE_HINT = 0.8, 0.5
"""A link named like a links page; a link whose name only hints at one."""
FOUND_HINT, CITED_HINT = 0.2, 0.05
"""A search engine matched the words; an encyclopedia merely cites."""
FOOTPRINT_HINT, NICHE_NAME_HINT = 0.15, 0.5
"""Added when a search result looks like a links page, and when its address or text names the
niche."""
RECOMMENDED_HINT = 0.1
"""A site that a page of the niche recommends probably belongs to the niche, whatever its name."""
PROMISING_HINT, GUESS_HINT = 0.3, 0.08
"""Below the first, a candidate is a guess: nothing about it mentions the niche or links."""
SECTION_HINT, HINT_PER_RANK, MAX_SECTIONS = 0.3, 0.1, 2
"""Two sections of a site are tried, then the site is left."""
ARTICLE_RANK = 1
"""In terms of `section_rank`: an article on the home page is as good as a short menu entry."""

NOT_RELEVANT, ABOUT_EVERYTHING = "not_relevant", "about_everything"
BORDERLINE_RATIO = 0.4
"""From this share of the required relevance on, shared links may still settle the matter."""
BORDERLINE_REASONS = frozenset({NOT_RELEVANT, ABOUT_EVERYTHING})
MIN_ON_TOPIC_RATIO = 0.25
"""Share of a page's links that must mention the niche when its title does not."""
DIGEST_SIZE = 16
"""Bytes; enough that two pages never share a digest."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The relevance (0..1) and the resource score (0..1) that a page needs."""

    relevance: float
    resource: float


@dataclass(frozen=True, slots=True)
class Classification:
    """The outcome for a page, the pages it leads to, and the words it uses most.

    `sections` are what is left to try when a home page links no links page (None: it does).
    """

    item: ResourcePage | RejectedPage
    candidates: list[Candidate]
    sections: list[Candidate] | None
    words: set[str]
    pending: PendingPage | None = None
    """Set when a page is rejected only because its words do not show that it is of the niche."""


def seed_candidates(seeds: Iterable[Seed]) -> list[Candidate]:
    """Return the pages that the user named; from a home page, the whole site is explored."""
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
    hits: Iterable[SearchHit], profile: NicheProfile, *, pointers: bool
) -> list[Candidate]:
    """Return the search results that are worth reading.

    `pointers` are results that cite a page rather than match the query: its home page is read, and
    the page itself only if it looks like a links page. A result whose description has no word of
    the niche matched the rest of the query, and is left out.
    """
    by_key: dict[str, Candidate] = {}
    for url, text in ((hit.url, hit.text) for hit in hits):
        described = relevance(profile, PageFields(title=text, url=url)).score if text else None
        if is_excluded(url) or is_generic_host(url) or described == 0:
            continue
        hint = CITED_HINT if pointers else FOUND_HINT
        hint += NICHE_NAME_HINT * max(url_relevance(profile, url), described or 0)
        links_page = looks_like_link_page(url, "")
        if links_page or not pointers:
            page = Candidate(url, url_key(url), FOUND, 1, hint + FOOTPRINT_HINT * links_page)
            by_key.setdefault(page.key, page)
        if pointers:
            home = urljoin(url, "/")
            by_key.setdefault(url_key(home), Candidate(home, url_key(home), SITE, 1, hint))
    return list(by_key.values())


def sitemap_candidates(urls: Iterable[str], site: Candidate) -> list[Candidate]:
    """Return the pages of a site's sitemap that look like links pages."""
    own = site_of(site.url)
    return [
        Candidate(url, url_key(url), LINK_PAGE, site.depth, OWN_LINK_PAGE_HINT)
        for url in urls
        if site_of(url) == own and (looks_like_link_page(url, "") or hints_at_links(url, ""))
    ]


def page_digest(
    body: bytes, encoding: str, candidate: Candidate, profile: NicheProfile, thresholds: Thresholds
) -> str:
    """Return a digest that changes when a page might be judged differently.

    `profile` is the niche as the user described it: terms that a crawl learned are left out, since
    they would change every digest every week.
    """
    conditions = (__version__, encoding, candidate.named, summarize(profile), thresholds)
    return blake2b(repr(conditions).encode() + body, digest_size=DIGEST_SIZE).hexdigest()


def classify(
    html: str,
    candidate: Candidate,
    profile: NicheProfile,
    thresholds: Thresholds,
    now: datetime,
    *,
    encoding: str,
    known: bool = False,
) -> Classification:
    """Read a page, decide whether it is a resource page of the niche, and find where it leads.

    A `known` site, one that other pages recommend, is explored even though its home page has no
    word of the niche.
    """
    page = read_page(html, candidate.url, encoding)
    relevant, resource = page_relevance(profile, page.fields), resource_score(page)
    reason = _rejection_reason(candidate, page, relevant, resource, thresholds)
    if not reason and not candidate.named and not _is_about(page, profile):
        reason = ABOUT_EVERYTHING
    accepted = _accepted(candidate, page, relevant, resource, now)
    item: ResourcePage | RejectedPage = accepted
    if reason:
        matched = relevant.matched or "nothing matched"
        item = rejected(
            candidate,
            reason,
            f"niche: {matched}; resource page: {resource.explanation}",
            title=page.title,
            relevance=relevant.score,
            resource_score=resource.score,
        )
    if reason == COPY:
        originals = []
        if page.canonical and not is_generic_host(page.canonical):
            originals = [replace(candidate, url=page.canonical, key=url_key(page.canonical))]
        return Classification(item, originals, None, set())
    is_home = candidate.kind == SITE or urlsplit(page.url).path in {"", "/"}
    # A site is worth exploring once its home page, or a page that recommends it, names the niche.
    worth = relevant.score > 0 or known or candidate.hint >= PROMISING_HINT
    on_the_way = candidate.kind == SECTION or (is_home and worth)
    of_the_niche = relevant.score >= thresholds.relevance
    candidates = list(_own_link_pages(page, candidate))
    if not (of_the_niche or on_the_way or not candidate.depth):
        # Links pages of a site that may be about anything.
        certain = filter(_is_certain_link_page, candidates if is_home else ())
        candidates = [replace(lead, hint=GUESS_HINT) for lead in certain]
    puzzling = is_home and on_the_way and not any(map(_is_certain_link_page, candidates))
    recommended = list(_recommended_sites(accepted, candidate, profile))
    doubtful = reason in BORDERLINE_REASONS and resource.score >= thresholds.resource
    return Classification(
        item,
        candidates + (recommended if of_the_niche and not reason else []),
        list(_sections(page, candidate)) if puzzling else None,
        frequent_words(page.fields),
        _pending_page(accepted, recommended, relevant, thresholds) if doubtful else None,
    )


def _pending_page(
    page: ResourcePage, candidates: list[Candidate], relevant: Relevance, thresholds: Thresholds
) -> PendingPage | None:
    """Return a page that shared links may show to be relevant; None when it has too little."""
    enough = UNSUPPORTED_FACTOR if relevant.unsupported else BORDERLINE_RATIO
    if relevant.score < thresholds.relevance * enough:
        return None
    return PendingPage(
        page, candidates, HIGH_SHARED_RATIO if relevant.off_topic else MIN_SHARED_RATIO
    )


def _is_certain_link_page(lead: Candidate) -> bool:
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
    """Return a candidate's rejection: `reason` is a code, `detail` a sentence for the user."""
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


def _rejection_reason(
    candidate: Candidate,
    page: Page,
    relevant: Relevance,
    resource: ResourceScore,
    thresholds: Thresholds,
) -> str:
    """Return why a page is no resource page of the niche, "" when it is one.

    A page that the user named is used whatever its scores, as long as it links anywhere.
    """
    if not page.word_count:
        return "empty"
    if not page.outbound_links:
        return "no_outbound_links"
    if candidate.named:
        return ""
    of_the_niche = relevant.named and relevant.score >= thresholds.relevance
    reason = non_resource_type(page) or ("" if of_the_niche else NOT_RELEVANT)
    if reason or resource.score >= thresholds.resource:
        return reason
    return "link_farm" if resource.is_link_farm else "not_a_resource_page"


def _is_about(page: Page, profile: NicheProfile) -> bool:
    """Return whether a page is about the niche, rather than a directory of everything."""
    if relevance(profile, PageFields(title=f"{page.title} {page.h1}", url=page.url)).score:
        return True
    links = [link for link in page.outbound_links if link.placement is Placement.MAIN]
    about = sum(_link_relevance(link, profile) > 0 for link in links)
    return about >= MIN_ON_TOPIC_RATIO * len(links)


def _link_relevance(link: OutboundLink, profile: NicheProfile) -> float:
    """Return the relevance, 0..1, of a link's anchor, address and surroundings."""
    about = f"{link.anchor} {link.context}"
    return relevance(profile, PageFields(title=link.anchor, anchors=about, url=link.url)).score


def _recommended_sites(
    item: ResourcePage, candidate: Candidate, profile: NicheProfile
) -> Iterator[Candidate]:
    """Yield the home pages of recommended sites, and pages that look like their links pages."""
    for link in item.links:
        if link.placement is not Placement.MAIN or is_excluded(link.url):
            continue
        hint = max(_link_relevance(link, profile), RECOMMENDED_HINT)
        home = urljoin(link.url, "/")
        yield Candidate(home, url_key(home), SITE, candidate.depth + 1, hint)
        if looks_like_link_page(link.url, link.anchor) or hints_at_links(link.url, link.anchor):
            yield Candidate(link.url, link.key, LINK_PAGE, candidate.depth + 1, hint)


def _own_link_pages(page: Page, candidate: Candidate) -> Iterator[Candidate]:
    for url, anchor in page.internal_links:
        if looks_like_link_page(url, anchor):
            hint = OWN_LINK_PAGE_HINT
        elif hints_at_links(url, anchor):
            hint = WEAK_LINK_PAGE_HINT
        else:
            continue
        yield Candidate(url, url_key(url), LINK_PAGE, candidate.depth, hint)


def _sections(page: Page, candidate: Candidate) -> Iterator[Candidate]:
    """Yield a few pages of a site that may lead to its links page, the most likely first.

    An article is one of them when the menu has nothing better: articles mention links pages.
    """
    in_menu = {url for url, _ in page.menu_links}
    ranked = [(section_rank(anchor), url) for url, anchor in page.menu_links]
    articles = [(ARTICLE_RANK, url) for url, _ in page.internal_links if url not in in_menu]
    likely = sorted(
        (rank, n, url) for n, (rank, url) in enumerate([*ranked, *articles[:1]]) if rank is not None
    )
    for rank, _, url in likely[:MAX_SECTIONS]:
        hint = SECTION_HINT - HINT_PER_RANK * rank
        yield Candidate(url, url_key(url), SECTION, candidate.depth, hint)
