"""`scrapy authority update`: how much the domains weigh that the journal knows."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from time import time
from typing import Any

from filelock import FileLock, Timeout
from rich.console import Console
from scrapy import Spider
from scrapy.commands import ScrapyCommand

from brokenlinks.authority.asking import Asking
from brokenlinks.authority.own_csv import read_own_csv
from brokenlinks.authority.rating import RatingService
from brokenlinks.authority.services import services_from
from brokenlinks.authority.update import Report, Surroundings, update_ranks
from brokenlinks.commands.checks import SettingError, check_output, check_settings
from brokenlinks.extensions.display import RowsDisplay
from brokenlinks.extensions.report_writer import file_of
from brokenlinks.extensions.run_context import journal_url
from brokenlinks.http.api import Outcome
from brokenlinks.http.network import network_of
from brokenlinks.http.service import RateBudget
from brokenlinks.http.streaming import Streaming
from brokenlinks.models.authority import NAMES, Source
from brokenlinks.store.budget import book_turn, pause_service
from brokenlinks.store.database import Journal, JournalError, open_journal
from brokenlinks.store.ratings import SourceState, domains_due, record_ratings
from brokenlinks.text.clock import Clock, make_clock

USAGE, LOCKED, PROBLEMS = 2, 4, 5
FIRST_ROWS = 1_000_000
"""Rows stored when nothing is said: about 30 MB of the list."""
MOST_ROWS = 1_000_000_000
NEEDED = ("brokenlinks.http.network.Network", "brokenlinks.http.handler.EnoughReceived")
FINE = frozenset({Outcome.OK, Outcome.EMPTY})


@dataclass(frozen=True, slots=True)
class Order:
    """What to do, where, and the lines that came of it; `rows` None: all the journal knows."""

    journal: Journal
    folder: Path
    rows: int | None
    clock: Clock
    reports: list[tuple[str, Report]]


class AuthorityUpdate(Spider):
    """Downloads the list and asks the services, through the crawl's own network."""

    name = "authority"

    def __init__(self, order: Order) -> None:
        super().__init__()
        self._order = order

    async def start(self) -> AsyncIterator[Any]:
        """Do it; nothing is crawled. A person who stops it has this cancelled."""
        order, settings = self._order, self.crawler.settings
        with RowsDisplay(Console(stderr=True), settings.getfloat("PROGRESS_INTERVAL")) as display:
            here = self._surroundings(display)
            order.reports.append((NAMES[Source.COMMON_CRAWL], await update_ranks(here, order.rows)))
        for service in services_from(settings):
            order.reports.append((NAMES[service.source], await self._rate(service)))
        pages: list[Any] = []
        for page in pages:  # Scrapy wants a generator
            yield page

    def _surroundings(self, display: RowsDisplay) -> Surroundings:
        order, settings = self._order, self.crawler.settings
        streaming = Streaming(
            self.crawler,
            timeout=settings.getfloat("SERVICE_TIMEOUT"),
            user_agent=settings["SERVICE_USER_AGENT"],
        )
        return Surroundings(
            journal=order.journal,
            folder=order.folder,
            index_url=settings["COMMONCRAWL_INDEX_URL"],
            data_url=settings["COMMONCRAWL_DATA_URL"],
            exchange=network_of(self.crawler).services.fetch,
            open_stream=streaming.open,
            clock=order.clock,
            show=display.show,
        )

    async def _rate(self, service: RatingService) -> Report:
        """Ask about the linking sites that are due, and store what each answer says at once."""
        order, settings = self._order, self.crawler.settings
        now = order.clock()
        most = settings.getint("AUTHORITY_LOOKUPS_PER_RUN")
        due = order.journal.run(domains_due, service.source, now, most)
        asking = Asking(
            service,
            exchange=network_of(self.crawler).services.fetch,
            budget=_budget(order.journal),
            clock=order.clock,
            per_second=settings.getfloat("AUTHORITY_PER_SECOND"),
        )
        state = SourceState(service.source, "", most, started_at=now, updated_at=now)
        said = Report(Outcome.EMPTY, "no linking site is due")
        async for ratings in asking.about(due):
            read = state.rows_read + len(ratings.by_domain)
            state = replace(state, rows_read=read, updated_at=order.clock())
            order.journal.run(record_ratings, ratings.by_domain, state)
            detail = f": {ratings.outcome}: {ratings.detail}" if ratings.detail else ""
            said = Report(ratings.outcome, f"{read:,} of {len(due):,} linking sites{detail}")
        return said


