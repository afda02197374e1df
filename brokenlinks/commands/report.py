"""`scrapy report`: writes the workbook again from the journal, without any network."""

from __future__ import annotations

import argparse

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from brokenlinks.arguments import CrawlPlan
from brokenlinks.commands.base import (
    ProjectCommand,
    add_plan_option,
    check_output,
    claim_own_workbook,
    opened_store,
    plan_of,
    run_lock,
)
from brokenlinks.extensions.report_writer import report_paths
from brokenlinks.models.run_stats import ExitCode
from brokenlinks.report.build import load_niche_data, write_report
from brokenlinks.report.result import Report
from brokenlinks.store.user_data import save_annotations
from brokenlinks.text.clock import make_clock
from brokenlinks.text.printable import show


class Command(ProjectCommand, ScrapyCommand):
    """Rank what the journal knows and write the workbook; what users wrote in it is kept."""

    name = "report"
    usage = '-a niche="home brewing"'
    summary = "Rebuild the workbook of a niche from the journal; no network"
    requires_crawler_process = False

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add `-a niche=...`."""
        super().add_options(parser)
        add_plan_option(parser)

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the workbook."""
        if args:
            raise UsageError("give the niche as -a niche=...", print_help=False)
        plan, settings = plan_of(opts.spargs), self.checked_settings()
        check_output(settings)
        try:
            with run_lock(settings, plan):
                report = _write(plan, settings)
        except OSError as error:
            self.fail(f"the workbook could not be written: {error}", ExitCode.PROBLEMS)
            return
        if report is None:
            message = f"nothing is known about {plan.niche!r}; run scrapy crawl resources first"
            self.fail(message, ExitCode.NOTHING_FOUND)
            return
        for sentence in report.unread:
            show(sentence)
        show(f"{report.confirmed} confirmed, {report.suspected} suspected: {report.workbook}")
        for warning in report.warnings:
            show(f"Note: {warning}")
        for sentence in report.left_out:
            show(f"Left out: {sentence}")
        self.exitcode = ExitCode.PROBLEMS if report.has_problems else ExitCode.SUCCESS


def _write(plan: CrawlPlan, settings: BaseSettings) -> Report | None:
    """Write the workbook; None where nothing is known about the niche."""
    with opened_store(settings) as store:
        now = make_clock(settings["CLOCK"])()
        paths = report_paths(settings, plan)
        data = store.run(load_niche_data, plan.niche, paths.authority_csv)
        if data.pages.empty:
            return None
        claim_own_workbook(store, paths.workbook, plan.niche)
        report = write_report(data, plan, paths, now)
        store.run(save_annotations, plan.niche, report.annotations)
    return report
