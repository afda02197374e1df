"""`scrapy export`: every link of a niche's journal as .csv, .jsonl or .parquet."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.utils.conf import arglist_to_dict

from brokenlinks.commands.checks import SettingError, check_settings
from brokenlinks.export import ENDINGS, ExportError, export_links
from brokenlinks.extensions.memory import journal_url
from brokenlinks.journal.database import JournalError, open_journal
from brokenlinks.journal.frames import links_frame
from brokenlinks.plan import PlanError, normal_niche

NOTHING_FOUND = 3


class Command(ScrapyCommand):
    """Read the journal and write one file; no network."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Show the arguments."""
        return '-a niche="home brewing" FILE'

    def short_desc(self) -> str:
        """Show what it does."""
        return f"Write every link of a niche to FILE ({', '.join(ENDINGS)})"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add `-a niche=...`, as the crawl has it."""
        super().add_options(parser)
        parser.add_argument(
            "-a", dest="spargs", action="append", default=[], metavar="NAME=VALUE", help="niche=..."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Export, or say in one line why not."""
        if len(args) != 1:
            raise UsageError("name one FILE to write", print_help=False)
        assert self.settings is not None
        try:
            niche = normal_niche(arglist_to_dict(opts.spargs).get("niche", ""))
            check_settings(self.settings)
            journal = open_journal(journal_url(self.settings))
            links = journal.run(links_frame, niche)
            export_links(links, Path(args[0]))
        except (PlanError, SettingError, JournalError, ExportError) as error:
            print(f"scrapy export: {error}", file=sys.stderr)
            self.exitcode = 2
            return
        print(f"{len(links)} links of {niche!r} written to {args[0]}")
        if links.empty:
            print(f"Nothing is known of {niche!r} yet: run scrapy crawl resources first")
            self.exitcode = NOTHING_FOUND
