"""`scrapy report`: the workbook anew from the journal, without any network."""

from __future__ import annotations

import argparse
import sys

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from brokenlinks.arguments import CrawlPlan, PlanError
from brokenlinks.commands.checks import check_output, check_settings, plan_of
from brokenlinks.commands.lock import LockedError, niche_lock
from brokenlinks.extensions.report_writer import report_paths
from brokenlinks.extensions.run_context import journal_url
from brokenlinks.report.build import load_niche_data, write_report
from brokenlinks.report.result import Report
from brokenlinks.scoring.opportunities import WeightsError
from brokenlinks.settings_model import SettingError
from brokenlinks.store.database import StoreError, open_store
from brokenlinks.store.user_data import save_annotations
from brokenlinks.text.clock import make_clock

USAGE, NOTHING_FOUND, LOCKED, PROBLEMS = 2, 3, 4, 5


class Command(ScrapyCommand):
    """Rank what the journal knows and write the workbook; what people wrote in it is kept."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Show the arguments."""
        return '-a niche="home brewing"'

    def short_desc(self) -> str:
        """Show what it does."""
        return "Write the workbook of a niche anew from the journal; no network"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add `-a niche=...`, as the crawl has it."""
        super().add_options(parser)
        parser.add_argument(
            "-a", dest="spargs", action="append", default=[], metavar="NAME=VALUE", help="niche=..."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the workbook, or say in one line why not."""
        if args:
            raise UsageError("give the niche as -a niche=...", print_help=False)
        assert self.settings is not None
        try:
            plan = plan_of(opts.spargs)
            check_settings(self.settings)
            folder = check_output(self.settings)
            with niche_lock(folder, plan):
                report = _write(plan, self.settings)
        except (PlanError, SettingError, StoreError, WeightsError) as error:
            self._fail(str(error), USAGE)
        except LockedError as error:
            self._fail(str(error), LOCKED)
        except OSError as error:
            self._fail(f"the workbook could not be written: {error}", PROBLEMS)
        else:
            self._print_result(report, plan.niche)

    def _print_result(self, report: Report | None, niche: str) -> None:
        if report is None:
            self._fail(f"nothing is known of {niche!r}; run scrapy crawl resources", NOTHING_FOUND)
            return
        for sentence in report.unread:
            print(sentence)
        print(f"{report.confirmed} confirmed, {report.suspected} suspected: {report.workbook}")
        for warning in report.warnings:
            print(f"Note: {warning}")

    def _fail(self, message: str, code: int) -> None:
        print(f"scrapy report: {message}", file=sys.stderr)
        self.exitcode = code


def _write(plan: CrawlPlan, settings: BaseSettings) -> Report | None:
    """Write the workbook; None where nothing is known of the niche."""
    store = open_store(journal_url(settings))
    try:
        now = make_clock(settings["CLOCK"])()
        place = report_paths(settings, plan.slug)
        known = store.run(load_niche_data, plan.niche, place.authority_csv)
        if known.pages.empty:
            return None
        report = write_report(known, plan, place, now)
        store.run(save_annotations, plan.niche, report.annotations)
    finally:
        store.close()
    return report
