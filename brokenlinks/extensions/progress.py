"""Shows long work: a live line on a terminal, a plain line now and then anywhere else."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from scrapy import signals
from scrapy.utils.asyncio import create_looping_call

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

LIVE_INTERVAL = 0.5
DEAD = ("dead_gone", "dead_domain", "dead_host")


class Progress:
    """Scrapy extension that writes to stderr; the results themselves go to stdout."""

    def __init__(self, stats: StatsCollector, interval: float, console: Console) -> None:
        self._stats = stats
        self._console = console
        self._live = console.is_terminal
        self._interval = LIVE_INTERVAL if self._live else interval
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("links settled"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not self._live,
        )
        self._task = self._bar.add_task("starting", total=None)
        self._began = monotonic()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Show progress from the spider's opening to its close."""
        interval = crawler.settings.getfloat("PROGRESS_INTERVAL")
        extension = cls(crawler.stats, interval, Console(stderr=True))
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def spider_opened(self) -> None:
        """Start the display."""
        self._bar.start()
        self._loop = create_looping_call(self._show)
        self._loop.start(self._interval, now=False)

    def spider_closed(self) -> None:
        """Take the live line away; the summary follows."""
        if self._loop.running:
            self._loop.stop()
        self._bar.stop()

    def _show(self) -> None:
        found, settled = self._count("links/found"), self._count("links/settled")
        pages, rejected = self._count("pages/accepted"), self._count("pages/rejected")
        dead = sum(self._count(f"verdict/{verdict}") for verdict in DEAD)
        said = f"{pages} resource pages ({rejected} others), {dead} dead"
        self._bar.update(self._task, description=said, total=found or None, completed=settled)
        if not self._live:
            minutes, seconds = divmod(int(monotonic() - self._began), 60)
            self._console.print(
                f"{minutes:3d}:{seconds:02d}  {said}, {settled} of {found} links settled",
                highlight=False,
            )

    def _count(self, name: str) -> int:
        return int(self._stats.get_value(f"brokenlinks/{name}", 0))
