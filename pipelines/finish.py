"""Marks a page as settled once all its links have a verdict in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from brokenlinks.extensions.run_context import RunContext, run_context_of
from brokenlinks.models.page import ResourcePage
from brokenlinks.store.pages import settle_page

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class FinishPipeline:
    """Last pipeline: a restart does not take up a settled page again."""

    def __init__(self, context: RunContext) -> None:
        self._context = context

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Use the crawl's journal."""
        return cls(run_context_of(crawler))

    async def process_item(self, item: object) -> object:
        """Settle the page, unless the crawl was stopped before all its links had a verdict."""
        if isinstance(item, ResourcePage) and item.page_id is not None:
            if all(link.judgement is not None for link in item.links):
                await self._context.writer.run(settle_page, item.page_id)
            item.html = ""
            item.candidates.clear()
            item.links.clear()  # Scrapy keeps scraped items only for signals; the journal has them
        return item
