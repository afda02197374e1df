"""Checks again before a mail is sent: page present, link still on it, target still dead."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable

from scrapy import Request, Spider
from scrapy.http import Response, TextResponse
from twisted.python.failure import Failure

from brokenlinks.arguments import make_plan
from brokenlinks.extensions.report_writer import report_paths
from brokenlinks.extensions.run_context import RunContext
from brokenlinks.html.page import read_page
from brokenlinks.html.worker import UnreadablePageError, read_within_limits
from brokenlinks.models.page import RejectedPage, ResourcePage
from brokenlinks.models.run_stats import VERIFY
from brokenlinks.report.workbook.reading import keys_with_status
from brokenlinks.scoring.opportunities import row_key
from brokenlinks.store.work_queue import pages_with_rows, record_reverification
from spiders import FetchProblem, failure_problem, page_or_problem, unreadable_problem


class VerifySpider(Spider):
    """`scrapy crawl verify -a niche="home brewing" -a status=Ready`."""

    name = VERIFY

    def __init__(self, **arguments: str) -> None:
        super().__init__()
        self.plan = make_plan(self.name, arguments)

    async def start(self) -> AsyncIterator[Request]:
        """Request the page of every row that has the status in the workbook."""
        workbook = report_paths(self.settings, self.plan).workbook
        chosen = await asyncio.to_thread(keys_with_status, workbook, self.plan.status)
        context = RunContext.of(self.crawler)
        context.stats.rows_chosen = len(chosen)

        def is_chosen(page_key: str, target_key: str) -> bool:
            return row_key(page_key, target_key) in chosen

        for page in await context.writer.run(pages_with_rows, self.plan.niche, is_chosen):
            yield Request(
                page.url,
                callback=self.parse,
                errback=self.failed,
                cb_kwargs={"page": page},
                dont_filter=True,
            )

    async def parse(self, response: Response, page: ResourcePage) -> AsyncIterator[object]:
        """Yield the page with the links that are still on it: their targets are probed again."""
        html = page_or_problem(response)
        if not isinstance(html, TextResponse):
            yield _rejected(page, html)
            return
        try:
            current = await read_within_limits(read_page, html.text, html.url, html.encoding)
        except UnreadablePageError as error:
            yield _rejected(page, unreadable_problem(error))
            return
        keys = {link.key for link in current.outbound_links}
        present = [link for link in page.links if link.key in keys]
        missing = [link for link in page.links if link.key not in keys]
        context = RunContext.of(self.crawler)
        await context.writer.run(
            record_reverification,
            page.page_id,
            [link.target_id for link in present],
            [link.target_id for link in missing],
            context.clock(),
        )
        context.stats.verified["still linked"] += len(present)
        context.stats.verified["link gone"] += len(missing)
        page.links = present
        yield page

    def failed(self, failure: Failure) -> Iterable[RejectedPage]:
        """Record a page that could not be fetched."""
        page = failure.request.cb_kwargs["page"]  # type: ignore[attr-defined] # Scrapy's
        yield _rejected(page, failure_problem(failure.value))


def _rejected(page: ResourcePage, problem: FetchProblem) -> RejectedPage:
    reason, detail = problem
    return RejectedPage(page.url, page.key, page.site, reason, detail, page.title, named=page.named)
