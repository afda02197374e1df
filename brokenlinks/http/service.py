"""Outside services with an API: requests, outcomes, and how often each may be asked."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import inf
from typing import Any
from urllib.parse import urlencode

from brokenlinks.http.decoding import text_of
from brokenlinks.http.response import Exchange, FetchResult, retry_after_seconds
from brokenlinks.text.clock import Clock
from brokenlinks.text.printable import excerpt, hide, without_secrets
from brokenlinks.text.tables import parse_json

MAX_RESPONSE_BYTES = 4_000_000
MAX_DETAIL_LENGTH = 200
"""Characters of an unexpected response that the user sees."""


class Outcome(StrEnum):
    """How a request to a service ended. A refusal is never taken for an empty result."""

    OK = "ok"
    EMPTY = "empty"
    BLOCKED = "blocked"
    QUOTA = "quota"
    MISCONFIGURED = "misconfigured"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class ServiceRequest:
    """A request, a POST when there is a `body`. `wait` is seconds, on top of the rate."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Service:
    """A service and its limits; all times are seconds.

    Processes that share a store share the rate of a `name`.
    """

    name: str
    interval: float
    """Between two requests."""
    pause: float = 60.0
    """After a refusal that does not say for how long: most limits are counted by the minute."""
    min_pause: float = 0.0
    max_pause: float = inf
    """What a Retry-After may ask for."""
    refusals: frozenset[int] = frozenset({429})
    """Statuses that ask for a pause."""
    pauses_with: tuple[str, ...] = ()
    """Other names that pause too: the same service under another rate."""
    max_wait: float = inf
    """How long to wait for a slot; a request that would wait longer is left to the next run."""
    secrets: tuple[str, ...] = ()
    """Keys; services repeat them in their errors."""


@dataclass(frozen=True, slots=True)
class RateLimiter:
    """The rates of services, shared by all processes.

    `reserve(name, interval, max_wait)` returns in how many seconds the next request may be sent,
    and books that moment unless it is too far off. `pause(name, seconds)` puts all of them off.
    """

    reserve: Callable[[str, float, float], Awaitable[float]]
    pause: Callable[[str, float], Awaitable[None]]


class ServiceClient:
    """Sends requests to services within their rates, and removes keys from their responses."""

    def __init__(self, exchange: Exchange, limiter: RateLimiter, clock: Clock) -> None:
        self._exchange = exchange
        self._limiter = limiter
        self._clock = clock

    async def send(
        self, service: Service, request: ServiceRequest, *, max_bytes: int = MAX_RESPONSE_BYTES
    ) -> FetchResult:
        """Return the response; status 429 with a detail for a request that was not sent."""
        await asyncio.sleep(request.wait)
        wait = await self._limiter.reserve(service.name, service.interval, service.max_wait)
        if wait > service.max_wait:
            detail = f"not sent: {service.name} may not be asked for {wait:.0f} seconds"
            return FetchResult(request.url, status=429, detail=detail)
        await asyncio.sleep(wait)
        answer = await self._exchange(
            request.url, headers=request.headers, body=request.body, max_bytes=max_bytes
        )
        if answer.status in service.refusals:
            wish = retry_after_seconds(answer.headers.get("retry-after", ""), self._clock())
            pause = min(max(wish or service.pause, service.min_pause), service.max_pause)
            for name in (service.name, *service.pauses_with):
                await self._limiter.pause(name, pause)
        return redacted(answer, service.secrets)


class CircuitBreaker:
    """Remembers which servers have failed so often in a row that they are not asked again."""

    def __init__(self, max_failures: int) -> None:
        self._max_failures = max_failures
        self._failures: Counter[str] = Counter()

    def is_open(self, server: str) -> bool:
        """Return whether the server is not to be asked again in this run."""
        return self._failures[server] >= self._max_failures

    def record(self, server: str, *, answered: bool) -> None:
        """Count a failure, or forget the earlier ones."""
        self._failures[server] = 0 if answered else self._failures[server] + 1

    def trip(self, server: str) -> None:
        """Stop asking the server, however few failures it had."""
        self._failures[server] = self._max_failures


def redacted(answer: FetchResult, secrets: Iterable[str]) -> FetchResult:
    """Return the response of a service with a key as plain text without it.

    Before it is read: what is made of it and stored is without the key, too.
    """
    secrets = [secret for secret in secrets if secret]
    if not secrets:
        return answer
    for secret in secrets:
        hide(secret)
    body = without_secrets(text_of(answer, MAX_RESPONSE_BYTES) or "").encode()
    headers = {"content-type": f"{answer.content_type.partition(';')[0]}; charset=utf-8"}
    detail = without_secrets(answer.detail)
    return replace(answer, headers=headers, repeated={}, body=body, detail=detail)


def build_url(base: str, path: str, **parameters: object) -> str:
    """Return a URL under `base` with parameters, "?" in place of halves of characters.

    An answer may have those, by their numbers, in what it wants to be asked next.
    """
    return f"{base.rstrip('/')}{path}?{urlencode(parameters, errors='replace')}"


def read_json(answer: FetchResult) -> Any:
    """Return the response's JSON, None when it is not JSON."""
    try:
        return parse_json(text_of(answer, MAX_RESPONSE_BYTES) or "")
    except ValueError:
        return None


def describe_failure(answer: FetchResult) -> str:
    """Return the beginning of an unexpected response, or the error in its place."""
    if answer.status is None:
        return excerpt(f"{answer.error}: {answer.detail}", MAX_DETAIL_LENGTH)
    if answer.detail:
        return excerpt(answer.detail, MAX_DETAIL_LENGTH)
    text = text_of(answer, MAX_RESPONSE_BYTES) or ""
    return excerpt(f"answered {answer.status}: {text}", MAX_DETAIL_LENGTH)
