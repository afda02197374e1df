"""`scrapy crawl`: Scrapy's own, with arguments checked first and exit codes that mean something."""

from __future__ import annotations

import argparse
import gc
import sys

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError

from brokenlinks.arguments import CrawlPlan, PlanError, make_plan
from brokenlinks.commands.checks import (
    check_journal,
    check_output,
    check_plan,
    check_recheck,
    check_settings,
)
from brokenlinks.commands.lock import LockedError, niche_lock
from brokenlinks.commands.log_file import add_log_file, log_path
from brokenlinks.extensions.report_writer import ReportWriter, report_paths
from brokenlinks.models.arguments import CRAWL
from brokenlinks.report.workbook.rows_by_status import WorkbookError
from brokenlinks.scoring.opportunities import WeightsError, load_weights
from brokenlinks.settings_model import SettingError
from brokenlinks.store.database import StoreError

USAGE = 2
LOCKED = 4
PROBLEMS = 5

GC_THRESHOLD = 10_000
"""A request makes hundreds that die by themselves; looking through what lives costs far more."""


class Command(ScrapyCrawl):
    """Run one spider; exit codes are listed in docs/scheduling.md."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check everything, take the niche's lock, crawl."""
        if len(args) != 1:
            raise UsageError("name one spider, e.g. scrapy crawl resources", print_help=False)
        assert self.settings is not None
        try:
            plan = self._plan(args[0], opts.spargs)
            check_settings(self.settings)
            load_weights(report_paths(self.settings, plan.slug).weights)
            folder = check_output(self.settings)
            check_journal(self.settings)
            check_plan(self.settings, plan)
            if plan.spider != CRAWL:
                check_recheck(self.settings, plan)
        except (PlanError, SettingError, WeightsError, StoreError, WorkbookError) as error:
            self._fail(str(error), USAGE)
            return
        try:
            with niche_lock(folder, plan):
                add_log_file(log_path(folder, plan.slug), self.settings)
                self._crawl(args[0], opts)
        except LockedError as error:
            self._fail(str(error), LOCKED)
        except OSError as error:
            self._fail(f"the output folder {folder} cannot be written: {error}", USAGE)

    def _plan(self, name: str, arguments: dict[str, str]) -> CrawlPlan:
        assert self.crawler_process is not None
        loader = self.crawler_process.spider_loader
        if name not in loader.list():
            raise PlanError(f"no spider {name!r}; there are: {', '.join(sorted(loader.list()))}")
        return make_plan(name, arguments)

    def _crawl(self, name: str, opts: argparse.Namespace) -> None:
        assert self.crawler_process is not None
        crawler = self._create_crawler(name)
        gc.set_threshold(GC_THRESHOLD)
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        try:
            writer = crawler.get_extension(ReportWriter)
        except RuntimeError:  # the crawl could not even be built
            writer = None
        self.exitcode = writer.exit_code if writer else PROBLEMS

    def _fail(self, message: str, code: int) -> None:
        print(f"scrapy crawl: {message}", file=sys.stderr)
        self.exitcode = code
