"""Throttle: limits concurrency and spaces requests per host, then globally."""

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
"""Multiples of the usual delay, for a host that keeps refusing: more would hold up the run."""
MAX_CRAWL_DELAY = 30.0
"""Seconds; a longer Crawl-delay is cut, or one host could hold up the whole run."""
MAX_LATENCY_DELAY = 10.0
"""Seconds added at most between requests to a host that answers slowly."""


@dataclass(slots=True)
class _HostQueue:
    """A host's queue. Times are seconds on the event loop's clock."""

    semaphore: asyncio.Semaphore
    next_start: float = 0.0
    paused_until: float = 0.0
    backoff: float = 0.0
    latency_delay: float = 0.0
    crawl_delay: float = 0.0
    """Seconds between requests that robots.txt asks for."""
    pending: int = 0
    """Requests that wait or are in flight."""
    waiters: deque[asyncio.Future[None]] = field(default_factory=deque)

    def min_interval(self, delay: float) -> float:
        """Return the seconds between two requests: our delay or its Crawl-delay."""
        return max(delay, self.crawl_delay)


class _PrioritySemaphore:
    """Limits the requests in flight in all. The host with the longest queue goes first.

    The longest queue decides when the run is done: it must never wait for the others.
    """

    def __init__(self, permits: int) -> None:
        self._free = permits
        self._heap: list[tuple[int, int, _HostQueue]] = []
        """A heap of queues by their length when they were pushed."""
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
                self.release()  # granted and cancelled at once
            raise

    def enqueue(self, queue: _HostQueue) -> None:
        """Push a waiting queue with its present length."""
        if queue.waiters:
            heapq.heappush(self._heap, (-queue.pending, next(self._sequence), queue))

    def release(self) -> None:
        """Give a permit back."""
        while self._heap:
            length, _, queue = heapq.heappop(self._heap)
            if -length > queue.pending:
                self.enqueue(queue)  # it has become shorter
            elif queue.waiters:
                slot = queue.waiters.popleft()
                if not slot.done():
                    slot.set_result(None)
                    return
        self._free += 1


class Throttle:
    """Limits requests in flight per host and in all, and spaces the starts at one host.

    `per_host` and `total` are requests in flight. Pages and probes of a host start on the same
    timeline, `delay` seconds apart. A Retry-After of up to `max_wait` seconds is waited for.
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
        """Hold a slot of `host`: waits for the host first, so a slow one takes no global permit.

        Yields what `early_result` returns once the slot is free: if that is a result, nothing
        needs to be sent.
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
                # However late the request went out, the next keeps its distance from it.
                queue.next_start = max(queue.next_start, _now() + queue.min_interval(delay))
        finally:
            queue.pending -= 1

    async def acquire(self, host: str, delay: float) -> None:
        """Wait for a slot of `host` and hold it until `release`."""
        queue = self._queue_for(host)
        queue.pending += 1
        await queue.semaphore.acquire()
        await self._wait_for_start(queue, delay)

    def release(self, host: str, delay: float) -> None:
        """Free a slot; the next request keeps its distance from now."""
        queue = self._queue_for(host)
        queue.next_start = max(queue.next_start, _now() + queue.min_interval(delay))
        queue.semaphore.release()
        queue.pending -= 1

    def adjust(self, host: str, status: int | None, *, elapsed: float, retry_after: float) -> None:
        """Slow down for a host that is slow or refuses; recover when it answers well.

        `elapsed` and `retry_after` are in seconds.
        """
        queue = self._queue_for(host)
        refused = status in BACKOFF_STATUSES
        queue.backoff = min(MAX_BACKOFF, max(1.0, queue.backoff * 2)) if refused else 0.0
        queue.latency_delay = min(MAX_LATENCY_DELAY, max(0.0, elapsed - 1.0))
        if retry_after:
            queue.paused_until = _now() + retry_after

    def set_crawl_delay(self, host: str, seconds: float) -> None:
        """Keep at least so many seconds between requests to a host."""
        queue = self._queue_for(host)
        queue.crawl_delay = min(seconds, MAX_CRAWL_DELAY)
        queue.next_start = max(queue.next_start, _now() + queue.crawl_delay)

    def pause_remaining(self, host: str) -> float:
        """Return the rest of the host's pause in seconds; 0 if it is short enough to wait for."""
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
            # Woken late: the next one keeps its distance from the actual start.
            queue.next_start = max(queue.next_start, _now() + spacing)

    def _queue_for(self, host: str) -> _HostQueue:
        queue = self._queues.get(host)
        if queue is None:
            if len(self._queues) >= MAX_HOST_QUEUES:
                now = _now()
                self._queues = {  # without those that are idle
                    name: other
                    for name, other in self._queues.items()
                    if other.pending or max(other.next_start, other.paused_until) > now
                }
            queue = self._queues[host] = _HostQueue(asyncio.Semaphore(self._per_host))
        return queue


def _now() -> float:
    return asyncio.get_running_loop().time()
