"""`scrapy export`: a niche's links or ranked opportunities as .csv, .jsonl or .parquet."""

from __future__ import annotations

import argparse
import sys

import pandas as pd
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from brokenlinks.arguments import CrawlPlan, PlanError
from brokenlinks.commands.checks import check_settings, plan_of
from brokenlinks.extensions.report_writer import report_paths
from brokenlinks.extensions.run_context import journal_url
from brokenlinks.report.build import load_niche_data, ranked_opportunities
from brokenlinks.report.export import (
    LINK_COLUMNS,
    RANKED_COLUMNS,
    SUFFIXES,
    ExportError,
    export_path,
    export_table,
)
from brokenlinks.scoring.opportunities import WeightsError
from brokenlinks.settings_model import SettingError
from brokenlinks.store.database import StoreError, open_store
from brokenlinks.store.frames import links_frame
from brokenlinks.store.pages import is_known_niche
from brokenlinks.text.clock import make_clock

USAGE, NOTHING_FOUND = 2, 3


class Command(ScrapyCommand):
    """Read the journal and write one file; no network."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Show the arguments."""
        return '-a niche="home brewing" [--opportunities] FILE'

    def short_desc(self) -> str:
        """Show what it does."""
        return f"Write every link or opportunity of a niche to FILE ({', '.join(SUFFIXES)})"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add `-a niche=...`, as the crawl has it."""
        super().add_options(parser)
        parser.add_argument(
            "-a", dest="spargs", action="append", default=[], metavar="NAME=VALUE", help="niche=..."
        )
        parser.add_argument(
            "--opportunities",
            action="store_true",
            help="the ranked opportunities instead of every link",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Export, or say in one line why not."""
        if len(args) != 1:
            raise UsageError("name one FILE to write", print_help=False)
        assert self.settings is not None
        try:
            plan, path = plan_of(opts.spargs), export_path(args[0])
            check_settings(self.settings)
            table = self._table(plan, ranked=opts.opportunities)
            if table is not None:
                export_table(table, path)
        except (PlanError, SettingError, StoreError, WeightsError, ExportError) as error:
            self._fail(str(error), USAGE)
            return
        if table is None:
            message = f"nothing is known of {plan.niche!r}; nothing was written"
            self._fail(f"{message}. Run scrapy crawl resources first", NOTHING_FOUND)
            return
        things = "opportunities" if opts.opportunities else "links"
        print(f"{len(table)} {things} of {plan.niche!r} written to {path}")
        self.exitcode = NOTHING_FOUND if table.empty else 0

    def _table(self, plan: CrawlPlan, *, ranked: bool) -> pd.DataFrame | None:
        """Return what is to be written; None where nothing is known of the niche."""
        assert self.settings is not None
        place = report_paths(self.settings, plan.slug)
        store = open_store(journal_url(self.settings))
        try:
            if not store.run(is_known_niche, plan.niche):
                return None
            if not ranked:
                return store.run(links_frame, plan.niche, LINK_COLUMNS)[LINK_COLUMNS]
            known = store.run(load_niche_data, plan.niche, place.authority_csv)
        finally:
            store.close()
        now = make_clock(self.settings["CLOCK"])()
        return ranked_opportunities(known, place, now)[RANKED_COLUMNS]

    def _fail(self, message: str, code: int) -> None:
        print(f"scrapy export: {message}", file=sys.stderr)
        self.exitcode = code
