"""The transport of probes and services: requests that wait for their host's slot."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from w3lib.url import safe_url_string

from brokenlinks.http.client import HttpClient, HttpRequest
from brokenlinks.http.response import FetchError, FetchResult, Stream, retry_after_seconds
from brokenlinks.http.throttle import Throttle
from brokenlinks.text.urls import host_of, is_root, origin_of

MAX_CACHED_HOME_PAGES = 200
RETRYABLE_ERRORS = frozenset({FetchError.EMPTY_REPLY, FetchError.RESET})
"""Errors of a server that is busy for a moment: a second request may well be answered."""
MAX_LATENESS = 0.25
"""Seconds. A timeout that comes later is of a program that stood still, on a busy machine: it may
not have seen an answer that was there in time, and asks again."""


@dataclass(frozen=True, slots=True)
class RequestPolicy:
    """How requests are sent.

    `delay` is seconds between requests to one host, `timeout` seconds until the last byte.
    """

    delay: float
    timeout: float
    max_bytes: int
    user_agent: str
    own_services: frozenset[str] = frozenset()
    """Origins that the user has set, which may be at private addresses."""


class Transport:
    """Sends requests in their host's slot, and reads no more of a response than it must.

    Cookies, redirects, decompression and robots.txt are the caller's business.
    """

    def __init__(
        self,
        throttle: Throttle,
        policy: RequestPolicy,
        *,
        client: HttpClient,
        is_running: Callable[[], bool],
    ) -> None:
        """Send requests while the run `is_running`."""
        self._client = client
        self._is_running = is_running
        self._throttle = throttle
        self._policy = policy
        self._home_pages: OrderedDict[str, FetchResult] = OrderedDict()

    def cached_home_page(self, url: str) -> FetchResult | None:
        """Return a site's home page if it was fetched lately."""
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
        """Fetch `url`, by POST when there is a `body`.

        A GET is sent once more, in a new slot, if the server hung up, and once more if this program
        stood still. `plain` leaves out every header that a fussy server might reject. An error that
        is known by the time the slot is free is returned instead of a response.
        """
        host = host_of(url)
        sent = self._headers(cookies, plain=plain)
        if headers:
            sent |= headers
        limit = max_bytes or self._policy.max_bytes
        try:
            request = HttpRequest(
                safe_url_string(url),
                sent,
                body,
                self._policy.timeout,
                limit,
                to_own_service=self._is_own(url),
            )
        except ValueError as error:
            return FetchResult(url, error=FetchError.BAD_URL, detail=str(error))

        def early_result() -> FetchResult | None:
            pause = self._throttle.pause_remaining(host)
            if pause:
                detail = "not sent: the host asked for a pause"
                return FetchResult(url, 429, {"retry-after": str(int(pause))}, detail=detail)
            if not self._is_running():
                stopping = "the run is being stopped"
                return FetchResult(url, error=FetchError.INTERNAL, detail=stopping)
            error = known_error()
            return FetchResult(url, error=error) if error is not None else None

        async def send() -> FetchResult:
            async with self._throttle.slot(host, self._policy.delay, early_result) as early:
                if early is not None:
                    return early
                answer = await self._client.send(request)
                pause = retry_after_seconds(
                    answer.headers.get("retry-after", ""), datetime.now(UTC)
                )
                self._throttle.adjust(
                    host, answer.status, elapsed=answer.elapsed, retry_after=pause
                )
                return answer

        answer = await (self._sent_again(send) if body is None else send())
        if answer.url != url:
            answer = replace(answer, url=url)
        self._cache_home_page(answer)
        return answer

    def stream(self, url: str, headers: Mapping[str, str]) -> AbstractAsyncContextManager[Stream]:
        """Open a response that is too large to be held; its timeout is seconds without a byte."""
        sent = {"User-Agent": self._policy.user_agent, "Accept-Encoding": "identity", **headers}
        return self._client.stream(
            HttpRequest(
                url,
                sent,
                None,
                self._policy.timeout,
                self._policy.max_bytes,
                to_own_service=self._is_own(url),
            )
        )

    async def _sent_again(self, send: Callable[[], Awaitable[FetchResult]]) -> FetchResult:
        """Send a request, and again after what may have passed by then."""
        answer = await send()
        if answer.error in RETRYABLE_ERRORS:
            answer = await send()
        return await send() if self._stood_still(answer) else answer

    def _stood_still(self, answer: FetchResult) -> bool:
        """Return whether a timeout came too late to be the server's."""
        limit = self._policy.timeout
        limits = {FetchError.CONNECT_TIMEOUT: limit / 2, FetchError.TIMEOUT: limit}
        return answer.error in limits and answer.elapsed > limits[answer.error] + MAX_LATENESS

    def _is_own(self, url: str) -> bool:
        return origin_of(url) in self._policy.own_services

    def _cache_home_page(self, answer: FetchResult) -> None:
        if answer.status == 200 and not answer.truncated and is_root(answer.url):
            self._home_pages[answer.url] = answer
            if len(self._home_pages) > MAX_CACHED_HOME_PAGES:
                self._home_pages.popitem(last=False)

    def _headers(self, cookies: str, *, plain: bool) -> dict[str, str]:
        headers = {
            "User-Agent": self._policy.user_agent,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        }
        if not plain:
            headers |= {"Accept-Language": "en;q=0.8,*;q=0.5", "Accept-Encoding": "identity"}
        if cookies:
            headers["Cookie"] = cookies
        return headers
