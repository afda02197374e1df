"""`scrapy export`: a niche's links or ranked opportunities as .csv, .jsonl or .parquet."""

from __future__ import annotations

import argparse

import pandas as pd
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from brokenlinks.arguments import CrawlPlan
from brokenlinks.commands.base import ProjectCommand, add_plan_option, opened_store, plan_of
from brokenlinks.extensions.report_writer import report_paths
from brokenlinks.models.run_stats import ExitCode
from brokenlinks.report.build import load_niche_data, ranked_opportunities
from brokenlinks.report.export import (
    LINK_COLUMNS,
    RANKED_COLUMNS,
    SUFFIXES,
    export_path,
    export_table,
)
from brokenlinks.store.frames import links_frame
from brokenlinks.store.pages import is_known_niche
from brokenlinks.text.clock import make_clock
from brokenlinks.text.printable import show


class Command(ProjectCommand, ScrapyCommand):
    """Read the journal and write one file; no network."""

    name = "export"
    usage = '-a niche="home brewing" [--opportunities] FILE'
    summary = f"Write every link or opportunity of a niche to FILE ({', '.join(SUFFIXES)})"
    requires_crawler_process = False

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add `-a niche=...` and what to export."""
        super().add_options(parser)
        add_plan_option(parser)
        parser.add_argument(
            "--opportunities",
            action="store_true",
            help="the ranked opportunities instead of every link",
        )

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the file."""
        if len(args) != 1:
            raise UsageError("name one FILE to write", print_help=False)
        plan, path = plan_of(opts.spargs), export_path(args[0])
        exported = _table(plan, self.checked_settings(), ranked=opts.opportunities)
        if exported is None:
            self.fail(
                f"nothing is known about {plan.niche!r}; nothing was written."
                " Run scrapy crawl resources first",
                ExitCode.NOTHING_FOUND,
            )
            return
        table, left_out = exported
        export_table(table, path)
        things = "opportunities" if opts.opportunities else "links"
        show(f"{len(table)} {things} of {plan.niche!r} written to {path}")
        for sentence in left_out:
            show(f"Left out: {sentence}")
        problems = ExitCode.PROBLEMS if left_out else ExitCode.SUCCESS
        self.exitcode = ExitCode.NOTHING_FOUND if table.empty else problems


def _table(
    plan: CrawlPlan, settings: BaseSettings, *, ranked: bool
) -> tuple[pd.DataFrame, tuple[str, ...]] | None:
    """Return what is to be written, and what failed; None where nothing is known of the niche."""
    paths = report_paths(settings, plan)
    with opened_store(settings) as store:
        if not store.run(is_known_niche, plan.niche):
            return None
        if not ranked:
            return store.run(links_frame, plan.niche, LINK_COLUMNS)[LINK_COLUMNS], ()
        data = store.run(load_niche_data, plan.niche, paths.authority_csv)
    now = make_clock(settings["CLOCK"])()
    table, left_out = ranked_opportunities(data, paths, now)
    return table[RANKED_COLUMNS], left_out
