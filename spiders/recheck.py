"""Probes the targets that are due again, and nothing else: cheap enough for every day."""

from __future__ import annotations

from collections.abc import AsyncIterator

from scrapy import Spider

from brokenlinks.arguments import make_plan
from brokenlinks.extensions.run_context import RunContext
from brokenlinks.models.page import ResourcePage
from brokenlinks.models.run_stats import RECHECK
from brokenlinks.store.work_queue import page_with_due_links, pages_with_due_links


class RecheckSpider(Spider):
    """`scrapy crawl recheck -a niche="home brewing"`."""

    name = RECHECK

    def __init__(self, **arguments: str) -> None:
        super().__init__()
        self.plan = make_plan(self.name, arguments)

    async def start(self) -> AsyncIterator[ResourcePage]:
        """Yield the journal's pages with their due links; no page is fetched."""
        context = RunContext.of(self.crawler)
        run = context.writer.run
        for page in await run(pages_with_due_links, self.plan.niche, context.clock()):
            yield await run(page_with_due_links, page, context.clock())
