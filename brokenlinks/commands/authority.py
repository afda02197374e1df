"""`scrapy authority update`: fetches how much the domains in the journal weigh."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from rich.console import Console
from scrapy.commands import ScrapyCommand
from scrapy.crawler import Crawler

from brokenlinks.authority import UpdateContext, UpdateResult, update_ranks
from brokenlinks.authority.own_metric import read_own_metric
from brokenlinks.authority.services import RatingService, fetch_ratings, services_from
from brokenlinks.commands.base import ProjectCommand, check_output, opened_store
from brokenlinks.extensions.progress import RowProgress
from brokenlinks.extensions.report_writer import path_from_setting
from brokenlinks.extensions.run_context import service_client
from brokenlinks.http.network import Network
from brokenlinks.http.service import Outcome
from brokenlinks.models.lookups import SOURCE_NAMES, Source
from brokenlinks.models.run_stats import ExitCode
from brokenlinks.settings_model import SettingError
from brokenlinks.store.authority import SourceState, domains_due, record_ratings
from brokenlinks.store.database import Store
from brokenlinks.store.locks import LockedError
from brokenlinks.text.clock import Clock, make_clock
from brokenlinks.text.printable import show

DEFAULT_ROWS = 1_000_000
"""Rows stored unless the user asks for others: about 30 MB of the list."""
MAX_ROWS = 1_000_000_000
SUCCESS = frozenset({Outcome.OK, Outcome.EMPTY})


@dataclass(frozen=True, slots=True)
class UpdateJob:
    """Downloads the list and asks the services, through a crawl's network.

    `rows` is how many rows of the list to store, None for the domains the journal knows;
    `results` are added as they come, by the name of the source.
    """

    store: Store
    folder: Path
    rows: int | None
    clock: Clock
    results: list[tuple[str, UpdateResult]] = field(default_factory=list)

    async def run(self, crawler: Crawler) -> None:
        """Do the job."""
        settings, services = crawler.settings, Network.of(crawler).services
        with RowProgress(Console(stderr=True), settings.getfloat("PROGRESS_INTERVAL")) as display:
            context = UpdateContext(
                store=self.store,
                folder=self.folder,
                index_url=settings["COMMONCRAWL_INDEX_URL"],
                data_url=settings["COMMONCRAWL_DATA_URL"],
                exchange=services.fetch,
                open_stream=services.stream,
                clock=self.clock,
                show=display.show,
            )
            ranks = await update_ranks(context, self.rows)
            self.results.append((SOURCE_NAMES[Source.COMMON_CRAWL], ranks))
        for service in services_from(settings):
            rated = await self._rate(crawler, service)
            self.results.append((SOURCE_NAMES[service.source], rated))

    async def _rate(self, crawler: Crawler, service: RatingService) -> UpdateResult:
        """Ask about the linking sites that are due, and store each answer as it comes."""
        settings, now = crawler.settings, self.clock()
        most = settings.getint("AUTHORITY_LOOKUPS_PER_RUN")
        due = self.store.run(domains_due, service.source, now, most)
        client = service_client(crawler, self._run_in_store, self.clock)
        per_second = settings.getfloat("AUTHORITY_PER_SECOND")
        state = SourceState(service.source, "", most, started_at=now, updated_at=now)
        result = UpdateResult(Outcome.EMPTY, "no linking site is due")
        async for ratings in fetch_ratings(service, due, client, per_second=per_second):
            rows_read = state.rows_read + len(ratings.by_domain)
            state = replace(state, rows_read=rows_read, updated_at=self.clock())
            self.store.run(record_ratings, ratings.by_domain, state)
            detail = f": {ratings.outcome}: {ratings.detail}" if ratings.detail else ""
            result = UpdateResult(
                ratings.outcome, f"{rows_read:,} of {len(due):,} linking sites{detail}"
            )
        return result

    async def _run_in_store(self, work: Callable[..., Any], *args: Any) -> Any:
        return self.store.run(work, *args)


class Command(ProjectCommand, ScrapyCommand):
    """Fetch how much domains weigh; what is known already is not fetched again."""

    name = "authority"
    usage = "update [--rows N | --for-store]"
    summary = "Fetch how much domains weigh: Common Crawl's ranks, and services with a key"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add how much of the list to read."""
        super().add_options(parser)
        parser.add_argument(
            "--rows", metavar="N", help=f"store the first N rows (default {DEFAULT_ROWS:,})"
        )
        parser.add_argument(
            "--for-store",
            action="store_true",
            help="read the whole list (some GB) and store the domains the journal knows",
        )

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Update."""
        rows, settings = _rows(args, opts), self.checked_settings()
        folder = check_output(settings)
        with opened_store(settings) as store:
            job = UpdateJob(store, folder, rows, make_clock(settings["CLOCK"]))
            try:
                with FileLock(folder / ".authority.lock", timeout=0):
                    self.run_on_network(job.run)
            except Timeout:
                raise LockedError(f"another update is at work in {folder}") from None
        for source, result in job.results:
            show(f"{source}: {result.message}")
        if own_csv := path_from_setting(settings, "AUTHORITY_CSV"):
            own = read_own_metric(own_csv)
            show(f"own CSV column {own.column}, {own.file}: {len(own.by_domain):,} domains")
        stopped = len(job.results) < 1 + len(services_from(settings))
        if stopped:
            show("stopped before the end; give the same command again to continue")
        if stopped or not all(result.outcome in SUCCESS for _, result in job.results):
            self.exitcode = ExitCode.PROBLEMS


def _rows(args: list[str], opts: argparse.Namespace) -> int | None:
    """Return how many rows to store, None for the domains in the journal."""
    if args != ["update"]:
        raise SettingError("say what to do: scrapy authority update")
    if opts.for_store and opts.rows is not None:
        raise SettingError("give either --rows or --for-store, not both")
    if opts.for_store:
        return None
    text = str(DEFAULT_ROWS) if opts.rows is None else opts.rows.replace(",", "").replace("_", "")
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= MAX_ROWS):
        raise SettingError(f"--rows {opts.rows!r} is not a number of rows")
    return int(text)
