"""Pages are fetched by the client of the probes, and fail as Scrapy's middlewares know it."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    UnsupportedURLSchemeError,
)
from scrapy.http import HtmlResponse, Response
from scrapy.utils.test import get_crawler

from brokenlinks.http.handler import HttpDownloadHandler, classify_error
from brokenlinks.http.middleware import DecompressionMiddleware
from brokenlinks.http.network import Network
from brokenlinks.http.response import FetchError

SETTINGS = {
    "TWISTED_REACTOR_ENABLED": False,
    "ALLOWED_NETWORKS": ["127.0.0.0/8"],
    "DNS_NAMESERVERS": [],
    "DNS_TIMEOUT": 1.0,
    "PROBE_CONCURRENCY_PER_HOST": 1,
    "PROBE_CONCURRENCY": 1,
    "RETRY_AFTER_MAX_WAIT": 1.0,
    "PROBE_DELAY": 0.0,
    "PROBE_TIMEOUT": 1.0,
    "PROBE_MAX_BYTES": 100,
    "SERVICE_TIMEOUT": 1.0,
    "SERVICE_MAX_BYTES": 100,
    "SERVICE_USER_AGENT": "Test",
    "DOWNLOAD_MAXSIZE": 1_000,
    "EXTENSIONS": {"brokenlinks.http.network.Network": 20},
}


async def download(
    served: bytes, *, closes: bool = True, host: str = "", method: str = "GET"
) -> tuple[Response, bytes]:
    """Fetch a page of a server that answers `served`, or of another `host`."""
    received = b""
    done = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal received
        received = await reader.readuntil(b"\r\n\r\n")
        writer.write(served)
        if not closes:
            await reader.read()
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        done.set()

    crawler = get_crawler(settings_dict=SETTINGS)
    handler = HttpDownloadHandler.from_crawler(crawler)
    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        request = Request(
            f"http://{host or f'127.0.0.1:{port}'}/page",
            method=method,
            headers={"User-Agent": "Test"},
            meta={"download_timeout": 0.5},
        )
        try:
            response = await handler.download_request(request)
        finally:
            await Network.of(crawler).close()
            if received:
                await done.wait()
        assert request.meta["download_latency"] > 0
        return response, received


def test_a_page_comes_with_its_headers_as_they_were_sent() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Type: text/html\r\n"
    response, received = asyncio.run(download(head + b"Content-Length: 2\r\n\r\nhi"))
    assert isinstance(response, HtmlResponse)
    assert (response.status, response.body) == (200, b"hi")
    assert response.headers.getlist("Content-Type") == [b"text/plain", b"text/html"]
    assert received.startswith(b"GET /page HTTP/1.1\r\n")
    assert b"\r\nUser-Agent: Test\r\n" in received


@pytest.mark.parametrize(
    ("served", "exception", "error"),
    [
        (b"", DownloadFailedError, FetchError.EMPTY_REPLY),
        (b"220 mail.example ESMTP\r\n\r\n", DownloadFailedError, FetchError.MALFORMED),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
            DownloadFailedError,
            FetchError.RESET,
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n",
            DownloadCancelledError,
            FetchError.OVERSIZE,
        ),
    ],
)
def test_a_page_that_does_not_come_whole_is_an_error(
    served: bytes, exception: type[Exception], error: FetchError
) -> None:
    with pytest.raises(exception) as raised:
        asyncio.run(download(served))
    assert classify_error(raised.value)[0] is error


@pytest.mark.parametrize("served", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"])
def test_a_page_that_comes_too_slowly_has_timed_out(served: bytes) -> None:
    with pytest.raises(DownloadTimeoutError) as raised:
        asyncio.run(download(served, closes=False))
    assert classify_error(raised.value)[0] is FetchError.TIMEOUT


@pytest.mark.parametrize(
    ("host", "exception", "error"),
    [
        ("nowhere.invalid", CannotResolveHostError, FetchError.DNS),
        ("10.0.0.1", CannotResolveHostError, FetchError.DNS),
        ("127.0.0.1:2", DownloadConnectionRefusedError, FetchError.REFUSED),
        ("127.0.0.1:6379", UnsupportedURLSchemeError, FetchError.BLOCKED_PORT),
    ],
)
def test_a_host_that_cannot_be_reached(
    host: str, exception: type[Exception], error: FetchError
) -> None:
    with pytest.raises(exception) as raised:
        asyncio.run(download(b"", host=host))
    assert classify_error(raised.value)[0] is error


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_page_that_cannot_be_decompressed_is_malformed(encoding: str) -> None:
    crawler = get_crawler(settings_dict=SETTINGS)
    middleware = DecompressionMiddleware.from_crawler(crawler)
    request = Request("http://club.example/links")
    broken = Response(request.url, headers={"Content-Encoding": encoding}, body=b"<h1>Links</h1>")
    with pytest.raises(DownloadFailedError) as raised:
        middleware.process_response(request, broken)
    assert classify_error(raised.value)[0] is FetchError.MALFORMED


def test_another_exception_is_no_fetch_error() -> None:
    assert classify_error(KeyError("x")) == (FetchError.INTERNAL, "KeyError: 'x'")
