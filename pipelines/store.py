"""Stores a page's links as pending before any is probed, and marks the page when all are settled.

A kill in between loses nothing.
"""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from brokenlinks.extensions.run_context import RunContext
from brokenlinks.models.page import RejectedPage, ResourcePage
from brokenlinks.store.pages import mark_unchanged, reject_page, settle_page, store_page


class StorePipeline:
    """First pipeline: from here on a page carries its ids and the verdicts that are still valid."""

    def __init__(self, context: RunContext) -> None:
        self._context = context

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Store in the crawl's journal."""
        return cls(RunContext.of(crawler))

    async def process_item(self, item: object) -> object:
        """Store resource pages and rejections; a page of an interrupted run is stored already."""
        context, stats = self._context, self._context.stats
        if isinstance(item, RejectedPage):
            await context.writer.run(reject_page, context.run, item, context.clock())
            stats.pages_rejected += 1
            stats.rejected[item.reason] += 1
        elif isinstance(item, ResourcePage):
            if item.unchanged:
                await context.writer.run(mark_unchanged, context.run, item)
                stats.pages_unchanged += 1
            elif item.page_id is None:
                await context.writer.run(store_page, context.run, item, context.clock())
            stats.pages_accepted += 1
            stats.links_found += len(item.links)
        return item


class FinishPipeline:
    """Last pipeline: a restart does not take up a settled page again."""

    def __init__(self, context: RunContext) -> None:
        self._context = context

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Use the crawl's journal."""
        return cls(RunContext.of(crawler))

    async def process_item(self, item: object) -> object:
        """Settle the page, unless the crawl was stopped before all its links had a verdict."""
        if isinstance(item, ResourcePage) and item.page_id is not None:
            if all(link.judgement is not None for link in item.links):
                await self._context.writer.run(settle_page, item.page_id)
            item.html = ""
            item.candidates.clear()
            item.links.clear()  # Scrapy keeps scraped items only for signals; the journal has them
        return item
