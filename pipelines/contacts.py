"""Looks up whom to write to on sites with dead links, beside the crawl."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Self

from brokenlinks.enrichment.contacts.page import extract_contacts
from brokenlinks.enrichment.contacts.search import ContactSearch
from brokenlinks.extensions.run_context import RunContext, run_context_of
from brokenlinks.http.network import Network, network_of
from brokenlinks.models.contact import PageContacts
from brokenlinks.models.page import ResourcePage
from brokenlinks.store.contacts import PendingSite, pending_sites, record_contact
from brokenlinks.store.targets import DEAD_VERDICTS
from pipelines.look_ups import LookupScheduler

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

MAX_PAGE_BYTES = 1_000_000
MAX_CACHED_PAGES = 500
"""Linking pages whose markup was just there; those dropped are read again."""


class ContactsPipeline(LookupScheduler[PendingSite]):
    """Reads a few pages of each site; sites are hosts of their own, so several at a time."""

    name = "contacts"
    concurrency = 8

    def __init__(self, crawler: Crawler, memory: RunContext, network: Network) -> None:
        settings = crawler.settings
        super().__init__(crawler, settings.getint("CONTACT_SITES_PER_RUN"))
        self._context = memory
        self._network = network
        self._max_age = timedelta(days=settings.getfloat("CONTACTS_DAYS"))
        self._extract = partial(
            extract_contacts, decode=settings.getbool("DECODE_PROTECTED_ADDRESSES")
        )
        self._page_cache: dict[str, PageContacts] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Ask through the crawl's network, under its manners."""
        return cls(crawler, run_context_of(crawler), network_of(crawler))

    async def load_pending(self, target_ids: Sequence[int] | None) -> list[PendingSite]:
        """Return the sites with dead links whose contact is not known, or was long ago."""
        memory = self._context
        before = memory.clock() - self._max_age
        return await memory.writer.run(pending_sites, memory.run.niche, before, target_ids)

    async def process_item(self, item: object) -> object:
        """Read the page for contacts while its markup is at hand, then queue its site."""
        if isinstance(item, ResourcePage) and item.html and _has_dead_links(item):
            if len(self._page_cache) >= MAX_CACHED_PAGES:
                self._page_cache.pop(next(iter(self._page_cache)))
            self._page_cache[item.url] = await asyncio.to_thread(self._extract, item.html, item.url)
        return await super().process_item(item)

    async def look_up(self, pending: PendingSite) -> None:
        """Read the site's pages that may say whom to write to, and keep the best.

        What was missed because a page did not answer is asked again by the next run.
        """
        linking, problem = await self._contacts_on(pending.url)
        if linking is None:
            self.count("not looked up", problem)
            return
        enquiry = ContactSearch(linking)
        while lead := enquiry.next_link():
            offers, trouble = await self._contacts_on(lead.url)
            if offers is not None:
                enquiry.add(lead, offers)
            problem = problem or trouble
        if problem and not enquiry.is_settled:
            self.count("not looked up", problem)
            return
        memory, contact = self._context, enquiry.contact
        await memory.writer.run(record_contact, pending.id, contact, memory.clock())
        self.count(contact.kind, "")

    async def _contacts_on(self, url: str) -> tuple[PageContacts | None, str]:
        """Return what a page offers, or why it may do so another time ("": it never will)."""
        if url in self._page_cache:
            return self._page_cache.pop(url), ""
        visit = await self._network.fetch_page(url, MAX_PAGE_BYTES)
        if not visit.html:
            return None, visit.error
        return await asyncio.to_thread(self._extract, visit.html, visit.url), ""


def _has_dead_links(page: ResourcePage) -> bool:
    return any(link.judgement and link.judgement.verdict in DEAD_VERDICTS for link in page.links)
