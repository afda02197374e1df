"""Shows progress: a live line on a terminal, elsewhere a plain line now and then."""

from __future__ import annotations

import logging
from time import monotonic
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress import Progress as Bar
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call

from brokenlinks.extensions.run_context import RunContext
from brokenlinks.store.authority import SourceState

logger = logging.getLogger(__name__)

LIVE_INTERVAL = 0.5
"""Seconds between two updates of a live line."""


class Progress:
    """Scrapy extension; the live line goes to stderr, the results themselves to stdout."""

    def __init__(self, crawler: Crawler, interval: float, console: Console) -> None:
        self._crawler = crawler
        self._live = console.is_terminal
        self._interval = interval
        self._bar = _bar(console, MofNCompleteColumn(), TextColumn("links settled"))
        self._task = self._bar.add_task("starting", total=None)
        self._started_at = monotonic()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Show progress from the spider's opening to its close."""
        interval = crawler.settings.getfloat("PROGRESS_INTERVAL")
        extension = cls(crawler, interval, Console(stderr=True))
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def spider_opened(self) -> None:
        """Start the display."""
        self._stats = RunContext.of(self._crawler).stats
        self._bar.start()
        self._loops = [create_looping_call(self._log)]
        self._loops[0].start(self._interval, now=False)
        if self._live:
            self._loops.append(create_looping_call(self._show))
            self._loops[1].start(LIVE_INTERVAL, now=False)

    def spider_closed(self) -> None:
        """Remove the live line; the summary follows."""
        for loop in self._loops:
            if loop.running:
                loop.stop()
        self._bar.stop()

    def _show(self) -> None:
        stats = self._stats
        self._bar.update(
            self._task,
            description=self._description(),
            total=stats.links_found or None,
            completed=stats.links_settled,
        )

    def _log(self) -> None:
        stats = self._stats
        minutes, seconds = divmod(int(monotonic() - self._started_at), 60)
        line = f"{minutes}:{seconds:02d} {self._description()}"
        logger.info("%s, %d of %d links settled", line, stats.links_settled, stats.links_found)

    def _description(self) -> str:
        stats = self._stats
        pages, rejected = stats.pages_accepted, stats.pages_rejected
        return f"{pages} resource pages ({rejected} others), {stats.targets_dead} found dead"


class RowProgress:
    """Shows how much of a list was read; off a terminal, every `interval` seconds at most."""

    def __init__(self, console: Console, interval: float) -> None:
        self._console = console
        self._live = console.is_terminal
        self._interval = LIVE_INTERVAL if self._live else interval
        self._bar = _bar(console)
        self._task = self._bar.add_task("asking for the newest list", total=None)
        self._started_at = self._last_shown = monotonic()

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def show(self, state: SourceState) -> None:
        """Show how much of a list was read, unless the last update was just now."""
        now = monotonic()
        if now - self._last_shown < self._interval:
            return
        self._last_shown = now
        megabytes = state.bytes_read / 1_000_000
        line = f"{state.release}: {state.rows_read:,} rows, {megabytes:,.1f} MB"
        done, total = state.bytes_read, state.bytes_total
        if state.rows_wanted:  # how many bytes these take is not known beforehand
            done, total = state.rows_read, state.rows_wanted
        self._bar.update(self._task, description=line, completed=done, total=total)
        if not self._live:
            minutes, seconds = divmod(int(now - self._started_at), 60)
            of = f" ({done / total:.0%})" if total else ""
            self._console.print(f"{minutes:3d}:{seconds:02d}  {line}{of}", highlight=False)


def _bar(console: Console, *counts: ProgressColumn) -> Bar:
    """Return a live line, which only a terminal shows."""
    columns = (TextColumn("{task.description}"), BarColumn(), *counts, TimeElapsedColumn())
    return Bar(*columns, console=console, transient=True, disable=not console.is_terminal)
