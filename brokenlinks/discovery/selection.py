"""What a page that was read is worth, and where it leads. Pure; long pages make it slow work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from brokenlinks.discovery.seeds import Seed
from brokenlinks.items import OutboundLink, Placement, RejectedPage, ResourcePage
from brokenlinks.journal.pages import Candidate
from brokenlinks.liveness.exclusions import is_excluded
from brokenlinks.niche import NicheProfile, PageFields, Relevance, relevance
from brokenlinks.pages import (
    Page,
    ResourceScore,
    looks_like_link_page,
    read_page,
    resource_score,
)
from brokenlinks.urls import site_of, url_key

OWN_LINK_PAGE_HINT = 0.8
SITE, LINK_PAGE, SEED = "site", "link page", "seed"
"""Why a page waits: a site's home page to explore, a page that looks like one of links, a seed."""


@dataclass(frozen=True, slots=True)
class Gates:
    """How relevant (0..1), and how much of a resource page (0..1), a page must be."""

    relevance: float
    resource: float


@dataclass(frozen=True, slots=True)
class Studied:
    """A page's outcome, and the pages it leads to."""

    item: ResourcePage | RejectedPage
    leads: list[Candidate]


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
    return Studied(item, list(_leads(item, page, candidate, profile, gates)))


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
    return "" if resource.score >= gates.resource else "not_a_resource_page"


def _leads(
    item: ResourcePage | RejectedPage,
    page: Page,
    candidate: Candidate,
    profile: NicheProfile,
    gates: Gates,
) -> Iterator[Candidate]:
    """Yield the site's own link pages, and the niche sites a resource page recommends."""
    of_the_niche = item.relevance >= gates.relevance
    if of_the_niche or candidate.kind in {SEED, SITE}:
        yield from _own_link_pages(page, candidate)
    if of_the_niche and isinstance(item, ResourcePage):
        for link in item.links:
            if link.placement is Placement.MAIN and not is_excluded(link.url):
                yield from _recommended(link, candidate, profile)


def _own_link_pages(page: Page, candidate: Candidate) -> Iterator[Candidate]:
    for url, anchor in page.internal_links:
        if looks_like_link_page(url, anchor):
            yield Candidate(
                url, url_key(url), LINK_PAGE, candidate.depth + 1, hint=OWN_LINK_PAGE_HINT
            )


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
