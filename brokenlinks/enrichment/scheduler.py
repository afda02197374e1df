"""Look-ups beside the crawl: one scheduler, whatever the service.

The targets that most sites link to come first. What is left when the budget is used up, or when
the service does not answer, is counted in the summary and looked up by the next run: the store
knows which answers are missing.
"""

from __future__ import annotations

import asyncio
import heapq
import logging
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from brokenlinks.http.service import CircuitBreaker
from brokenlinks.models.page import OutboundLink, ResourcePage
from brokenlinks.models.run_stats import LookupService, RunStats
from brokenlinks.models.verdict import Confidence, Verdict
from brokenlinks.store.writer import StoreWriter
from brokenlinks.text.clock import Clock

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LookupContext:
    """What look-ups need of the run; `is_running` is False once the crawl is being stopped."""

    niche: str
    writer: StoreWriter
    clock: Clock
    stats: RunStats
    is_running: Callable[[], bool]


class PendingLookup(Protocol):
    """Something to look up at a service."""

    @property
    def id(self) -> int | str:
        """Unique among the look-ups at the same service."""

    @property
    def demand(self) -> int:
        """How many sites link to it."""


Q = TypeVar("Q", bound=PendingLookup)


class Enricher(ABC, Generic[Q]):
    """Looks things up at one service, stores the answers and counts them."""

    service: LookupService
    concurrency = 1
    """Look-ups in progress at the same time."""
    max_failures = sys.maxsize
    """Unanswered look-ups in a row after which the rest are left to the next run.

    No limit where each look-up asks other servers.
    """

    def __init__(self, context: LookupContext) -> None:
        self.context = context
        self.stats = context.stats.lookups[self.service]

    @property
    def paused(self) -> bool:
        """Whether the service wants a pause that is longer than a crawl should wait."""
        return False

    @abstractmethod
    async def pending(self, target_ids: Sequence[int] | None) -> list[Q]:
        """Return what the store has no answer for, of these targets or (None) of all."""

    @abstractmethod
    async def look_up(self, pending: Q) -> bool:
        """Look one up, count the outcome and store it; return whether the service answered."""

    def should_defer(self, pending: Q) -> bool:  # noqa: ARG002 - for services with several servers
        """Whether to leave a look-up to the next run because its server does not answer."""
        return False

    async def observe(self, page: ResourcePage) -> None:
        """Keep what a later look-up needs from the page, before its markup is dropped."""


class LookupScheduler(Generic[Q]):
    """Runs an enricher's look-ups, `budget` of them at most."""

    def __init__(self, enricher: Enricher[Q], budget: int) -> None:
        self._enricher = enricher
        self._budget_left = budget
        enricher.stats.forbidden = not budget
        self._breaker = CircuitBreaker(enricher.max_failures)
        self._queue: list[tuple[int, int | str, Q]] = []
        self._queued: set[int | str] = set()
        self._worker: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Queue what earlier runs have left."""
        self._push(await self._enricher.pending(None))

    async def add_page(self, page: ResourcePage) -> None:
        """Queue what is to be looked up about a page's targets, and return at once."""
        if not self._may_look_up():
            return
        await self._enricher.observe(page)
        if ids := list(_not_clearly_alive(page.links)):
            self._push(await self._enricher.pending(ids))
        self.keep_working()

    def keep_working(self) -> bool:
        """Start the worker if there is work; return whether the crawl should stay open for it."""
        if self._queue and self._worker is None and self._may_look_up():
            self._worker = asyncio.ensure_future(self._work())
        return self._worker is not None and not self._enricher.paused

    async def close(self) -> None:
        """Stop, and count what is left."""
        if self._worker is not None:
            self._worker.cancel()
        self._enricher.stats.left = len(await self._enricher.pending(None))

    def _may_look_up(self) -> bool:
        is_left_alone = self._breaker.is_open(self._enricher.service)
        return self._budget_left > 0 and not is_left_alone and self._enricher.context.is_running()

    def _push(self, lookups: Iterable[Q]) -> None:
        for pending in lookups:
            if pending.id not in self._queued:
                self._queued.add(pending.id)
                heapq.heappush(self._queue, (-pending.demand, pending.id, pending))

    async def _work(self) -> None:
        try:
            while batch := self._next_batch():
                await asyncio.gather(*map(self._look_up, batch))
        finally:
            self._worker = None

    def _next_batch(self) -> list[Q]:
        batch: list[Q] = []
        while self._queue and self._may_look_up() and len(batch) < self._enricher.concurrency:
            pending = heapq.heappop(self._queue)[-1]
            if not self._enricher.should_defer(pending):
                self._budget_left -= 1
                batch.append(pending)
        return batch

    async def _look_up(self, pending: Q) -> None:
        try:
            answered = await self._enricher.look_up(pending)
        except Exception:  # one failure must not keep the others from being looked up
            logger.exception(
                "The %s look-up of %s failed; the next run tries again",
                self._enricher.service,
                pending.id,
            )
        else:
            self._breaker.record(self._enricher.service, answered=answered)


def _not_clearly_alive(links: Iterable[OutboundLink]) -> Iterator[int]:
    """Yield the targets that may be dead: nothing needs to be looked up about the others."""
    for link in links:
        if link.target_id is None or link.judgement is None:
            continue
        verdict, confidence = link.judgement.verdict, link.judgement.confidence
        if verdict is not Verdict.ALIVE or confidence is Confidence.LOW:
            yield link.target_id
