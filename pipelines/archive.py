"""Hands dead targets over to the look-ups in the archives."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from brokenlinks.enrichment.archive import ArchiveEnricher
from brokenlinks.enrichment.common_crawl import CommonCrawl
from brokenlinks.enrichment.relocation import RelocationFinder
from brokenlinks.enrichment.scheduler import LookupScheduler
from brokenlinks.enrichment.wayback import Wayback
from brokenlinks.extensions.run_context import RunContext
from brokenlinks.http.network import Network
from pipelines.lookups import LookupsPipeline


class ArchivePipeline(LookupsPipeline):
    """The Wayback Machine and, if switched on, Common Crawl."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the archives' clients on the crawl's network, with rates all processes share."""
        context, network, settings = RunContext.of(crawler), Network.of(crawler), crawler.settings
        wayback = Wayback(
            settings["WAYBACK_URL"],
            settings["WAYBACK_CDX_URL"],
            client=context.services,
            clock=context.clock,
            cdx_per_minute=settings.getfloat("WAYBACK_CDX_PER_MINUTE"),
            playback_per_second=settings.getfloat("WAYBACK_PLAYBACK_PER_SECOND"),
            pause=settings.getfloat("WAYBACK_PAUSE"),
        )
        common_crawl = None
        if settings.getbool("COMMONCRAWL_ARCHIVE"):
            common_crawl = CommonCrawl(
                settings["COMMONCRAWL_INDEX_URL"],
                settings["COMMONCRAWL_DATA_URL"],
                client=context.services,
                clock=context.clock,
                per_minute=settings.getfloat("COMMONCRAWL_PER_MINUTE"),
                pause=settings.getfloat("WAYBACK_PAUSE"),
            )
        relocation = RelocationFinder(network.fetch_html, network.sitemaps, wayback.redirect_target)
        enricher = ArchiveEnricher(context.lookups, wayback, common_crawl, relocation)
        return cls(crawler, [LookupScheduler(enricher, settings.getint("ARCHIVE_LOOKUPS_PER_RUN"))])
