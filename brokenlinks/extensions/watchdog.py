"""Ends a run that stands still, and leaves the page that did it out of the next."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.utils.asyncio import create_looping_call

from brokenlinks.extensions.run_context import RunContext, output_folder
from brokenlinks.html.stalls import StallGuard
from brokenlinks.html.worker import unread_pages

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

MAX_STALL = 300.0
"""Seconds. A short page takes one at most, also on a machine that has better things to do."""
BEAT_INTERVAL = 1.0
STACK_LINES = 12


class Watchdog:
    """Scrapy extension: it watches from the spider's opening to its close."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Watch from the spider's opening to its close."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def spider_opened(self) -> None:
        """Start to watch, and say what the run before did not survive."""
        folder = output_folder(self._crawler.settings)
        self._guard = StallGuard(folder, RunContext.of(self._crawler).plan.slug, MAX_STALL)
        if self._guard.stack:
            logger.warning(
                "The run before this one stood still and was ended while it read %s, which is left"
                " out now. It was here:\n%s",
                self._guard.page or "something",
                "\n".join(self._guard.stack.splitlines()[:STACK_LINES]),
            )
        if self._guard.page:
            unread_pages.add(self._guard.page)
        self._loop = create_looping_call(self._guard.beat)
        self._loop.start(BEAT_INTERVAL)

    def spider_closed(self) -> None:
        """Stop: what follows is not for strangers' pages."""
        self._loop.stop()
        self._guard.close()
