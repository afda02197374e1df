"""Holds the conversations with search providers: their pace, their budgets, their secrets."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from brokenlinks.discovery.providers.base import Provider
from brokenlinks.http.response import Exchange, FetchResult, retry_after_seconds
from brokenlinks.http.service import MAX_RESPONSE_BYTES, Outcome, ServiceRequest
from brokenlinks.models.search import SearchResult
from brokenlinks.text.clock import Clock

logger = logging.getLogger(__name__)

MIN_PAUSE, MAX_PAUSE = 60.0, 3_600.0
"""Seconds a service is left alone, by every process, after it said "too often"."""
MAX_WAIT = 120.0
"""Seconds of a pause that are waited for; a service that rests longer is left to the next run."""


class SearchClient:
    """Asks one provider one query at a time.

    `wait` books the service's next turn and returns once it has come, or returns False when
    that is too far off; `pause` leaves the service alone. Both are shared by all processes.
    """

    def __init__(
        self,
        provider: Provider,
        *,
        exchange: Exchange,
        wait: Callable[[str, float, float], Awaitable[bool]],
        pause: Callable[[str, float], Awaitable[None]],
        clock: Clock,
    ) -> None:
        self._provider = provider
        self._exchange = exchange
        self._wait = wait
        self._pause = pause
        self._clock = clock

    async def run(self, query: str) -> SearchResult:
        """Return what the provider found; raises nothing: trouble is an outcome."""
        conversation = self._provider.search(query)
        try:
            ask = next(conversation)
            while True:
                answer = await self._answer(ask)
                if answer is None:
                    return SearchResult(Outcome.QUOTA, detail="its budget is spent for now")
                ask = conversation.send(answer)
        except StopIteration as end:
            found: SearchResult = end.value
        except Exception as error:
            logger.exception("Could not read what %s answered", self._provider.name)
            found = SearchResult(Outcome.ERROR, detail=repr(error))
        return replace(found, detail=self._redacted(found.detail))

    async def _answer(self, request: ServiceRequest) -> FetchResult | None:
        await asyncio.sleep(request.wait)
        if not await self._wait(self._provider.service, self._provider.request_interval, MAX_WAIT):
            return None
        answer = await self._exchange(
            request.url, headers=request.headers, body=request.body, max_bytes=MAX_RESPONSE_BYTES
        )
        if answer.status == 429:
            wish = retry_after_seconds(answer.headers.get("retry-after", ""), self._clock())
            seconds = min(max(wish or 0.0, MIN_PAUSE), MAX_PAUSE)
            await self._pause(self._provider.service, seconds)
        return answer

    def _redacted(self, text: str) -> str:
        """Take out what only the person and the service may know: services echo it in errors."""
        for secret in self._provider.secrets:
            text = text.replace(secret, "[key]")
        return text
