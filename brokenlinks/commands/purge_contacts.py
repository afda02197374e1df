"""`scrapy purge-contacts`: delete the contacts that the journal keeps."""

from __future__ import annotations

import argparse
from datetime import datetime, timedelta

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from brokenlinks.commands.base import ProjectCommand, opened_store
from brokenlinks.settings_model import SettingError
from brokenlinks.store.lookups import purge_contacts
from brokenlinks.text.clock import make_clock
from brokenlinks.text.printable import show
from brokenlinks.text.urls import absolute_url, site_of

MAX_DAYS = 36_500


class Command(ProjectCommand, ScrapyCommand):
    """Delete stored contacts; the next run looks up again what it needs."""

    __module__ = "brokenlinks"
    """Not this module, under whose name (with an underscore) Scrapy would list it once more: the
    entry point in pyproject.toml gives it its name."""
    name = "purge-contacts"
    usage = "--older-than DAYS | --site HOST | --all"
    summary = "Delete the contacts that the journal keeps"
    requires_crawler_process = False

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add what to delete."""
        super().add_options(parser)
        parser.add_argument("--older-than", metavar="DAYS", help="those looked up longer ago")
        parser.add_argument("--site", metavar="HOST", help="the contact of one site")
        parser.add_argument("--all", action="store_true", help="all of them")

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Delete, and say how many."""
        if args or sum(map(bool, (opts.older_than, opts.site, opts.all))) != 1:
            raise UsageError(f"say what to delete: {self.usage}", print_help=False)
        settings = self.checked_settings()
        site = _site(opts.site) if opts.site else ""
        now = make_clock(settings["CLOCK"])()
        before = _days_ago(opts.older_than, now) if opts.older_than else None
        with opened_store(settings) as store:
            show(f"{store.run(purge_contacts, site=site, before=before)} contacts deleted")


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
