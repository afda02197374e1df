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

from brokenlinks.authority.asking import RatingClient
from brokenlinks.authority.own_metric import read_own_metric
from brokenlinks.authority.rating import RatingService
from brokenlinks.authority.services import services_from
from brokenlinks.authority.update import UpdateContext, UpdateResult, update_ranks
from brokenlinks.commands.checks import check_output, check_settings
from brokenlinks.extensions.display import RowProgress
from brokenlinks.extensions.report_writer import path_from_setting
from brokenlinks.extensions.run_context import journal_url
from brokenlinks.http.network import network_of
from brokenlinks.http.service import Outcome, RateLimiter
from brokenlinks.models.authority import SOURCE_NAMES, Source
from brokenlinks.settings_model import SettingError
from brokenlinks.store.database import Store, StoreError, open_store
from brokenlinks.store.lookups import pause_service, reserve_slot
from brokenlinks.store.ratings import SourceState, domains_due, record_ratings
from brokenlinks.text.clock import Clock, make_clock

USAGE, LOCKED, PROBLEMS = 2, 4, 5
DEFAULT_ROWS = 1_000_000
"""Rows stored when nothing is said: about 30 MB of the list."""
MAX_ROWS = 1_000_000_000
SUCCESS = frozenset({Outcome.OK, Outcome.EMPTY})


@dataclass(frozen=True, slots=True)
class UpdateJob:
    """What to do, where, and the lines that came of it; `rows` None: all the journal knows."""

    store: Store
    folder: Path
    rows: int | None
    clock: Clock
    reports: list[tuple[str, UpdateResult]]


class AuthorityUpdate(Spider):
    """Downloads the list and asks the services, through the crawl's own network."""

    name = "authority"

    def __init__(self, job: UpdateJob) -> None:
        super().__init__()
        self._job = job

    async def start(self) -> AsyncIterator[Any]:
        """Do it; nothing is crawled. A person who stops it has this cancelled."""
        job, settings = self._job, self.crawler.settings
        with RowProgress(Console(stderr=True), settings.getfloat("PROGRESS_INTERVAL")) as display:
            here = self._surroundings(display)
            job.reports.append(
                (SOURCE_NAMES[Source.COMMON_CRAWL], await update_ranks(here, job.rows))
            )
        for service in services_from(settings):
            job.reports.append((SOURCE_NAMES[service.source], await self._rate(service)))
        pages: list[Any] = []
        for page in pages:  # Scrapy wants a generator
            yield page

    def _surroundings(self, display: RowProgress) -> UpdateContext:
        job, settings = self._job, self.crawler.settings
        services = network_of(self.crawler).services
        return UpdateContext(
            store=job.store,
            folder=job.folder,
            index_url=settings["COMMONCRAWL_INDEX_URL"],
            data_url=settings["COMMONCRAWL_DATA_URL"],
            exchange=services.fetch,
            open_stream=services.stream,
            clock=job.clock,
            show=display.show,
        )

    async def _rate(self, service: RatingService) -> UpdateResult:
        """Ask about the linking sites that are due, and store what each answer says at once."""
        job, settings = self._job, self.crawler.settings
        now = job.clock()
        most = settings.getint("AUTHORITY_LOOKUPS_PER_RUN")
        due = job.store.run(domains_due, service.source, now, most)
        asking = RatingClient(
            service,
            exchange=network_of(self.crawler).services.fetch,
            budget=_budget(job.store),
            clock=job.clock,
            per_second=settings.getfloat("AUTHORITY_PER_SECOND"),
        )
        state = SourceState(service.source, "", most, started_at=now, updated_at=now)
        said = UpdateResult(Outcome.EMPTY, "no linking site is due")
        async for ratings in asking.fetch_ratings(due):
            read = state.rows_read + len(ratings.by_domain)
            state = replace(state, rows_read=read, updated_at=job.clock())
            job.store.run(record_ratings, ratings.by_domain, state)
            detail = f": {ratings.outcome}: {ratings.detail}" if ratings.detail else ""
            said = UpdateResult(ratings.outcome, f"{read:,} of {len(due):,} linking sites{detail}")
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
            "--rows", metavar="N", help=f"store the first N rows (default {DEFAULT_ROWS:,})"
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
            store = open_store(journal_url(self.settings))
        except (SettingError, StoreError) as error:
            self._fail(str(error), USAGE)
            return
        job = UpdateJob(store, folder, rows, make_clock(self.settings["CLOCK"]), [])
        try:
            with FileLock(folder / ".authority.lock", timeout=0):
                self._update(job)
        except Timeout:
            self._fail(f"another update is at work in {folder}", LOCKED)
        finally:
            store.close()

    def _update(self, job: UpdateJob) -> None:
        settings = self.settings
        assert settings is not None
        assert self.crawler_process is not None
        settings.set("ADDONS", {"brokenlinks.addon.NetworkAddon": 0}, priority="cmdline")
        self.crawler_process.crawl(AuthorityUpdate, job=job)
        self.crawler_process.start()
        for source, report in job.reports:
            print(f"{source}: {report.message}")
        if own_csv := path_from_setting(settings, "AUTHORITY_CSV"):
            own = read_own_metric(own_csv)
            print(f"own CSV column {own.column}, {own.file}: {len(own.by_domain):,} domains")
        stopped = len(job.reports) < 1 + len(services_from(settings))
        if stopped:
            print("stopped before the end; give the same command again to go on from there")
        fine = all(report.outcome in SUCCESS for _, report in job.reports)
        self.exitcode = 0 if fine and not stopped else PROBLEMS

    def _fail(self, message: str, code: int) -> None:
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
    text = str(DEFAULT_ROWS) if opts.rows is None else opts.rows.replace(",", "").replace("_", "")
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= MAX_ROWS):
        raise SettingError(f"--rows {opts.rows!r} is not a number of rows")
    return int(text)


def _budget(store: Store) -> RateLimiter:
    async def wait(service: str, interval: float) -> None:
        await asyncio.sleep(store.run(reserve_slot, service, interval, time()))

    async def pause(service: str, seconds: float) -> None:
        store.run(pause_service, service, seconds, time())

    return RateLimiter(wait, pause)
