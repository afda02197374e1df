"""A page is known by the company it keeps: links it shares with other pages of the niche. Pure.

Words alone leave doubts: another trade uses the same ones, or the page names its subject nowhere.
Pages of one niche recommend the same sites, and each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from brokenlinks.models.page import Candidate, OutboundLink, Placement, ResourcePage
from brokenlinks.text.urls import site_of

MIN_SHARED_SITES, MIN_SHARED_RATIO, HIGH_SHARED_RATIO = 2, 1 / 3, 1 / 2
"""So many sites, and such a share of all it links to, must be known from other pages; a large
share where the page seems to be of another subject."""
CORROBORATED_RELEVANCE = 0.6
MAX_SITES_KEPT, MAX_PENDING_PAGES = 50_000, 500


@dataclass(frozen=True)
class PendingPage:
    """A page that might be of the niche, and the pages it would lead to if it were."""

    page: ResourcePage
    candidates: list[Candidate]
    share: float = MIN_SHARED_RATIO
    """Of the sites it links to, so many must be known."""

    @cached_property
    def sites(self) -> set[str]:
        """The sites it links to, told once: each page that is accepted asks every doubt."""
        return linked_sites(self.page.links)


@dataclass(slots=True)
class CocitationIndex:
    """The sites that accepted pages stand on and link to, and the pages still in doubt."""

    _recommenders: dict[str, set[str]] = field(default_factory=dict)
    _pending: dict[str, PendingPage] = field(default_factory=dict)

    def add_links(self, recommendations: Iterable[tuple[str, str]]) -> None:
        """Take over (recommending site, recommended site) pairs."""
        for by, site in recommendations:
            if site in self._recommenders or len(self._recommenders) < MAX_SITES_KEPT:
                known = self._recommenders.setdefault(site, set())
                # Two tell all: at least one of them is another site than the one asking.
                if len(known) < 2:
                    known.add(by)

    def is_recommended(self, site: str) -> bool:
        """Tell whether two other sites recommend a site, whatever it says of itself."""
        return len(self._recommenders.get(site, set()) - {site}) > 1

    def add_page(self, page: ResourcePage) -> list[PendingPage]:
        """Take in an accepted page, and return the doubts it settles in the pages' favour."""
        self.add_links((page.site, site) for site in linked_sites(page.links))
        settled = [pending for pending in self._pending.values() if self._is_corroborated(pending)]
        for pending in settled:
            del self._pending[pending.page.key]
        return settled

    def pending(self, pending: PendingPage) -> bool:
        """Tell whether a page's links speak for it; until they do, keep the doubt."""
        if self._is_corroborated(pending):
            return True
        if len(self._pending) < MAX_PENDING_PAGES:
            self._pending[pending.page.key] = pending
        return False

    def corroborated(self, pending: PendingPage) -> ResourcePage:
        """Return a page with the relevance its company lends it, and with that said."""
        page, share = pending.page, self._count_shared(pending) / max(len(pending.sites), 1)
        told = f"{share:.0%} of the sites it links to are linked by other pages of the niche"
        return replace(
            page,
            relevance=max(page.relevance, CORROBORATED_RELEVANCE * share),
            matched=f"{page.matched}; {told}" if page.matched else told,
        )

    def _is_corroborated(self, pending: PendingPage) -> bool:
        return self._count_shared(pending) >= max(
            MIN_SHARED_SITES, pending.share * len(pending.sites)
        )

    def _count_shared(self, pending: PendingPage) -> int:
        """Return how many of the sites a page links to are known from other pages."""
        own = {pending.page.site}
        return sum(bool(self._recommenders.get(site, set()) - own) for site in pending.sites)


def linked_sites(links: Iterable[OutboundLink]) -> set[str]:
    """Return the sites that editorial links lead to."""
    return {site_of(link.url) for link in links if link.placement is Placement.MAIN}
