"""The transport of what is too large to be held: read as it comes, no faster than it is used."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.contextfactory import _load_context_factory_from_settings
from scrapy.utils.defer import deferred_to_future
from twisted.internet import protocol
from twisted.web.client import Agent, ResponseDone
from twisted.web.http import PotentialDataLoss
from twisted.web.http_headers import Headers

from brokenlinks.http.handler import classify_error
from brokenlinks.http.response import FetchError, FetchResult, Stream, StreamInterruptedError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

MAX_BUFFERED = 2 * 1024 * 1024
"""Bytes that may wait to be used; above, the sender is made to wait."""


class StreamClient:
    """Asks over the crawl's resolver and TLS settings; `timeout` is seconds without a byte."""

    def __init__(self, crawler: Crawler, *, timeout: float, user_agent: str) -> None:
        from twisted.internet import reactor  # noqa: PLC0415 - must come after its installation

        tls = _load_context_factory_from_settings(crawler)
        self._agent: Any = Agent(  # type: ignore[no-untyped-call]
            reactor, contextFactory=tls, connectTimeout=timeout
        )
        self._timeout = timeout
        self._user_agent = user_agent

    @asynccontextmanager
    async def open(self, url: str, headers: Mapping[str, str]) -> AsyncIterator[Stream]:
        """Ask for `url`, and hang up when the context is left."""
        sent = {"User-Agent": self._user_agent, "Accept-Encoding": "identity", **headers}
        asked = self._agent.request(
            b"GET", url.encode("ascii"), Headers({name: [value] for name, value in sent.items()})
        )
        try:
            async with asyncio.timeout(self._timeout):
                response: Any = await deferred_to_future(asked)
        except TimeoutError:
            yield _failed_stream(url, FetchError.TIMEOUT, f"no answer in {self._timeout:g} seconds")
            return
        except Exception as error:  # noqa: BLE001 - every failure is one of the troubles
            yield _failed_stream(url, *classify_error(error))
            return
        body = _Body(self._timeout)
        response.deliverBody(body)
        try:
            yield Stream(_head(url, response), body.chunks())
        finally:
            body.close()


class _Body(protocol.Protocol):
    """Takes the body from Twisted, and keeps the sender waiting while too much of it waits."""

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout
        self._buffer = bytearray()
        self._ready = asyncio.Event()
        self._ended = False
        self._error = ""

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - the interface's name
        self._buffer += data
        self._ready.set()
        if len(self._buffer) > MAX_BUFFERED:
            self._transport().pauseProducing()

    def connectionLost(self, reason: Any = protocol.connectionDone) -> None:  # noqa: N802
        # Without a length the end of the connection is the end of the body.
        if not reason.check(ResponseDone, PotentialDataLoss):
            self._error = classify_error(reason.value)[1]
        self._ended = True
        self._ready.set()

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield what has come since the last piece."""
        while self._buffer or not self._ended:
            try:
                async with asyncio.timeout(self._timeout):
                    await self._ready.wait()
            except TimeoutError:
                raise StreamInterruptedError(
                    f"nothing came for {self._timeout:g} seconds"
                ) from None
            self._ready.clear()
            chunk, self._buffer = bytes(self._buffer), bytearray()
            if not self._ended:
                self._transport().resumeProducing()
            if chunk:
                yield chunk
        if self._error:
            raise StreamInterruptedError(self._error)

    def close(self) -> None:
        """Let go of the connection, whatever is still to come."""
        if not self._ended:
            self._transport().loseConnection()

    def _transport(self) -> Any:
        return self.transport


async def _empty_body() -> AsyncIterator[bytes]:
    chunks: tuple[bytes, ...] = ()
    for chunk in chunks:
        yield chunk


def _failed_stream(url: str, error: FetchError, detail: str) -> Stream:
    return Stream(FetchResult(url, error=error, detail=detail), _empty_body())


def _head(url: str, response: Any) -> FetchResult:
    headers = {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.getAllRawHeaders()
    }
    # Twisted keeps the length apart from the other headers.
    if isinstance(response.length, int):
        headers["content-length"] = str(response.length)
    return FetchResult(url, status=response.code, headers=headers)
