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

SITES_SHARED, SHARE_SHARED, LARGE_SHARE = 2, 1 / 3, 1 / 2
"""So many sites, and such a share of all it links to, must be known from other pages; a large
share where the page seems to be of another subject."""
VOUCHED_RELEVANCE = 0.6
SITES_KEPT, DOUBTS_KEPT = 50_000, 500


@dataclass(frozen=True)
class Doubt:
    """A page that might be of the niche, and the pages it would lead to if it were."""

    page: ResourcePage
    leads: list[Candidate]
    share: float = SHARE_SHARED
    """Of the sites it links to, so many must be known."""

    @cached_property
    def sites(self) -> set[str]:
        """The sites it links to, told once: each page that is accepted asks every doubt."""
        return linked_sites(self.page.links)


@dataclass(slots=True)
class Company:
    """The sites that accepted pages stand on and link to, and the pages still in doubt."""

    _recommended_by: dict[str, set[str]] = field(default_factory=dict)
    _doubts: dict[str, Doubt] = field(default_factory=dict)

    def know(self, recommendations: Iterable[tuple[str, str]]) -> None:
        """Take over (recommending site, recommended site) pairs."""
        for by, site in recommendations:
            if site in self._recommended_by or len(self._recommended_by) < SITES_KEPT:
                known = self._recommended_by.setdefault(site, set())
                # Two tell all: at least one of them is another site than the one asking.
                if len(known) < 2:
                    known.add(by)

    def recommends(self, site: str) -> bool:
        """Tell whether two other sites recommend a site, whatever it says of itself."""
        return len(self._recommended_by.get(site, set()) - {site}) > 1

    def learn(self, page: ResourcePage) -> list[Doubt]:
        """Take in an accepted page, and return the doubts it settles in the pages' favour."""
        self.know((page.site, site) for site in linked_sites(page.links))
        settled = [doubt for doubt in self._doubts.values() if self._settles(doubt)]
        for doubt in settled:
            del self._doubts[doubt.page.key]
        return settled

    def doubt(self, doubt: Doubt) -> bool:
        """Tell whether a page's links speak for it; until they do, keep the doubt."""
        if self._settles(doubt):
            return True
        if len(self._doubts) < DOUBTS_KEPT:
            self._doubts[doubt.page.key] = doubt
        return False

    def vouch(self, doubt: Doubt) -> ResourcePage:
        """Return a page with the relevance its company lends it, and with that said."""
        page, share = doubt.page, self._shared(doubt) / max(len(doubt.sites), 1)
        told = f"{share:.0%} of the sites it links to are linked by other pages of the niche"
        return replace(
            page,
            relevance=max(page.relevance, VOUCHED_RELEVANCE * share),
            matched=f"{page.matched}; {told}" if page.matched else told,
        )

    def _settles(self, doubt: Doubt) -> bool:
        return self._shared(doubt) >= max(SITES_SHARED, doubt.share * len(doubt.sites))

    def _shared(self, doubt: Doubt) -> int:
        """Return how many of the sites a page links to are known from other pages."""
        own = {doubt.page.site}
        return sum(bool(self._recommended_by.get(site, set()) - own) for site in doubt.sites)


def linked_sites(links: Iterable[OutboundLink]) -> set[str]:
    """Return the sites that editorial links lead to."""
    return {site_of(link.url) for link in links if link.placement is Placement.MAIN}
