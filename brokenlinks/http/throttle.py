"""Throttle: limits concurrency and spaces requests per host, site and address, then globally."""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from math import inf
from typing import TypeVar

from brokenlinks.text.urls import site_of_host

T = TypeVar("T")
L = TypeVar("L", bound="_Lane")

MAX_LANES = 20_000
BACKOFF_STATUSES = frozenset({403, 420, 429, 503})
MAX_BACKOFF = 8.0
"""Multiples of the usual delay, for a host that keeps refusing: more would hold up the run."""
MAX_CRAWL_DELAY = 30.0
"""Seconds; a longer Crawl-delay is cut, or one host could hold up the whole run."""
MAX_LATENCY_DELAY = 10.0
"""Seconds added at most between requests to a host that answers slowly."""
PER_ADDRESS = 4
"""Requests in flight at one address: a server that hosts hundreds of small sites has a few
processes to answer for all of them."""
MAX_HOLD, YIELD_TIME = 180.0, 1.0
"""Seconds a run with work holds a site's turn, and leaves it to other runs after that."""
RETURN_INTERVAL = 2.0
"""Seconds between two looks at which turns are no longer needed."""


@dataclass(slots=True)
class _Lane:
    """Requests that are spaced together. Times are seconds on the event loop's clock."""

    semaphore: asyncio.Semaphore
    starting: asyncio.Lock = field(default_factory=asyncio.Lock)
    next_start: float = 0.0
    pending: int = 0
    """Requests that wait or are in flight."""

    @property
    def is_idle(self) -> bool:
        """Whether nothing would be lost if the lane were forgotten."""
        return not self.pending and self.next_start <= _now()

    async def enter(self, interval: float) -> None:
        """Wait for a start that is `interval` seconds after the one before, and take it."""
        self.pending += 1
        try:
            await self.semaphore.acquire()
        except asyncio.CancelledError:
            self.pending -= 1
            raise
        try:
            async with self.starting:  # one after the other: whoever wakes late delays the next
                await self.wait_for_start(interval)
        except BaseException:
            self.leave(0.0)
            raise

    def leave(self, interval: float) -> None:
        """Let the next one start, `interval` seconds from now: however late this one went out."""
        self.next_start = max(self.next_start, _now() + interval)
        self.semaphore.release()
        self.pending -= 1

    async def wait_for_start(self, spacing: float, not_before: float = 0.0) -> None:
        """Take the next start, and wait for it."""
        now = _now()
        start = max(now, self.next_start, not_before)
        self.next_start = start + spacing
        if start > now:
            await asyncio.sleep(start - now)
            # Woken late: the next one keeps its distance from the actual start.
            self.next_start = max(self.next_start, _now() + spacing)


@dataclass(slots=True)
class _SiteLane(_Lane):
    """The lane of all hosts of a site, whose turn is shared with other runs."""

    held_until: float = -inf
    """When the turn is given back, so that others get theirs."""
    users: int = 0
    """Links that are being checked there, whether or not one has a request under way."""
    taking: asyncio.Lock = field(default_factory=asyncio.Lock)
    handovers: int = 0
    """How often the turn came from another run."""

    @property
    def is_idle(self) -> bool:
        """Whether nothing would be lost if the lane were forgotten."""
        in_use = self.pending or self.users or self.held_until > -inf
        return not in_use and self.next_start <= _now()


@dataclass(slots=True)
class _AddressLane(_Lane):
    """The lane of all hosts at an address, whose starts are shared with other runs."""

    shared_wait: Callable[[], Awaitable[float]] = field(kw_only=True)
    """Takes the next start among all runs; returns in how many seconds it is."""

    async def wait_for_start(self, spacing: float, not_before: float = 0.0) -> None:
        """Take the next start of this run, and then the next one of all runs; wait for both."""
        # Not super(): it does not know the class that `slots` makes of this one.
        await _Lane.wait_for_start(self, spacing, not_before)
        wait = await self.shared_wait()
        if wait > 0:
            await asyncio.sleep(wait)
            self.next_start = max(self.next_start, _now() + spacing)


