"""`scrapy crawl`: Scrapy's own, with arguments checked first and exit codes that mean something."""

from __future__ import annotations

import argparse
import asyncio
import gc
import logging
import sys
from collections.abc import Awaitable
from logging.handlers import RotatingFileHandler
from pathlib import Path

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from brokenlinks.arguments import EARLIER, NONE, CrawlPlan, PlanError, make_plan, slug_of
from brokenlinks.commands.base import (
    USER_ERRORS,
    ProjectCommand,
    check_output,
    claim_own_workbook,
    opened_store,
    run_lock,
)
from brokenlinks.commands.machine import allow_open_files
from brokenlinks.discovery.providers import providers_from
from brokenlinks.extensions.report_writer import ReportWriter, report_paths
from brokenlinks.extensions.run_context import RunContext, journal_url
from brokenlinks.models.run_stats import CRAWL, VERIFY, ExitCode
from brokenlinks.report.workbook.reading import keys_with_status
from brokenlinks.scoring.opportunities import load_weights
from brokenlinks.settings_model import SettingError
from brokenlinks.store.backups import back_up_journal, check_journal
from brokenlinks.store.database import StoreError
from brokenlinks.store.pages import is_known_niche
from brokenlinks.store.runs import niches
from brokenlinks.text.clock import make_clock
from brokenlinks.text.printable import show

logger = logging.getLogger(__name__)

GC_THRESHOLD = 10_000
"""A request makes hundreds of objects that are freed without the garbage collector; its search
through all that stays alive would cost far more than it frees."""
STOPPED_AT_ONCE = (
    "Stopped at once, without a new workbook. The journal keeps all that was found: the same"
    " command continues the run, and scrapy report writes the workbook"
)
LOG_FOLDER = "logs"
MAX_LOG_BYTES, LOG_BACKUPS = 1_000_000, 5


class Command(ProjectCommand, ScrapyCrawl):
    """Run one spider; exit codes are listed in docs/scheduling.md."""

    name = "crawl"
    usage = "[options] <spider>"
    summary = "Run a spider of the current project, by name"

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check everything, take the niche's lock, crawl."""
        if len(args) != 1:
            raise UsageError("name one spider, e.g. scrapy crawl resources", print_help=False)
        plan = self._plan(args[0], opts.spargs)
        settings = self.checked_settings()
        allow_open_files(settings.getint("PROBE_CONCURRENCY"))
        load_weights(report_paths(settings, plan).weights)
        folder = check_output(settings)
        check_plan(settings, plan)
        check_journal(journal_url(settings), make_clock(settings["CLOCK"])())
        if plan.spider != CRAWL:
            check_recheck(settings, plan)
        try:
            with run_lock(settings, plan):
                add_log_file(log_path(folder, plan.slug), settings)
                self._crawl(args[0], opts)
                self._back_up(settings)
        except OSError as error:
            self.fail(f"the output folder {folder} cannot be written: {error}", ExitCode.USAGE)

    def _back_up(self, settings: BaseSettings) -> None:
        try:
            back_up_journal(journal_url(settings), make_clock(settings["CLOCK"])())
        except OSError as error:
            note = f"the journal's weekly copy could not be written: {error}"
            show(f"scrapy {self.name}: {note}", sys.stderr)

    def _plan(self, name: str, arguments: dict[str, str]) -> CrawlPlan:
        assert self.crawler_process is not None
        loader = self.crawler_process.spider_loader
        if name not in loader.list():
            raise PlanError(
                f"unknown spider {name!r}; choose from: {', '.join(sorted(loader.list()))}"
            )
        return make_plan(name, arguments)

    def _crawl(self, name: str, opts: argparse.Namespace) -> None:
        assert self.crawler_process is not None
        crawler = self._create_crawler(name)
        gc.set_threshold(GC_THRESHOLD)
        crawling = self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        error = _error_of(crawling)
        if isinstance(error, USER_ERRORS):
            raise error
        if error:
            logger.error("The crawl could not be built", exc_info=error)
        try:
            writer = crawler.get_extension(ReportWriter)
            context = crawler.get_extension(RunContext)
        except RuntimeError:  # the crawl could not even be built
            writer = context = None
        if context and context.damage:
            raise StoreError(context.damage)
        self.exitcode = ExitCode.PROBLEMS
        if writer and writer.exit_code is not None:
            self.exitcode = writer.exit_code
        elif not error:
            show(STOPPED_AT_ONCE, sys.stderr)


def _error_of(crawling: Awaitable[None]) -> BaseException | None:
    """Return what kept a crawl from being built, None when nothing did."""
    assert isinstance(crawling, asyncio.Future)
    return crawling.exception() if crawling.done() and not crawling.cancelled() else None


def check_plan(settings: BaseSettings, plan: CrawlPlan) -> None:
    """Raise SettingError when a named provider has no key, or another niche has the workbook."""
    configured = {provider.name for provider in providers_from(settings, plan.language)}
    missing = sorted(plan.providers - configured - {EARLIER, NONE})
    if missing:
        raise SettingError(
            f"the provider {missing[0]!r} is not configured: set its key or address, see"
            " docs/providers.md"
        )
    with opened_store(settings) as store:
        stored = store.run(niches)
        others = [niche for niche in stored if niche != plan.niche and slug_of(niche) == plan.slug]
        if others and plan.niche not in stored and not settings["WORKBOOK_NAME"]:
            raise SettingError(
                f"{plan.niche!r} would write over the workbook of {others[0]!r}; write the niche as"
                " you did, or name another workbook with -s WORKBOOK_NAME=..."
            )
        claim_own_workbook(store, report_paths(settings, plan).workbook, plan.niche)


def check_recheck(settings: BaseSettings, plan: CrawlPlan) -> None:
    """Raise SettingError or WorkbookError when nothing of the niche can be checked again."""
    with opened_store(settings) as store:
        is_known = store.run(is_known_niche, plan.niche)
    if not is_known:
        raise SettingError(
            f"nothing is known about {plan.niche!r} yet; run scrapy crawl resources first"
        )
    if plan.spider == VERIFY:
        keys_with_status(report_paths(settings, plan).workbook, plan.status)


def log_path(folder: Path, slug: str) -> Path:
    """Return where a niche's log is, under the output folder."""
    return folder / LOG_FOLDER / f"{slug}.log"


def add_log_file(path: Path, settings: BaseSettings) -> None:
    """Write everything from INFO on to a file that rotates. Raises OSError when it cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = _LogHandler(path, maxBytes=MAX_LOG_BYTES, backupCount=LOG_BACKUPS, encoding="utf-8")
    handler.setFormatter(logging.Formatter(settings["LOG_FORMAT"], settings["LOG_DATEFORMAT"]))
    handler.setLevel(logging.INFO)
    logging.getLogger().addHandler(handler)


class _LogHandler(RotatingFileHandler):
    """Drops a line that a full disk does not take: its traceback would bury the message."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name of logging
        """Ignore errors of the file, and report all others: those are our own."""
        if not isinstance(sys.exception(), OSError):
            super().handleError(record)
