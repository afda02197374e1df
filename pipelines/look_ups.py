"""What the look-ups of dead targets have in common, whoever is asked about them."""

from __future__ import annotations

import asyncio
import heapq
import logging
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from scrapy import signals
from scrapy.exceptions import DontCloseSpider

from brokenlinks.models.page import OutboundLink, ResourcePage
from brokenlinks.models.verdict import Confidence, Verdict

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


class PendingLookup(Protocol):
    """What a service is to be asked about."""

    @property
    def id(self) -> int | str:
        """Tells it from others of its kind."""

    @property
    def demand(self) -> int:
        """How many sites link to it."""


Q = TypeVar("Q", bound=PendingLookup)


class LookupScheduler(ABC, Generic[Q]):
    """Passes items on at once; its worker keeps the crawl open until the look-ups are done.

    The most linked-to come first. What is left when the budget ends, or when the service does not
    answer, is counted in the summary and taken up by the next run: the journal knows about whom
    nobody was asked. `name` names the service in the stats.
    """

    name: str
    concurrency = 1
    """Look-ups under way at the same time."""

    def __init__(self, crawler: Crawler, max_lookups: int) -> None:
        self._crawler = crawler
        self._lookups_left = max_lookups
        self._queue: list[tuple[int, int | str, Q]] = []
        self._queued: set[int | str] = set()
        self._worker: asyncio.Task[None] | None = None
        crawler.signals.connect(self.spider_idle, signal=signals.spider_idle)

    @abstractmethod
    async def load_pending(self, target_ids: Sequence[int] | None) -> list[Q]:
        """Return what the journal lacks an answer about, for these targets or for all."""

    @abstractmethod
    async def look_up(self, pending: Q) -> None:
        """Ask, count how it went, and keep the answer."""

    def should_defer(self, pending: Q) -> bool:  # noqa: ARG002 - for those whose services need it
        """Tell whether to leave a question to the next run, as the service is better not asked."""
        return False

    @property
    def paused(self) -> bool:
        """Whether the worker is waiting for longer than a crawl should."""
        return False

    async def open_spider(self) -> None:
        """Take up what earlier runs left over."""
        self._push(await self.load_pending(None))

    async def process_item(self, item: object) -> object:
        """Queue what the page's targets ask."""
        if isinstance(item, ResourcePage):
            ids = list(_not_clearly_alive(item.links))
            if ids:
                self._push(await self.load_pending(ids))
            self._start_worker()
        return item

    def spider_idle(self) -> None:
        """Keep the spider open while the service is being asked, but not to wait out a pause."""
        self._start_worker()
        if self._worker is not None and not self.paused:
            raise DontCloseSpider

    async def close_spider(self) -> None:
        """Stop asking, and count what is left."""
        if self._worker is not None:
            self._worker.cancel()
        left = await self.load_pending(None)
        self._crawler.stats.set_value(f"brokenlinks/{self.name}/left", len(left))

    def count(self, outcome: str, problem: str) -> None:
        """Count a look-up for the summary, and keep what kept it from an answer."""
        self._crawler.stats.inc_value(f"brokenlinks/{self.name}/{outcome}")
        if problem:
            self._crawler.stats.set_value(f"brokenlinks/{self.name}/problem", problem)

    def _push(self, found: Iterable[Q]) -> None:
        for pending in found:
            if pending.id not in self._queued:
                self._queued.add(pending.id)
                heapq.heappush(self._queue, (-pending.demand, pending.id, pending))

    def _start_worker(self) -> None:
        if self._queue and self._worker is None and self._can_look_up():
            self._worker = asyncio.ensure_future(self._run_worker())

    def _can_look_up(self) -> bool:
        return self._lookups_left > 0 and self._crawler.engine.running

    async def _run_worker(self) -> None:
        try:
            while batch := self._next_batch():
                await asyncio.gather(*map(self._try_look_up, batch))
        finally:
            self._worker = None

    async def _try_look_up(self, pending: Q) -> None:
        """Look one up; what it trips over is no reason to leave the others unasked."""
        try:
            await self.look_up(pending)
        except Exception:
            logger.exception(
                "The %s look-up of %s failed; the next run asks again", self.name, pending.id
            )

    def _next_batch(self) -> list[Q]:
        """Take the next questions off the queue."""
        batch: list[Q] = []
        while self._queue and self._can_look_up() and len(batch) < self.concurrency:
            pending = heapq.heappop(self._queue)[-1]
            if not self.should_defer(pending):
                self._lookups_left -= 1
                batch.append(pending)
        return batch


def _not_clearly_alive(links: Iterable[OutboundLink]) -> Iterator[int]:
    """Yield the targets that do not plainly live: about the others nobody has to be asked."""
    for link in links:
        if link.target_id is None or link.judgement is None:
            continue
        verdict, confidence = link.judgement.verdict, link.judgement.confidence
        if verdict is not Verdict.ALIVE or confidence is Confidence.LOW:
            yield link.target_id