class Command(ScrapyCommand):
    """Fetch what says how much a domain weighs; what is known already is not asked again."""

    requires_project = True

    def syntax(self) -> str:
        """Show the arguments."""
        return "update [--rows N | --for-store]"

    def short_desc(self) -> str:
        """Show what it does."""
        return "Fetch how much domains weigh: Common Crawl's ranks, and services with a key"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the two ways of reading the list."""
        super().add_options(parser)
        parser.add_argument(
            "--rows", metavar="N", help=f"store the first N rows (default {FIRST_ROWS:,})"
        )
        parser.add_argument(
            "--for-store",
            action="store_true",
            help="read the whole list (some GB) and store the domains the journal knows",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Update, or say in one line why not."""
        assert self.settings is not None
        try:
            rows = _rows(args, opts)
            check_settings(self.settings)
            folder = check_output(self.settings)
            journal = open_journal(journal_url(self.settings))
        except (SettingError, JournalError) as error:
            self._refuse(str(error), USAGE)
            return
        order = Order(journal, folder, rows, make_clock(self.settings["CLOCK"]), [])
        try:
            with FileLock(folder / ".authority.lock", timeout=0):
                self._update(order)
        except Timeout:
            self._refuse(f"another update is at work in {folder}", LOCKED)
        finally:
            journal.close()

    def _update(self, order: Order) -> None:
        settings = self.settings
        assert settings is not None
        assert self.crawler_process is not None
        off = dict.fromkeys(settings.getdict("EXTENSIONS").keys() - set(NEEDED))
        settings.set("EXTENSIONS", settings.getdict("EXTENSIONS") | off, priority="cmdline")
        settings.set("ITEM_PIPELINES", {}, priority="cmdline")
        self.crawler_process.crawl(AuthorityUpdate, order=order)
        self.crawler_process.start()
        for source, report in order.reports:
            print(f"{source}: {report.said}")
        if own_csv := file_of(settings, "AUTHORITY_CSV"):
            own = read_own_csv(own_csv)
            print(f"own CSV column {own.column}, {own.file}: {len(own.by_domain):,} domains")
        stopped = len(order.reports) < 1 + len(services_from(settings))
        if stopped:
            print("stopped before the end; give the same command again to go on from there")
        fine = all(report.outcome in FINE for _, report in order.reports)
        self.exitcode = 0 if fine and not stopped else PROBLEMS

    def _refuse(self, message: str, code: int) -> None:
        print(f"scrapy authority: {message}", file=sys.stderr)
        self.exitcode = code


def _rows(args: list[str], opts: argparse.Namespace) -> int | None:
    """Return how many rows to store, None for all the journal knows."""
    if args != ["update"]:
        raise SettingError("say what to do: scrapy authority update")
    if opts.for_store and opts.rows is not None:
        raise SettingError("--rows and --for-store exclude each other; give one of them")
    if opts.for_store:
        return None
    text = str(FIRST_ROWS) if opts.rows is None else opts.rows.replace(",", "").replace("_", "")
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= MOST_ROWS):
        raise SettingError(f"--rows {opts.rows!r} is not a number of rows")
    return int(text)


def _budget(journal: Journal) -> RateBudget:
    async def wait(service: str, interval: float) -> None:
        await asyncio.sleep(journal.run(book_turn, service, interval, time()))

    async def pause(service: str, seconds: float) -> None:
        journal.run(pause_service, service, seconds, time())

    return RateBudget(wait, pause)
