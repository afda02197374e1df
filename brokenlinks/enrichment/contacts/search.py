"""Which pages of a site to read, one after the other, until it is clear whom to write to. Pure."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from brokenlinks.enrichment.contacts.ranking import choose, is_settled
from brokenlinks.models.contact import Contact, Finding, Lead, PageOffers, PageRole
from brokenlinks.text.urls import url_key

MOST_PAGES = 3
"""Pages read beside the linking page."""
_ONLY_LEAD_ON = frozenset({PageRole.FRAME, PageRole.HOME, PageRole.TEAM})
_WORTH_MORE = frozenset({PageRole.REPORT, PageRole.CONTACT, PageRole.FRAME})
"""Of these a second page is as promising as the first."""


class Enquiry:
    """Begins with the linking page; then each `next_lead` is read and `add`ed; then `contact`."""

    def __init__(self, linking: PageOffers) -> None:
        self._findings = [Finding(PageRole.LINKING, linking)]
        self._tried = {url_key(linking.url)}
        self._left = MOST_PAGES

    @property
    def contact(self) -> Contact:
        """Return the best of what was found so far."""
        return choose(self._findings)

    @property
    def is_settled(self) -> bool:
        """Whether looking any further could hardly find better."""
        return is_settled(self._findings)

    def next_lead(self) -> Lead | None:
        """Return the page to read next, None when nothing better is to be expected."""
        if not self._left:
            return None
        linking = self._findings[0].offers.url
        leads = [lead for finding in self._findings for lead in finding.offers.leads]
        leads.append(Lead(urljoin(linking, "/"), PageRole.HOME))
        waiting = [lead for lead in leads if url_key(lead.url) not in self._tried]
        read = {finding.role for finding in self._findings} - _WORTH_MORE
        best = min(
            waiting, key=lambda lead: (lead.role in read, *_rank(lead, linking)), default=None
        )
        if best is None or (best.role in _ONLY_LEAD_ON and self.is_settled):
            return None
        self._left -= 1
        self._tried.add(url_key(best.url))
        return best

    def add(self, lead: Lead, offers: PageOffers) -> None:
        """Take up what a page offers."""
        self._tried.add(url_key(offers.url))
        self._findings.append(Finding(lead.role, offers))


def _rank(lead: Lead, linking: str) -> tuple[int, bool, int]:
    """Order by role, then what is near the linking page: its host, its folder."""
    role = list(PageRole).index(lead.role)
    there, here = urlsplit(lead.url), urlsplit(linking)
    shared = there.path.split("/")[1:2] == here.path.split("/")[1:2]
    return role, there.netloc != here.netloc, -int(shared)
