"""The end of a crawl: the workbook, one screen of summary, and the exit code."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self

from scrapy import signals

from brokenlinks.extensions.memory import memory_of
from brokenlinks.report import Report, build_report
from brokenlinks.summary import RunSummary, summary_text

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

EXIT_CODE = "brokenlinks/exit_code"
FINE = 0
NOTHING_FOUND = 3
PROBLEMS = 5


class Results:
    """Scrapy extension that turns the journal into the person's files, whatever ended the crawl."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Act when the spider closes: finished, interrupted or terminated."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    async def spider_closed(self, reason: str) -> None:
        """Write the workbook from what is known and say what was done."""
        stats = self._crawler.stats
        memory = memory_of(self._crawler)
        summary = RunSummary.from_stats(memory.plan, stats.get_stats(), reason)
        report: Report | None = None
        try:
            report = await memory.writer.run(
                build_report, memory.plan, self._crawler.settings, summary
            )
        except Exception:
            logger.exception("The workbook could not be written; the journal has everything")
        print(summary_text(summary, [], []))  # noqa: T201 - the run's result belongs on stdout
        stats.set_value(EXIT_CODE, _exit_code(summary, report))


def _exit_code(summary: RunSummary, report: Report | None) -> int:
    if report is None or summary.canary_problem:
        return PROBLEMS
    return FINE if summary.pages_accepted or report.rows else NOTHING_FOUND
