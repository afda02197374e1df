"""`scrapy purge-contacts`: delete what the journal knows of people and their addresses."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime, timedelta

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from sqlalchemy import Connection

from brokenlinks.commands.checks import check_settings
from brokenlinks.extensions.run_context import journal_url
from brokenlinks.settings_model import SettingError
from brokenlinks.store.contacts import purge_contacts
from brokenlinks.store.database import StoreError, open_store
from brokenlinks.text.clock import make_clock
from brokenlinks.text.urls import absolute_url, site_of

USAGE = 2
MAX_DAYS = 36_500


class Command(ScrapyCommand):
    """Delete stored contacts; the next run looks up again what it needs."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Show the arguments."""
        return "--older-than DAYS | --site HOST | --all"

    def short_desc(self) -> str:
        """Show what it does."""
        return "Delete the contacts that the journal keeps"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add what to delete."""
        super().add_options(parser)
        parser.add_argument("--older-than", metavar="DAYS", help="those looked up longer ago")
        parser.add_argument("--site", metavar="HOST", help="the contact of one site")
        parser.add_argument("--all", action="store_true", help="all of them")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Delete, and say how many."""
        if args or sum(map(bool, (opts.older_than, opts.site, opts.all))) != 1:
            raise UsageError(f"say what to delete: {self.syntax()}", print_help=False)
        assert self.settings is not None
        try:
            check_settings(self.settings)
            site = _site(opts.site) if opts.site else ""
            before = _days_ago(opts.older_than, self._now()) if opts.older_than else None
            store = open_store(journal_url(self.settings))
        except (ValueError, StoreError) as error:
            print(f"scrapy purge-contacts: {error}", file=sys.stderr)
            self.exitcode = USAGE
            return

        def purge(connection: Connection) -> int:
            return purge_contacts(connection, site=site, before=before)

        print(f"{store.run(purge)} contacts deleted")
        store.close()

    def _now(self) -> datetime:
        assert self.settings is not None
        return make_clock(self.settings["CLOCK"])()


def _site(text: str) -> str:
    """Return whose site a host or address is. Raises SettingError when it is neither."""
    url = absolute_url("", text if "://" in text else f"http://{text}")
    if url is None:
        raise SettingError(f"--site {text!r} is not a host")
    return site_of(url)


def _days_ago(text: str, now: datetime) -> datetime:
    """Return the moment so many days ago. Raises SettingError when it is no such number."""
    if not (text.isdecimal() and int(text) <= MAX_DAYS):
        raise SettingError(f"--older-than {text!r} is not a number of days")
    return now - timedelta(days=int(text))
