"""Reads a few pages of each site with dead links until it is clear whom to write to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from urllib.parse import urljoin, urlsplit

from brokenlinks.enrichment.contacts.page import extract_contacts
from brokenlinks.enrichment.contacts.ranking import best_contact, is_settled
from brokenlinks.enrichment.scheduler import Enricher, LookupContext
from brokenlinks.html.worker import UnreadablePageError, read_within_limits
from brokenlinks.http.network import FetchedPage
from brokenlinks.models.contact import Contact, ContactLink, ContactPage, PageContacts, PageRole
from brokenlinks.models.page import ResourcePage
from brokenlinks.models.run_stats import LookupService
from brokenlinks.store.lookups import PendingSite, pending_sites, record_contact
from brokenlinks.text.urls import url_key

MAX_PAGES = 3
"""Pages read beside the linking page."""
MAX_PAGE_BYTES = 1_000_000
MAX_CACHED_PAGES = 500
"""Linking pages that were read while their markup was at hand; others are fetched again."""
NOT_LOOKED_UP = "not looked up"
_NAVIGATION_ROLES = frozenset({PageRole.FRAME, PageRole.HOME, PageRole.TEAM})
_REPEATABLE_ROLES = frozenset({PageRole.REPORT, PageRole.CONTACT, PageRole.FRAME})
"""A second page of these roles is as promising as the first."""


class ContactSearch:
    """Starts with the linking page; read each `next_link` and `add` it, then take `contact`."""

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
        """Whether more pages are unlikely to offer a better contact."""
        return is_settled(self._pages)

    def next_link(self) -> ContactLink | None:
        """Return the page to read next, None when none is likely to be better."""
        if not self._pages_left:
            return None
        linking = self._pages[0].contacts.url
        links = [link for page in self._pages for link in page.contacts.contact_links]
        links.append(ContactLink(urljoin(linking, "/"), PageRole.HOME))
        waiting = [link for link in links if url_key(link.url) not in self._tried]
        roles_read = {page.role for page in self._pages} - _REPEATABLE_ROLES
        best = min(
            waiting, key=lambda link: (link.role in roles_read, *_rank(link, linking)), default=None
        )
        if best is None or (best.role in _NAVIGATION_ROLES and self.is_settled):
            return None
        self._pages_left -= 1
        self._tried.add(url_key(best.url))
        return best

    def add(self, link: ContactLink, contacts: PageContacts) -> None:
        """Take in what a page offers."""
        self._tried.add(url_key(contacts.url))
        self._pages.append(ContactPage(link.role, contacts))


def _rank(link: ContactLink, linking: str) -> tuple[int, bool, int]:
    """Order by role, then by nearness to the linking page: same host, same folder."""
    role = list(PageRole).index(link.role)
    there, here = urlsplit(link.url), urlsplit(linking)
    shared = there.path.split("/")[1:2] == here.path.split("/")[1:2]
    return role, there.netloc != here.netloc, -int(shared)


class ContactEnricher(Enricher[PendingSite]):
    """Looks up whom to write to on sites that link to dead targets.

    `fetch_page` is given a URL and the largest size in bytes, `max_age` is for how long a stored
    contact is good, and `decode` says whether to read addresses that are hidden from programs.
    """

    service = LookupService.CONTACTS
    concurrency = 8
    """Each site has its own hosts, so the sites do not wait for each other."""

    def __init__(
        self,
        context: LookupContext,
        fetch_page: Callable[[str, int], Awaitable[FetchedPage]],
        *,
        max_age: timedelta,
        decode: bool,
    ) -> None:
        super().__init__(context)
        self._fetch_page = fetch_page
        self._max_age = max_age
        self._extract = partial(extract_contacts, decode=decode)
        self._page_cache: dict[str, PageContacts] = {}

    async def observe(self, page: ResourcePage) -> None:
        """Read the page for contacts if it has dead links."""
        judgements = (link.judgement for link in page.links if link.judgement)
        if page.html and any(judgement.verdict.is_dead for judgement in judgements):
            if len(self._page_cache) >= MAX_CACHED_PAGES:
                self._page_cache.pop(next(iter(self._page_cache)))
            with suppress(UnreadablePageError):
                contacts = await read_within_limits(self._extract, page.html, page.url)
                self._page_cache[page.url] = contacts

    async def pending(self, target_ids: Sequence[int] | None) -> list[PendingSite]:
        """Return the sites with dead links whose contact is not known, or too old."""
        context = self.context
        before = context.clock() - self._max_age
        return await context.writer.run(pending_sites, context.niche, before, target_ids)

    async def look_up(self, pending: PendingSite) -> bool:
        """Read the pages that may offer a contact, and store the best one.

        When a page did not answer and no good contact was found, nothing is stored: the next run
        looks the site up again.
        """
        linking, problem = await self._contacts_on(pending.url)
        if linking is None:
            self.stats.count(NOT_LOOKED_UP, problem)
            return False
        search = ContactSearch(linking)
        while link := search.next_link():
            contacts, failure = await self._contacts_on(link.url)
            if contacts is not None:
                search.add(link, contacts)
            problem = problem or failure
        if problem and not search.is_settled:
            self.stats.count(NOT_LOOKED_UP, problem)
            return False
        context, contact = self.context, search.contact
        await context.writer.run(record_contact, pending.id, contact, context.clock())
        self.stats.count(contact.kind)
        return True

    async def _contacts_on(self, url: str) -> tuple[PageContacts | None, str]:
        """Return what a page offers, or None and why it may do so later ("": it never will)."""
        if url in self._page_cache:
            return self._page_cache.pop(url), ""
        page = await self._fetch_page(url, MAX_PAGE_BYTES)
        if not page.html:
            return None, page.error
        try:
            return await read_within_limits(self._extract, page.html, page.url), ""
        except UnreadablePageError:
            return None, ""
