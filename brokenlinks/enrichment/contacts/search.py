"""Which pages of a site to read, one after the other, until it is clear whom to write to. Pure."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from brokenlinks.enrichment.contacts.ranking import best_contact, is_settled
from brokenlinks.models.contact import Contact, ContactLink, ContactPage, PageContacts, PageRole
from brokenlinks.text.urls import url_key

MAX_PAGES = 3
"""Pages read beside the linking page."""
_NAVIGATION_ROLES = frozenset({PageRole.FRAME, PageRole.HOME, PageRole.TEAM})
_REPEATABLE_ROLES = frozenset({PageRole.REPORT, PageRole.CONTACT, PageRole.FRAME})
"""Of these a second page is as promising as the first."""


class ContactSearch:
    """Begins with the linking page; then each `next_link` is read and `add`ed; then `contact`."""

    def __init__(self, linking: PageContacts) -> None:
        self._pages = [ContactPage(PageRole.LINKING, linking)]
        self._tried = {url_key(linking.url)}
        self._pages_left = MAX_PAGES

    @property
    def contact(self) -> Contact:
        """Return the best of what was found so far."""
        return best_contact(self._pages)

    @property
    def is_settled(self) -> bool:
        """Whether looking any further could hardly find better."""
        return is_settled(self._pages)

    def next_link(self) -> ContactLink | None:
        """Return the page to read next, None when nothing better is to be expected."""
        if not self._pages_left:
            return None
        linking = self._pages[0].contacts.url
        leads = [link for finding in self._pages for link in finding.contacts.contact_links]
        leads.append(ContactLink(urljoin(linking, "/"), PageRole.HOME))
        waiting = [link for link in leads if url_key(link.url) not in self._tried]
        read = {finding.role for finding in self._pages} - _REPEATABLE_ROLES
        best = min(
            waiting, key=lambda link: (link.role in read, *_rank(link, linking)), default=None
        )
        if best is None or (best.role in _NAVIGATION_ROLES and self.is_settled):
            return None
        self._pages_left -= 1
        self._tried.add(url_key(best.url))
        return best

    def add(self, link: ContactLink, contacts: PageContacts) -> None:
        """Take up what a page contacts."""
        self._tried.add(url_key(contacts.url))
        self._pages.append(ContactPage(link.role, contacts))


def _rank(link: ContactLink, linking: str) -> tuple[int, bool, int]:
    """Order by role, then what is near the linking page: its host, its folder."""
    role = list(PageRole).index(link.role)
    there, here = urlsplit(link.url), urlsplit(linking)
    shared = there.path.split("/")[1:2] == here.path.split("/")[1:2]
    return role, there.netloc != here.netloc, -int(shared)
