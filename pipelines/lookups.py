"""Hands pages over to the look-ups at registries, contact pages, the own site and Wikipedia."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider

from brokenlinks.discovery.providers.base import SearchClient
from brokenlinks.enrichment.contacts import ContactEnricher
from brokenlinks.enrichment.own_site import OwnSiteEnricher
from brokenlinks.enrichment.rdap import Rdap, RegistrationEnricher
from brokenlinks.enrichment.scheduler import Enricher, LookupScheduler
from brokenlinks.enrichment.wikipedia import CitationEnricher, WikipediaCitations
from brokenlinks.extensions.run_context import RunContext, opening
from brokenlinks.http.network import Network
from brokenlinks.models.page import ResourcePage


class LookupsPipeline:
    """Passes pages on without waiting; the crawl stays open until the look-ups are done."""

    def __init__(self, crawler: Crawler, schedulers: Sequence[LookupScheduler[Any]]) -> None:
        self._schedulers = schedulers
        crawler.signals.connect(self.spider_idle, signal=signals.spider_idle)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the enrichers on the crawl's network and settings."""
        context, network, settings = RunContext.of(crawler), Network.of(crawler), crawler.settings
        rdap = Rdap(
            settings["RDAP_BOOTSTRAP_URL"],
            settings.getdict("RDAP_SERVERS"),
            context.services,
            context.clock,
            per_second=settings.getfloat("RDAP_PER_SECOND"),
        )
        contacts = ContactEnricher(
            context.lookups,
            network.fetch_page,
            max_age=timedelta(days=settings.getfloat("CONTACTS_DAYS")),
            decode=settings.getbool("DECODE_PROTECTED_ADDRESSES"),
        )
        own_site = OwnSiteEnricher(
            context.lookups,
            context.plan.own,
            fetch_page=partial(network.fetch_page, is_own=True),
            sitemaps=network.sitemaps,
            max_pages=settings.getint("OWN_PAGES"),
        )
        api = settings["WIKIPEDIA_URL"].format(language=context.plan.language or "en")
        wikipedia = WikipediaCitations(api, has_contact=bool(settings["CONTACT"]))
        citations = CitationEnricher(context.lookups, SearchClient(wikipedia, context.services))
        budgets: list[tuple[Enricher[Any], int]] = [
            (RegistrationEnricher(context.lookups, rdap), settings.getint("RDAP_LOOKUPS_PER_RUN")),
            (contacts, settings.getint("CONTACT_SITES_PER_RUN")),
            (own_site, 1),
            (citations, settings.getint("CITATION_LOOKUPS_PER_RUN")),
        ]
        return cls(crawler, [LookupScheduler(*budget) for budget in budgets])

    async def open_spider(self) -> None:
        """Take up what earlier runs have left."""
        with opening():
            await asyncio.gather(*(scheduler.open() for scheduler in self._schedulers))

    async def process_item(self, item: object) -> object:
        """Queue what is to be looked up about the page."""
        if isinstance(item, ResourcePage):
            await asyncio.gather(*(scheduler.add_page(item) for scheduler in self._schedulers))
        return item

    def spider_idle(self) -> None:
        """Keep the spider open while look-ups are in progress, but not through a long pause."""
        working = [scheduler.keep_working() for scheduler in self._schedulers]
        if any(working):
            raise DontCloseSpider

    async def close_spider(self) -> None:
        """Stop, and count what is left."""
        await asyncio.gather(*(scheduler.close() for scheduler in self._schedulers))
