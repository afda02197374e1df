"""What a request brings back, and how its headers are read. What it means is not decided here."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from itertools import islice
from typing import Protocol

from brokenlinks.text.urls import absolute_url


class FetchError(StrEnum):
    """Why a request brought no response.

    - connection level: DNS (no address, or none that is permitted), REFUSED, UNREACHABLE,
      CONNECT_TIMEOUT
    - after connecting: TIMEOUT, RESET, EMPTY_REPLY, TLS, MALFORMED
    - after the headers: SLOW_BODY; of pages, which are read whole, also RESET, OVERSIZE and
      MALFORMED (cannot be decompressed)
    - ours: BAD_URL (cannot be sent), BLOCKED_PORT (not a port of the web), INTERNAL (a bug in this
      program, or the run is being stopped)
    """

    DNS = "dns"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    CONNECT_TIMEOUT = "connect_timeout"
    TIMEOUT = "timeout"
    RESET = "reset"
    EMPTY_REPLY = "empty_reply"
    TLS = "tls"
    MALFORMED = "malformed"
    SLOW_BODY = "slow_body"
    OVERSIZE = "oversize"
    BAD_URL = "bad_url"
    BLOCKED_PORT = "blocked_port"
    INTERNAL = "ours"


CONNECTION_ERRORS = frozenset(
    {FetchError.DNS, FetchError.REFUSED, FetchError.UNREACHABLE, FetchError.CONNECT_TIMEOUT}
)
"""Errors that concern the whole host, whatever the path."""


@dataclass(frozen=True, slots=True)
class Tls:
    """A server's certificate; the chain of trust is not verified."""

    problem: str = ""
    """Empty for none."""


@dataclass(frozen=True, slots=True)
class FetchResult:
    """An HTTP response, or the error in its place."""

    url: str
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    """Lower-case names; repeated headers joined with ", "."""
    body: bytes = b""
    """As sent, still encoded; the first `max_bytes` of it."""
    truncated: bool = False
    elapsed: float = 0.0
    """Seconds from sending to the last byte read."""
    address: str = ""
    tls: Tls | None = None
    error: FetchError | None = None
    detail: str = ""
    repeated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The values of headers that were sent more than once, in the order they came."""

    def header_values(self, name: str) -> tuple[str, ...]:
        """Return the values of a header, a name in lower case, as they were sent."""
        if name in self.repeated:
            return self.repeated[name]
        return (self.headers[name],) if name in self.headers else ()

    @property
    def content_type(self) -> str:
        """The Content-Type, of several the last, as browsers read it; "" for none."""
        return self.header_values("content-type")[-1] if "content-type" in self.headers else ""


MAX_HEADERS = 60
MAX_HEADER_LENGTH = 8_192
"""Characters. A header that is longer is dropped: half an address or cookie is worse than none."""


def bounded_headers(
    pairs: Iterable[tuple[str, str]],
) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Return headers in lower case with repeated ones joined, and the values of those.

    Bytes that are no UTF-8 come as lone surrogates; they are written as URLs write them.
    """
    headers: dict[str, str] = {}
    repeated: dict[str, tuple[str, ...]] = {}
    for name, sent in islice(pairs, MAX_HEADERS * MAX_HEADERS):
        lower = name.lower()
        value = _SURROGATE_BYTE.sub(lambda stray: f"%{ord(stray[0]) - 0xDC00:02X}", sent)
        earlier = headers.get(lower)
        joined = value if earlier is None else f"{earlier}, {value}"
        if len(joined) > MAX_HEADER_LENGTH or (earlier is None and len(headers) >= MAX_HEADERS):
            continue
        if earlier is not None:
            repeated[lower] = (*repeated.get(lower, (earlier,)), value)
        headers[lower] = joined
    return headers, repeated


_SURROGATE_BYTE = re.compile("[\udc80-\udcff]")


REDIRECT_STATUSES = frozenset({301, 302, 303, 307, 308})


def redirect_url(answer: FetchResult, url: str) -> str | None:
    """Return where the response of `url` redirects to; None for nowhere, or no web address.

    Of several Location headers the first counts, as in browsers.
    """
    locations = answer.header_values("location")
    if answer.status not in REDIRECT_STATUSES or not locations or not locations[0]:
        return None
    return absolute_url(url, locations[0])


async def follow_redirects(
    fetch: Callable[[str], Awaitable[FetchResult]], url: str, max_redirects: int
) -> FetchResult:
    """Fetch `url` and follow its redirects; return the last response."""
    answer = await fetch(url)
    for _ in range(max_redirects):
        target = redirect_url(answer, url)
        if target is None:
            break
        url = target
        answer = await fetch(url)
    return answer


class Exchange(Protocol):
    """Sends one request to a service. Raises nothing: an error is part of the result."""

    async def __call__(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        max_bytes: int | None = None,
    ) -> FetchResult:
        """Fetch `url`, by POST when there is a `body`."""


class Fetch(Protocol):
    """Sends one GET and follows nothing. Raises nothing: an error is part of the result."""

    async def __call__(
        self,
        url: str,
        *,
        cookies: str = "",
        plain: bool = False,
        max_bytes: int | None = None,
        known_error: Callable[[], FetchError | None] = ...,
    ) -> FetchResult:
        """Fetch `url`, `max_bytes` of its body at most; `plain`: without optional headers.

        An error that is known once the host's slot is free is returned instead of a response.
        """


class StreamInterruptedError(Exception):
    """The response broke off, or nothing came for too long; the message says which."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A response that is too large to be held: its head, and its body as it comes.

    Reading `chunks` raises StreamInterruptedError when the body breaks off.
    """

    answer: FetchResult
    chunks: AsyncIterator[bytes]


class OpenStream(Protocol):
    """Sends one GET and gives the response while the context is open; an error is part of it."""

    def __call__(self, url: str, headers: Mapping[str, str]) -> AbstractAsyncContextManager[Stream]:
        """Fetch `url`; redirects are not followed."""


MAX_SECONDS = 7 * 24 * 3600


def retry_after_seconds(value: str, now: datetime) -> float:
    """Return the seconds a Retry-After header (seconds or a date) asks for, 0 to a week.

    0 where there is no header or it cannot be read.
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(min(int(value[:12]), MAX_SECONDS))
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return 0.0
    moment = moment.replace(tzinfo=moment.tzinfo or UTC)
    return min(max((moment - now).total_seconds(), 0.0), MAX_SECONDS)
