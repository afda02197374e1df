"""The transport of probes and services: `fetch(url) -> Answer`, each request in its host's turn.

How a request travels is the senders' business: `client` for nearly all, `fallback` as a second
opinion on answers that the first cannot read.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from w3lib.url import safe_url_string

from brokenlinks.http.response import FetchError, FetchResult, retry_after_seconds
from brokenlinks.http.throttle import Throttle
from brokenlinks.text.urls import host_of, is_root

MAX_CACHED_HOME_PAGES = 200
RETRYABLE_ERRORS = frozenset({FetchError.EMPTY_REPLY, FetchError.RESET})
"""Troubles that a busy server has for a moment: who asks again may well be answered."""


@dataclass(frozen=True, slots=True)
class RequestPolicy:
    """How to ask: seconds between requests to a host, seconds to wait, bytes to read, our name."""

    delay: float
    timeout: float
    max_bytes: int
    user_agent: str


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """One request as it goes out: by POST when there is a `body`."""

    url: str
    headers: Mapping[str, str]
    body: bytes | None
    timeout: float
    """Seconds until the last byte that is wanted."""
    max_bytes: int
    """Of the answer's body; the rest is not read."""


class Client(Protocol):
    """Sends a message and follows nothing; raises nothing: trouble is part of the answer."""

    async def send(self, http_request: HttpRequest) -> FetchResult:
        """Return what came back, its body as sent."""


class Transport:
    """Sends requests one hop at a time, each in its host's turn, and reads no more than it must.

    Cookies, redirects, retries, decompression and robots.txt are the caller's business.
    """

    def __init__(
        self,
        throttle: Throttle,
        policy: RequestPolicy,
        *,
        client: Client,
        fallback: Client,
        is_running: Callable[[], bool],
    ) -> None:
        """Ask while the run `is_running`."""
        self._client = client
        self._fallback = fallback
        self._is_running = is_running
        self._throttle = throttle
        self._policy = policy
        self._home_pages: OrderedDict[str, FetchResult] = OrderedDict()

    def cached_home_page(self, url: str) -> FetchResult | None:
        """Return what a site's root answered lately, for those who need no answer of now."""
        return self._home_pages.get(url)

    async def fetch(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        cookies: str = "",
        plain: bool = False,
        max_bytes: int | None = None,
        known_error: Callable[[], FetchError | None] = lambda: None,
    ) -> FetchResult:
        """Ask for `url`, by POST when there is a `body`.

        Once more, in a turn of its own, where the server hung up or its answer cannot be read.
        `plain` leaves out every header a fussy server could dislike. Trouble that is known by the
        time the turn has come stands for asking.
        """
        host = host_of(url)
        sent = self._headers(cookies, plain=plain)
        if headers:
            sent |= headers
        wanted = max_bytes or self._policy.max_bytes
        try:
            http_request = HttpRequest(
                safe_url_string(url), sent, body, self._policy.timeout, wanted
            )
        except ValueError as error:
            return FetchResult(url, error=FetchError.BAD_URL, detail=str(error))

        def early_result() -> FetchResult | None:
            return self._early_result(url, known_error())

        async def send_with(client: Client) -> FetchResult:
            async with self._throttle.slot(host, self._policy.delay, early_result) as settled:
                return settled or await self._send(client, http_request, host)

        answer = await send_with(self._client)
        if answer.error in RETRYABLE_ERRORS and body is None:
            answer = await send_with(self._client)
        if answer.error is FetchError.MALFORMED:
            second = await send_with(self._fallback)
            answer = second if second.status is not None else answer  # it was heard, at least
        if answer.url != url:
            answer = replace(answer, url=url)
        self._cache_home_page(answer)
        return answer

    def _early_result(self, url: str, error: FetchError | None) -> FetchResult | None:
        """Return what stands for an answer when nothing is to be sent."""
        rest = self._throttle.pause_remaining(host_of(url))
        if rest:
            headers = {"retry-after": str(int(rest))}
            return FetchResult(
                url, status=429, headers=headers, detail="not asked: host is resting"
            )
        if not self._is_running():
            return FetchResult(url, error=FetchError.INTERNAL, detail="the run is being stopped")
        return FetchResult(url, error=error) if error is not None else None

    async def _send(self, client: Client, http_request: HttpRequest, host: str) -> FetchResult:
        answer = await client.send(http_request)
        self._adjust_throttle(host, answer)
        return answer

    def _cache_home_page(self, answer: FetchResult) -> None:
        if answer.status == 200 and not answer.truncated and is_root(answer.url):
            self._home_pages[answer.url] = answer
            if len(self._home_pages) > MAX_CACHED_HOME_PAGES:
                self._home_pages.popitem(last=False)

    def _headers(self, cookies: str, *, plain: bool) -> dict[str, str]:
        headers = {
            "User-Agent": self._policy.user_agent,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Connection": "close",
        }
        if not plain:
            headers |= {"Accept-Language": "en;q=0.8,*;q=0.5", "Accept-Encoding": "identity"}
        if cookies:
            headers["Cookie"] = cookies
        return headers

    def _adjust_throttle(self, host: str, answer: FetchResult) -> None:
        wish = answer.headers.get("retry-after")
        seconds = retry_after_seconds(wish, datetime.now(UTC)) if wish else 0.0
        self._throttle.adjust(host, answer.status, elapsed=answer.elapsed, retry_after=seconds)
