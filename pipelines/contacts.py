"""Looks up whom to write to on sites with dead links, beside the crawl."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Self

from brokenlinks.enrichment.contacts.page import read_offers
from brokenlinks.enrichment.contacts.search import Enquiry
from brokenlinks.extensions.run_context import Memory, memory_of
from brokenlinks.http.network import Network, network_of
from brokenlinks.models.contact import PageOffers
from brokenlinks.models.page import ResourcePage
from brokenlinks.store.contacts import UnaskedSite, record_contact, unasked_sites
from brokenlinks.store.targets import DEAD_VERDICTS
from pipelines.look_ups import LookUpPipeline

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

PAGE_READ = 1_000_000
OFFERS_KEPT = 500
"""Linking pages whose markup was just there; those dropped are read again."""


class ContactsPipeline(LookUpPipeline[UnaskedSite]):
    """Reads a few pages of each site; sites are hosts of their own, so several at a time."""

    name = "contacts"
    at_once = 8

    def __init__(self, crawler: Crawler, memory: Memory, network: Network) -> None:
        settings = crawler.settings
        super().__init__(crawler, settings.getint("CONTACT_SITES_PER_RUN"))
        self._memory = memory
        self._network = network
        self._kept = timedelta(days=settings.getfloat("CONTACTS_DAYS"))
        self._read = partial(read_offers, decode=settings.getbool("DECODE_PROTECTED_ADDRESSES"))
        self._at_hand: dict[str, PageOffers] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Ask through the crawl's network, under its manners."""
        return cls(crawler, memory_of(crawler), network_of(crawler))

    async def unasked(self, target_ids: Sequence[int] | None) -> list[UnaskedSite]:
        """Return the sites with dead links whose contact is not known, or was long ago."""
        memory = self._memory
        before = memory.clock() - self._kept
        return await memory.writer.run(unasked_sites, memory.run.niche, before, target_ids)

    async def process_item(self, item: object) -> object:
        """Read the page for contacts while its markup is at hand, then queue its site."""
        if isinstance(item, ResourcePage) and item.html and _has_dead_links(item):
            if len(self._at_hand) >= OFFERS_KEPT:
                self._at_hand.pop(next(iter(self._at_hand)))
            self._at_hand[item.url] = await asyncio.to_thread(self._read, item.html, item.url)
        return await super().process_item(item)

    async def look_up(self, question: UnaskedSite) -> None:
        """Read the site's pages that may say whom to write to, and keep the best.

        What was missed because a page did not answer is asked again by the next run.
        """
        linking, problem = await self._offers_of(question.url)
        if linking is None:
            self.count("not looked up", problem)
            return
        enquiry = Enquiry(linking)
        while lead := enquiry.next_lead():
            offers, trouble = await self._offers_of(lead.url)
            if offers is not None:
                enquiry.add(lead, offers)
            problem = problem or trouble
        if problem and not enquiry.is_settled:
            self.count("not looked up", problem)
            return
        memory, contact = self._memory, enquiry.contact
        await memory.writer.run(record_contact, question.id, contact, memory.clock())
        self.count(contact.kind, "")

    async def _offers_of(self, url: str) -> tuple[PageOffers | None, str]:
        """Return what a page offers, or why it may do so another time ("": it never will)."""
        if url in self._at_hand:
            return self._at_hand.pop(url), ""
        visit = await self._network.visit(url, PAGE_READ)
        if not visit.html:
            return None, visit.trouble
        return await asyncio.to_thread(self._read, visit.html, visit.url), ""


def _has_dead_links(page: ResourcePage) -> bool:
    return any(link.judgement and link.judgement.verdict in DEAD_VERDICTS for link in page.links)