@dataclass(slots=True)
class _HostQueue(_Lane):
    """A host's lane, and how the host wants to be asked."""

    site: str = ""
    address: str | None = None
    """Its address lane, "" for none; None until it was looked up."""
    time_used: float = 0.0
    """Seconds of this run that its requests have taken, with the pauses between them."""
    lanes_held: int = 0
    """Requests that hold the lanes of its site and address."""
    paused_until: float = 0.0
    backoff: float = 0.0
    latency_delay: float = 0.0
    crawl_delay: float = 0.0
    """Seconds between requests that robots.txt asks for."""
    waiters: deque[asyncio.Future[None]] = field(default_factory=deque)

    @property
    def is_idle(self) -> bool:
        """Whether nothing would be lost if the queue were forgotten."""
        return not self.pending and max(self.next_start, self.paused_until) <= _now()

    def min_interval(self, delay: float) -> float:
        """Return the seconds between two requests: our delay or its Crawl-delay."""
        return max(delay, self.crawl_delay)


@dataclass(frozen=True, slots=True)
class Turn:
    """What became of the wish for a site's turn: `wait` seconds, then ask the site, or wish again.

    `changed_hands`: another run had it until lately.
    """

    granted: bool
    wait: float
    changed_hands: bool = False


@dataclass(frozen=True, slots=True)
class SharedTurns:
    """Sites' turns, shared by all runs: while one of them holds a turn, no other asks the site.

    `give_back` takes in how many seconds the next request may start, by site. An address has sites
    of several runs, which take its starts in turn: `take_start(address, spacing)` returns in how
    many seconds the next one is.
    """

    take: Callable[[str], Awaitable[Turn]]
    give_back: Callable[[Mapping[str, float]], Awaitable[None]]
    take_start: Callable[[str, float], Awaitable[float]]


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


async def _no_address(_: str) -> str:
    return ""


