"""Journals a page's links as pending before any is probed: a kill loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from brokenlinks.extensions.run_context import RunContext, run_context_of
from brokenlinks.models.page import RejectedPage, ResourcePage
from brokenlinks.store.pages import mark_unchanged, reject_page, store_page

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector


class StorePipeline:
    """First pipeline: from here on the item carries its ids and the verdicts still valid."""

    def __init__(self, memory: RunContext, stats: StatsCollector) -> None:
        self._context = memory
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Use the crawl's memory."""
        return cls(run_context_of(crawler), crawler.stats)

    async def process_item(self, item: object) -> object:
        """Store resource pages and rejections; a page that was cut off is stored already."""
        memory = self._context
        if isinstance(item, RejectedPage):
            await memory.writer.run(reject_page, memory.run, item, memory.clock())
            self._stats.inc_value("brokenlinks/pages/rejected")
            self._stats.inc_value(f"brokenlinks/rejected/{item.reason}")
        elif isinstance(item, ResourcePage):
            if item.unchanged:
                await memory.writer.run(mark_unchanged, memory.run, item)
                self._stats.inc_value("brokenlinks/pages/unchanged")
            elif item.page_id is None:
                await memory.writer.run(store_page, memory.run, item, memory.clock())
            self._stats.inc_value("brokenlinks/pages/accepted")
            self._stats.inc_value("brokenlinks/links/found", len(item.links))
        return item
