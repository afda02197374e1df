"""Whose turn it is: the manners of the program, per host first, then for all together."""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import TypeVar

T = TypeVar("T")

MAX_HOST_QUEUES = 20_000
BACKOFF_STATUSES = frozenset({403, 420, 429, 503})
MAX_BACKOFF = 8.0
"""How many times the usual delay a host that keeps refusing is given."""
MAX_CRAWL_DELAY = 30.0
"""Seconds at most that a host may wish requests to be apart."""
MAX_LATENCY_DELAY = 10.0
"""Seconds added at most between two requests to a host that answers slowly."""


@dataclass(slots=True)
class _HostQueue:
    """One host's queue. Moments are seconds on the event loop's clock."""

    semaphore: asyncio.Semaphore
    next_start: float = 0.0
    paused_until: float = 0.0
    backoff: float = 0.0
    latency_delay: float = 0.0
    crawl_delay: float = 0.0
    """Seconds between two requests that the host's robots.txt asks for."""
    pending: int = 0
    """Requests that wait or are under way."""
    waiters: deque[asyncio.Future[None]] = field(default_factory=deque)

    def min_interval(self, delay: float) -> float:
        """Return how many seconds two requests must be apart: our delay, or what it wishes."""
        return max(delay, self.crawl_delay)


class _PrioritySemaphore:
    """Bounds what is in flight in all. The host with the most waiting goes first.

    The longest queue sets when everything is done: it must never wait for the others.
    """

    def __init__(self, permits: int) -> None:
        self._free = permits
        self._heap: list[tuple[int, int, _HostQueue]] = []
        """A heap of lanes by how long they were when they began to wait, or grew since."""
        self._sequence = count()

    async def acquire(self, queue: _HostQueue) -> None:
        """Wait for a permit."""
        if self._free > 0:
            self._free -= 1
            return
        slot: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.waiters.append(slot)
        self.enqueue(queue)
        try:
            await slot
        except asyncio.CancelledError:
            if slot.done() and not slot.cancelled():
                self.release()  # it came together with the cancellation
            raise

    def enqueue(self, queue: _HostQueue) -> None:
        """Take down how long a lane is that waits for a permit."""
        if queue.waiters:
            heapq.heappush(self._heap, (-queue.pending, next(self._sequence), queue))

    def release(self) -> None:
        """Give a permit back."""
        while self._heap:
            length, _, queue = heapq.heappop(self._heap)
            if -length > queue.pending:
                self.enqueue(queue)  # it has become shorter since
            elif queue.waiters:
                slot = queue.waiters.popleft()
                if not slot.done():
                    slot.set_result(None)
                    return
        self._free += 1


class Throttle:
    """Bounds requests in flight per host and in all, and spaces the starts of one host.

    `per_host` and `total` are requests in flight. Every request to a host, page or probe,
    books its start on the same timeline, `delay` seconds apart. `max_wait` is how many seconds
    of a host's Retry-After are waited for.
    """

    def __init__(self, *, per_host: int, total: int, max_wait: float) -> None:
        self._per_host = per_host
        self._max_wait = max_wait
        self._permits = _PrioritySemaphore(total)
        self._queues: dict[str, _HostQueue] = {}

    @asynccontextmanager
    async def slot(
        self, host: str, delay: float, early_result: Callable[[], T | None]
    ) -> AsyncIterator[T | None]:
        """Hold a turn at `host`: waits for the host first, so a slow one takes no global permit.

        `early_result` is called when the slot is free: much may have happened meanwhile. If it
        returns a result, that stands for the answer and nothing is sent.
        """
        queue = self._queue_for(host)
        queue.pending += 1
        self._permits.enqueue(queue)
        try:
            async with queue.semaphore:
                settled = early_result()
                if settled is not None:
                    yield settled
                    return
                await self._wait_for_start(queue, delay)
                await self._permits.acquire(queue)
                try:
                    yield early_result()
                finally:
                    self._permits.release()
                # Whatever held the request up on our side, the next keeps its distance from it.
                queue.next_start = max(queue.next_start, _now() + queue.min_interval(delay))
        finally:
            queue.pending -= 1

    async def acquire(self, host: str, delay: float) -> None:
        """Wait for a turn at `host` and hold it; whoever enters must `release`."""
        queue = self._queue_for(host)
        queue.pending += 1
        await queue.semaphore.acquire()
        await self._wait_for_start(queue, delay)

    def release(self, host: str, delay: float) -> None:
        """Give a turn back; the next keeps its distance from now."""
        queue = self._queue_for(host)
        queue.next_start = max(queue.next_start, _now() + queue.min_interval(delay))
        queue.semaphore.release()
        queue.pending -= 1

    def adjust(self, host: str, status: int | None, *, elapsed: float, retry_after: float) -> None:
        """Slow down for a host that answers slowly or refuses; recover when it answers well.

        `elapsed` and `retry_after` are in seconds; the latter is how long to leave it alone.
        """
        queue = self._queue_for(host)
        refused = status in BACKOFF_STATUSES
        queue.backoff = min(MAX_BACKOFF, max(1.0, queue.backoff * 2)) if refused else 0.0
        queue.latency_delay = min(MAX_LATENCY_DELAY, max(0.0, elapsed - 1.0))
        if retry_after:
            queue.paused_until = _now() + retry_after

    def set_crawl_delay(self, host: str, seconds: float) -> None:
        """Keep at least so many seconds between two requests to a host, as it wishes."""
        queue = self._queue_for(host)
        queue.crawl_delay = min(seconds, MAX_CRAWL_DELAY)
        queue.next_start = max(queue.next_start, _now() + queue.crawl_delay)

    def pause_remaining(self, host: str) -> float:
        """Return for how many seconds `host` wants to be left alone; 0 when it is worth waiting."""
        queue = self._queues.get(host)
        rest = queue.paused_until - _now() if queue else 0.0
        return rest if rest > self._max_wait else 0.0

    async def _wait_for_start(self, queue: _HostQueue, delay: float) -> None:
        now = _now()
        start = max(now, queue.next_start, min(queue.paused_until, now + self._max_wait))
        spacing = queue.min_interval(delay) * (1 + queue.backoff) + queue.latency_delay
        queue.next_start = start + spacing
        if start > now:
            await asyncio.sleep(start - now)
            # Woken late, the next one must keep its distance from this start, not from the plan.
            queue.next_start = max(queue.next_start, _now() + spacing)

    def _queue_for(self, host: str) -> _HostQueue:
        queue = self._queues.get(host)
        if queue is None:
            if len(self._queues) >= MAX_HOST_QUEUES:
                self._evict_idle_queues()
            queue = self._queues[host] = _HostQueue(asyncio.Semaphore(self._per_host))
        return queue

    def _evict_idle_queues(self) -> None:
        now = _now()
        self._queues = {
            host: queue
            for host, queue in self._queues.items()
            if queue.pending or max(queue.next_start, queue.paused_until) > now
        }


def _now() -> float:
    return asyncio.get_running_loop().time()
