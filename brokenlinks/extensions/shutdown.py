"""Ends a stopped crawl at once: Scrapy 2.19 would wait for responses that are no longer needed."""

from __future__ import annotations

import signal
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call

from brokenlinks.http.network import Network

CHECK_INTERVAL = 0.2
"""Seconds between two checks whether all work is done."""


class Shutdown:
    """Scrapy extension: a stopped crawl waits neither for responses nor for finished pages.

    A terminal that is closed stops it as SIGTERM does, which Scrapy sees to.

    Scrapy checks whether it can close after each response. Pages that a spider yields from
    `start()` have none, so the end of the last of them goes unnoticed.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._loop = create_looping_call(self._close_when_idle)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Check from the spider's opening to its close."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def spider_opened(self) -> None:
        """Start checking."""
        self._loop.start(CHECK_INTERVAL, now=False)
        # `nohup` ignores the signal for us; Windows has none.
        if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:
            signal.signal(signal.SIGHUP, self._terminate)

    def spider_closed(self) -> None:
        """Stop checking."""
        self._loop.stop()

    def _terminate(self, *_: object) -> None:
        """Pass a first SIGHUP on as SIGTERM: a second SIGTERM would end the program at once."""
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # the terminal and its shell send one each
        if self._crawler.crawling:
            signal.raise_signal(signal.SIGTERM)

    def _close_when_idle(self) -> None:
        engine: Any = self._crawler.engine
        if not engine.running:
            Network.of(self._crawler).client.abort_requests()  # the responses would not be used
        slot = engine.scraper.slot
        if slot is not None and slot.closing and not slot.closing.called and slot.is_idle():
            slot.closing.callback(self._crawler.spider)
