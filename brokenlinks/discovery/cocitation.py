"""Co-citation: pages of one niche recommend the same sites, and each other. Pure.

It decides where words do not: when another trade uses the same ones, or a page does not name its
subject.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from brokenlinks.models.page import Candidate, OutboundLink, Placement, ResourcePage
from brokenlinks.text.urls import site_of

MIN_SHARED_SITES, MIN_SHARED_RATIO, HIGH_SHARED_RATIO = 2, 1 / 3, 1 / 2
"""How many of the sites a page links to, and what share of them, other pages must link to as well.
The high share applies to a page that seems to be about something else."""
CORROBORATED_RELEVANCE = 0.6
"""The relevance of a page whose links are all shared: less than that of one whose words fit too."""
MAX_SITES_KEPT, MAX_PENDING_PAGES = 50_000, 500
"""They bound the memory of a crawl of any length."""


@dataclass(frozen=True)
class PendingPage:
    """A page that may belong to the niche, and the pages it would lead to if it does."""

    page: ResourcePage
    candidates: list[Candidate]
    share: float = MIN_SHARED_RATIO
    """The share of the sites it links to that must be known."""

    @cached_property
    def sites(self) -> set[str]:
        """The sites it links to; kept, since each accepted page checks every pending one."""
        return linked_sites(self.page.links)


@dataclass(slots=True)
class CocitationIndex:
    """The sites that accepted pages link to, and the pages that are not decided yet."""

    _recommenders: dict[str, set[str]] = field(default_factory=dict)
    _pending: dict[str, PendingPage] = field(default_factory=dict)

    def add_links(self, recommendations: Iterable[tuple[str, str]]) -> None:
        """Add (recommending site, recommended site) pairs."""
        for by, site in recommendations:
            if site in self._recommenders or len(self._recommenders) < MAX_SITES_KEPT:
                recommenders = self._recommenders.setdefault(site, set())
                # Two are enough: at least one of them is not the site in question.
                if len(recommenders) < 2:
                    recommenders.add(by)

    def is_recommended(self, site: str) -> bool:
        """Return whether at least two other sites recommend a site."""
        return len(self._recommenders.get(site, set()) - {site}) > 1

    def add_page(self, page: ResourcePage) -> list[PendingPage]:
        """Add an accepted page, and return the pending pages that are now corroborated."""
        self.add_links((page.site, site) for site in linked_sites(page.links))
        settled = [pending for pending in self._pending.values() if self._is_corroborated(pending)]
        for pending in settled:
            del self._pending[pending.page.key]
        return settled

    def pending(self, pending: PendingPage) -> bool:
        """Return whether a page's links corroborate it; if not yet, remember it."""
        if self._is_corroborated(pending):
            return True
        if len(self._pending) < MAX_PENDING_PAGES:
            self._pending[pending.page.key] = pending
        return False

    def corroborated(self, pending: PendingPage) -> ResourcePage:
        """Return a page with the relevance that its shared links give it, and the reason."""
        page, share = pending.page, self._count_shared(pending) / max(len(pending.sites), 1)
        reason = f"{share:.0%} of the sites it links to are linked by other pages of the niche"
        return replace(
            page,
            relevance=max(page.relevance, CORROBORATED_RELEVANCE * share),
            matched=f"{page.matched}; {reason}" if page.matched else reason,
        )

    def _is_corroborated(self, pending: PendingPage) -> bool:
        return self._count_shared(pending) >= max(
            MIN_SHARED_SITES, pending.share * len(pending.sites)
        )

    def _count_shared(self, pending: PendingPage) -> int:
        """Return how many of the sites a page links to are linked by other sites."""
        own = {pending.page.site}
        return sum(bool(self._recommenders.get(site, set()) - own) for site in pending.sites)


def linked_sites(links: Iterable[OutboundLink]) -> set[str]:
    """Return the sites that editorial links lead to."""
    return {site_of(link.url) for link in links if link.placement is Placement.MAIN}
