"""Asks a service that rates domains: its pace, its patience, its secret."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from brokenlinks.authority.rating import RatingService
from brokenlinks.http.response import Exchange, FetchResult, retry_after_seconds
from brokenlinks.http.service import MAX_RESPONSE_BYTES, Outcome, RateLimiter
from brokenlinks.models.authority import Ratings
from brokenlinks.text.clock import Clock

SUCCESSFUL = frozenset({Outcome.OK, Outcome.EMPTY})
DEFAULT_PAUSE = 60.0
"""Seconds a service is left alone that said "too often" without saying for how long."""
MAX_WAIT = 60.0
"""Seconds; a turn further off is left to the next run."""


class RatingClient:
    """Asks `service` about domains, `per_second` requests at most, all runs together."""

    def __init__(
        self,
        service: RatingService,
        *,
        exchange: Exchange,
        budget: RateLimiter,
        clock: Clock,
        per_second: float,
    ) -> None:
        self._service = service
        self._exchange = exchange
        self._budget = budget
        self._clock = clock
        self._interval = 1.0 / per_second

    async def fetch_ratings(self, domains: Sequence[str]) -> AsyncIterator[Ratings]:
        """Yield what each request brought; the first one that fails is the last."""
        most = self._service.batch_size
        for at in range(0, len(domains), most):
            ratings = await self._fetch(domains[at : at + most])
            yield ratings
            if ratings.outcome not in SUCCESSFUL:
                return

    async def _fetch(self, domains: Sequence[str]) -> Ratings:
        name = self._service.service
        try:
            async with asyncio.timeout(MAX_WAIT):
                await self._budget.wait(name, self._interval)
        except TimeoutError:
            return Ratings(Outcome.QUOTA, detail=f"not asked: {name} is to be left alone")
        ask = self._service.build_request(domains)
        answer = await self._exchange(ask.url, headers=ask.headers, max_bytes=MAX_RESPONSE_BYTES)
        if answer.status == 429:
            wish = retry_after_seconds(answer.headers.get("retry-after", ""), self._clock())
            await self._budget.pause(name, wish or DEFAULT_PAUSE)
        return self._service.parse_response(redact(answer, self._service.secret), domains)


def redact(answer: FetchResult, secret: str) -> FetchResult:
    """Return the answer without the key, which services echo in errors.

    Before it is read: afterwards the key could be cut in two, and half of it shown.
    """
    body = answer.body.replace(secret.encode(), b"[key]")
    return replace(answer, body=body, detail=answer.detail.replace(secret, "[key]"))