class Throttle:
    """Limits requests in flight per host and in all, and spaces the starts at one host.

    `per_host` and `total` are requests in flight. Pages and probes of a host start on the same
    timeline, `delay` seconds apart, and so do all hosts of a site together. Requests to one
    address start `address_delay` seconds apart (0: no limit); `address_of(host)` returns the
    address that counts, "" for none. Without a `delay` only the host itself counts.

    A Retry-After of up to `max_wait` seconds is waited for. A host that has used `max_host_time`
    seconds `is_spent`.
    """

    shared_turns: SharedTurns | None = None
    """How other runs are kept from asking the same sites at the same time."""

    def __init__(
        self,
        *,
        per_host: int,
        total: int,
        max_wait: float,
        address_delay: float = 0.0,
        address_of: Callable[[str], Awaitable[str]] = _no_address,
        max_host_time: float = inf,
    ) -> None:
        self._per_host = per_host
        self._max_wait = max_wait
        self._address_delay = address_delay
        self._address_of = address_of
        self._max_host_time = max_host_time
        self._permits = _PrioritySemaphore(total)
        self._queues: dict[str, _HostQueue] = {}
        self._sites: dict[str, _SiteLane] = {}
        self._addresses: dict[str, _AddressLane] = {}
        self._held: dict[str, _SiteLane] = {}
        self._returning: asyncio.Task[None] | None = None

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
                await self._wait_for_host(queue, delay)
                await self._enter_lanes(queue, host, delay)
                try:
                    await self._permits.acquire(queue)
                    try:
                        yield early_result()
                    finally:
                        self._permits.release()
                finally:
                    self._leave_lanes(queue, delay)
                # However late the request went out, the next keeps its distance from it.
                queue.next_start = max(queue.next_start, _now() + queue.min_interval(delay))
        finally:
            queue.pending -= 1

    async def acquire(self, host: str, delay: float) -> None:
        """Wait for a slot of `host` and hold it until `release`."""
        queue = self._queue_for(host)
        queue.pending += 1
        try:
            await queue.semaphore.acquire()
        except asyncio.CancelledError:
            queue.pending -= 1
            raise
        try:
            await self._wait_for_host(queue, delay)
            await self._enter_lanes(queue, host, delay)
        except BaseException:
            queue.leave(0.0)
            raise

    def release(self, host: str, delay: float) -> None:
        """Free a slot; the next request keeps its distance from now."""
        queue = self._queue_for(host)
        self._leave_lanes(queue, delay)
        queue.leave(queue.min_interval(delay))

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

    def is_spent(self, host: str) -> bool:
        """Return whether a host has had its time in this run."""
        queue = self._queues.get(host)
        return queue is not None and queue.time_used > self._max_host_time

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait until it is this run's turn at the host's site, and keep it between requests."""
        name = site_of_host(host)
        site = self._site_lane(name)
        site.users += 1
        try:
            await self._take_turn(name, site)
            yield
        finally:
            site.users -= 1

    def handovers(self, host: str) -> int:
        """Return how often the turn of the host's site came from another run."""
        return self._site_lane(site_of_host(host)).handovers

    async def give_back_turns(self) -> None:
        """Give back the turns that are not in use, or were held for long enough."""
        now, pauses = _now(), {}
        for name, site in list(self._held.items()):
            if not site.pending and (not site.users or site.held_until <= now):
                pauses[name] = max(0.0, site.next_start - now)
                site.held_until = -inf
                del self._held[name]
        if pauses and self.shared_turns is not None:
            await self.shared_turns.give_back(pauses)

    async def close(self) -> None:
        """Give back every turn that is not in use."""
        if self._returning is not None:
            self._returning.cancel()
        await self.give_back_turns()

    async def _wait_for_host(self, queue: _HostQueue, delay: float) -> None:
        spacing = queue.min_interval(delay) * (1 + queue.backoff) + queue.latency_delay
        queue.time_used += spacing
        await queue.wait_for_start(spacing, min(queue.paused_until, _now() + self._max_wait))

    async def _enter_lanes(self, queue: _HostQueue, host: str, delay: float) -> None:
        """Wait for the host's site, and for its address."""
        if not delay:
            return
        if queue.address is None:
            queue.address = await self._address_of(host) if self._address_delay else ""
        site = self._site_lane(queue.site)
        await site.enter(delay)
        try:
            await self._take_turn(queue.site, site)
            if queue.address:
                await self._address_lane(queue.address).enter(self._address_delay)
        except BaseException:
            site.leave(0.0)
            raise
        queue.lanes_held += 1

    def _leave_lanes(self, queue: _HostQueue, delay: float) -> None:
        if not queue.lanes_held:
            return
        queue.lanes_held -= 1
        if queue.address:
            self._address_lane(queue.address).leave(self._address_delay)
        self._site_lane(queue.site).leave(delay)

    async def _take_turn(self, name: str, site: _SiteLane) -> None:
        """Make sure that no other run asks the site meanwhile."""
        if self.shared_turns is None or site.held_until > _now():
            return
        async with site.taking:
            if site.held_until > _now():
                return
            if site.held_until > -inf:
                site.held_until = -inf
                self._held.pop(name, None)
                await self.shared_turns.give_back({name: max(0.0, site.next_start - _now())})
                await asyncio.sleep(YIELD_TIME)
            turn = await self.shared_turns.take(name)
            while not turn.granted:
                await asyncio.sleep(turn.wait)
                turn = await self.shared_turns.take(name)
            await asyncio.sleep(turn.wait)
            site.held_until = _now() + MAX_HOLD
            site.handovers += turn.changed_hands
            self._held[name] = site
            if self._returning is None:
                self._returning = asyncio.ensure_future(self._return_turns())

    async def _return_turns(self) -> None:
        """Give back turns soon after they are no longer needed."""
        try:
            while self._held:
                await asyncio.sleep(RETURN_INTERVAL)
                await self.give_back_turns()
        finally:
            self._returning = None

    def _queue_for(self, host: str) -> _HostQueue:
        queue = self._queues.get(host)
        if queue is None:
            self._queues = _without_idle(self._queues)
            queue = _HostQueue(asyncio.Semaphore(self._per_host), site=site_of_host(host))
            self._queues[host] = queue
        return queue

    def _site_lane(self, name: str) -> _SiteLane:
        lane = self._sites.get(name)
        if lane is None:
            self._sites = _without_idle(self._sites)
            lane = self._sites[name] = _SiteLane(asyncio.Semaphore(self._per_host))
        return lane

    def _address_lane(self, address: str) -> _AddressLane:
        lane = self._addresses.get(address)
        if lane is None:
            self._addresses = _without_idle(self._addresses)
            lane = self._addresses[address] = _AddressLane(
                asyncio.Semaphore(PER_ADDRESS), shared_wait=partial(self._shared_wait, address)
            )
        return lane

    async def _shared_wait(self, address: str) -> float:
        if self.shared_turns is None:
            return 0.0
        return await self.shared_turns.take_start(address, self._address_delay)


def _without_idle(lanes: dict[str, L]) -> dict[str, L]:
    """Return the lanes that must be kept, once there are many."""
    if len(lanes) < MAX_LANES:
        return lanes
    return {name: lane for name, lane in lanes.items() if not lane.is_idle}


def _now() -> float:
    return asyncio.get_running_loop().time()
