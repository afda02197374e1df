"""`scrapy export`: a niche's links or ranked opportunities as .csv, .jsonl or .parquet."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.utils.conf import arglist_to_dict

from brokenlinks.clock import make_clock
from brokenlinks.commands.checks import SettingError, check_settings
from brokenlinks.export import (
    ENDINGS,
    LINK_COLUMNS,
    RANKED_COLUMNS,
    ExportError,
    export_table,
)
from brokenlinks.extensions.memory import journal_url
from brokenlinks.extensions.results import place_for
from brokenlinks.journal.database import JournalError, open_journal
from brokenlinks.journal.frames import links_frame
from brokenlinks.plan import REPORT, PlanError, make_plan, normal_niche
from brokenlinks.ranking import WeightsError
from brokenlinks.report import known_of, ranked_opportunities

NOTHING_FOUND = 3


class Command(ScrapyCommand):
    """Read the journal and write one file; no network."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Show the arguments."""
        return '-a niche="home brewing" [--opportunities] FILE'

    def short_desc(self) -> str:
        """Show what it does."""
        return f"Write every link or opportunity of a niche to FILE ({', '.join(ENDINGS)})"

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
            niche = normal_niche(arglist_to_dict(opts.spargs).get("niche", ""))
            check_settings(self.settings)
            path = Path(args[0])
            if opts.opportunities:
                table, things = self._opportunities(niche), "opportunities"
            else:
                table, things = self._links(niche), "links"
            export_table(table, path)
        except (PlanError, SettingError, JournalError, WeightsError, ExportError) as error:
            print(f"scrapy export: {error}", file=sys.stderr)
            self.exitcode = 2
            return
        print(f"{len(table)} {things} of {niche!r} written to {path}")
        if table.empty:
            print(f"There are none of {niche!r} yet: run scrapy crawl resources first")
            self.exitcode = NOTHING_FOUND

    def _links(self, niche: str) -> pd.DataFrame:
        assert self.settings is not None
        journal = open_journal(journal_url(self.settings))
        try:
            return journal.run(links_frame, niche, LINK_COLUMNS)[LINK_COLUMNS]
        finally:
            journal.close()

    def _opportunities(self, niche: str) -> pd.DataFrame:
        assert self.settings is not None
        place = place_for(self.settings, make_plan(REPORT, {"niche": niche}).slug)
        now = make_clock(self.settings["CLOCK"])()
        journal = open_journal(journal_url(self.settings))
        try:
            known = journal.run(known_of, niche, place.authority_csv)
        finally:
            journal.close()
        return ranked_opportunities(known, place, now)[RANKED_COLUMNS]
