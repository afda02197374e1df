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

LANES_KEPT = 20_000
REFUSALS = frozenset({403, 420, 429, 503})
MOST_REFUSED = 8.0
"""How many times the usual delay a host that keeps refusing is given."""
LONGEST_WISH = 30.0
"""Seconds at most that a host may wish requests to be apart."""
SLOWEST = 10.0
"""Seconds added at most between two requests to a host that answers slowly."""


@dataclass(slots=True)
class _Lane:
    """One host's queue. Moments are seconds on the event loop's clock."""

    turns: asyncio.Semaphore
    next_start: float = 0.0
    rests_until: float = 0.0
    refused: float = 0.0
    slow: float = 0.0
    wished: float = 0.0
    """Seconds between two requests that the host's robots.txt asks for."""
    users: int = 0
    """Requests that wait or are under way."""
    without_permit: deque[asyncio.Future[None]] = field(default_factory=deque)

    def apart(self, delay: float) -> float:
        """Return how many seconds two requests must be apart: our delay, or what it wishes."""
        return max(delay, self.wished)


class _Permits:
    """Bounds what is in flight in all. The host with the most waiting goes first.

    The longest queue sets when everything is done: it must never wait for the others.
    """

    def __init__(self, permits: int) -> None:
        self._free = permits
        self._order: list[tuple[int, int, _Lane]] = []
        """A heap of lanes by how long they were when they began to wait, or grew since."""
        self._arrivals = count()

    async def acquire(self, lane: _Lane) -> None:
        """Wait for a permit."""
        if self._free > 0:
            self._free -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        lane.without_permit.append(turn)
        self.line_up(lane)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.release()  # it came together with the cancellation
            raise

    def line_up(self, lane: _Lane) -> None:
        """Take down how long a lane is that waits for a permit."""
        if lane.without_permit:
            heapq.heappush(self._order, (-lane.users, next(self._arrivals), lane))

    def release(self) -> None:
        """Give a permit back."""
        while self._order:
            length, _, lane = heapq.heappop(self._order)
            if -length > lane.users:
                self.line_up(lane)  # it has become shorter since
            elif lane.without_permit:
                turn = lane.without_permit.popleft()
                if not turn.done():
                    turn.set_result(None)
                    return
        self._free += 1


class Gate:
    """Bounds requests in flight per host and in all, and spaces the starts of one host.

    `per_host` and `in_all` are requests in flight. Every request to a host, page or probe,
    books its start on the same timeline, `delay` seconds apart. `patience` is how many seconds
    of a host's Retry-After are waited for.
    """

    def __init__(self, *, per_host: int, in_all: int, patience: float) -> None:
        self._per_host = per_host
        self._patience = patience
        self._permits = _Permits(in_all)
        self._lanes: dict[str, _Lane] = {}

    @asynccontextmanager
    async def turn(
        self, host: str, delay: float, instead: Callable[[], T | None]
    ) -> AsyncIterator[T | None]:
        """Hold a turn at `host`: waits for the host first, so a slow one takes no global permit.

        `instead` is asked when the turn has come: much may have happened while it waited. What it
        yields in place of None is the answer, and nothing is to be sent.
        """
        lane = self._lane(host)
        lane.users += 1
        self._permits.line_up(lane)
        try:
            async with lane.turns:
                settled = instead()
                if settled is not None:
                    yield settled
                    return
                await self._wait_for_start(lane, delay)
                await self._permits.acquire(lane)
                try:
                    yield instead()
                finally:
                    self._permits.release()
                # Whatever held the request up on our side, the next keeps its distance from it.
                lane.next_start = max(lane.next_start, _now() + lane.apart(delay))
        finally:
            lane.users -= 1

    async def enter(self, host: str, delay: float) -> None:
        """Wait for a turn at `host` and hold it; whoever enters must `leave`."""
        lane = self._lane(host)
        lane.users += 1
        await lane.turns.acquire()
        await self._wait_for_start(lane, delay)

    def leave(self, host: str, delay: float) -> None:
        """Give a turn back; the next keeps its distance from now."""
        lane = self._lane(host)
        lane.next_start = max(lane.next_start, _now() + lane.apart(delay))
        lane.turns.release()
        lane.users -= 1

    def learn(self, host: str, status: int | None, *, elapsed: float, retry_after: float) -> None:
        """Slow down for a host that answers slowly or refuses; recover when it answers well.

        `elapsed` and `retry_after` are in seconds; the latter is how long to leave it alone.
        """
        lane = self._lane(host)
        refused = status in REFUSALS
        lane.refused = min(MOST_REFUSED, max(1.0, lane.refused * 2)) if refused else 0.0
        lane.slow = min(SLOWEST, max(0.0, elapsed - 1.0))
        if retry_after:
            lane.rests_until = _now() + retry_after

    def keep_apart(self, host: str, seconds: float) -> None:
        """Keep at least so many seconds between two requests to a host, as it wishes."""
        lane = self._lane(host)
        lane.wished = min(seconds, LONGEST_WISH)
        lane.next_start = max(lane.next_start, _now() + lane.wished)

    def resting(self, host: str) -> float:
        """Return for how many seconds `host` wants to be left alone; 0 when it is worth waiting."""
        lane = self._lanes.get(host)
        rest = lane.rests_until - _now() if lane else 0.0
        return rest if rest > self._patience else 0.0

    async def _wait_for_start(self, lane: _Lane, delay: float) -> None:
        now = _now()
        start = max(now, lane.next_start, min(lane.rests_until, now + self._patience))
        spacing = lane.apart(delay) * (1 + lane.refused) + lane.slow
        lane.next_start = start + spacing
        if start > now:
            await asyncio.sleep(start - now)
            # Woken late, the next one must keep its distance from this start, not from the plan.
            lane.next_start = max(lane.next_start, _now() + spacing)

    def _lane(self, host: str) -> _Lane:
        lane = self._lanes.get(host)
        if lane is None:
            if len(self._lanes) >= LANES_KEPT:
                self._forget_idle_lanes()
            lane = self._lanes[host] = _Lane(asyncio.Semaphore(self._per_host))
        return lane

    def _forget_idle_lanes(self) -> None:
        now = _now()
        self._lanes = {
            host: lane
            for host, lane in self._lanes.items()
            if lane.users or max(lane.next_start, lane.rests_until) > now
        }


def _now() -> float:
    return asyncio.get_running_loop().time()
