"""The end of a crawl: the workbook, one screen of summary, and the exit code."""

from __future__ import annotations

import asyncio
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

from scrapy import signals

from brokenlinks.arguments import CrawlPlan
from brokenlinks.extensions.run_context import RunContext, output_folder
from brokenlinks.models.run_stats import ExitCode
from brokenlinks.report.build import ReportConfig, load_niche_data, write_report
from brokenlinks.report.outreach.drafts import Sender
from brokenlinks.report.result import Report
from brokenlinks.report.run_summary import RunSummary, summary_line, summary_lines
from brokenlinks.store.database import is_failure
from brokenlinks.store.runs import RunCounts, record_counts
from brokenlinks.store.user_data import save_annotations
from brokenlinks.text.printable import show

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

logger = logging.getLogger(__name__)

FULL, LINE = "full", "line"
SHOWN_SETTINGS = (
    "MIN_RELEVANCE",
    "MIN_RESOURCE_SCORE",
    "PROBE_DELAY",
    "ROBOTSTXT_OBEY",
    "USER_AGENT",
    "WAYBACK_URL",
    "ARCHIVE_LOOKUPS_PER_RUN",
    "RDAP_LOOKUPS_PER_RUN",
    "ALLOWED_NETWORKS",
)


class ErrorCounter(logging.Handler):
    """Counts errors of the program, and of what runs it, that were logged.

    Libraries log errors about bad pages, which are no fault of ours: trafilatura does for an empty
    one.
    """

    PROGRAM = frozenset({"brokenlinks", "spiders", "pipelines", "scrapy", "twisted", "asyncio"})

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count the record if its logger is one of the program's."""
        self.count += record.name.partition(".")[0] in self.PROGRAM


class ReportWriter:
    """Scrapy extension that writes the user's files, however the crawl has ended."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self.exit_code: ExitCode | None = None
        """The command's exit code, once the spider has closed."""
        self._errors = ErrorCounter()
        logging.getLogger().addHandler(self._errors)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Act when the spider closes: finished, interrupted or terminated."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    async def spider_closed(self, reason: str) -> None:
        """Write the workbook from the journal and print the summary."""
        context = RunContext.of(self._crawler)
        summary = RunSummary(context.plan, context.stats, reason)
        config = report_paths(self._crawler.settings, context.plan)
        report: Report | None = None
        try:
            data = await context.writer.run(
                load_niche_data, context.plan.niche, config.authority_csv
            )
            report = await asyncio.to_thread(
                write_report, data, context.plan, config, context.clock(), summary
            )
            await context.writer.run(save_annotations, context.plan.niche, report.annotations)
            stats = context.stats
            counts = RunCounts(
                stats.pages_accepted, stats.targets_probed, report.confirmed, report.suspected
            )
            await context.writer.run(record_counts, context.run.id, counts)
        except OSError as error:
            message = "The workbook could not be written (%s); the journal has everything"
            logger.error(message, error)  # noqa: TRY400 - a traceback would not help the user
        except Exception as error:
            if is_failure(error):
                logger.debug("The journal has failed, as was logged before", exc_info=True)
            else:
                logger.exception("The workbook could not be written; the journal has everything")
        self._print_summary(summary, report)
        logging.getLogger().removeHandler(self._errors)
        self.exit_code = _exit_code(summary, report, self._errors.count)

    def _print_summary(self, summary: RunSummary, report: Report | None) -> None:
        """Print the whole summary on a terminal and one line elsewhere; the log has all of it."""
        lines = summary_lines(summary, report)
        for line in lines:
            logger.info("%s", line)
        form = self._crawler.settings["SUMMARY"] or (FULL if sys.stdout.isatty() else LINE)
        for line in lines if form == FULL else [summary_line(summary, report)]:
            show(line)


def report_paths(settings: BaseSettings, plan: CrawlPlan) -> ReportConfig:
    """Read from the settings where the files go; an earlier version's workbook keeps its name."""
    folder = output_folder(settings)
    slugs = (plan.slug, *plan.old_slugs)
    slug = next((slug for slug in slugs if (folder / f"{slug}.xlsx").exists()), plan.slug)
    return ReportConfig(
        workbook=folder / f"{settings['WORKBOOK_NAME'] or slug}.xlsx",
        weights=path_from_setting(settings, "WEIGHTS_FILE"),
        authority_csv=path_from_setting(settings, "AUTHORITY_CSV"),
        shown_settings={name: _shown(settings[name]) for name in SHOWN_SETTINGS},
        sender=sender_from(settings),
        preset=settings["OUTREACH_PRESET"],
    )


def path_from_setting(settings: BaseSettings, name: str) -> Path | None:
    """Return the user's file that a setting names, None when it names none."""
    return Path(settings[name]).expanduser() if settings[name] else None


def sender_from(settings: BaseSettings) -> Sender:
    """Read from the settings who writes the mails."""
    names = ("OUTREACH_SENDER", "OUTREACH_POSTAL_ADDRESS", "OUTREACH_OPT_OUT")
    return Sender(*(str(settings[name]).strip() for name in names))


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _exit_code(summary: RunSummary, report: Report | None, errors: int) -> ExitCode:
    if report is None or report.has_problems or errors:
        return ExitCode.PROBLEMS
    if summary.stats.connectivity_problem:
        return ExitCode.NETWORK_UNFIT
    return ExitCode.NOTHING_FOUND if summary.found_nothing(report) else ExitCode.SUCCESS
