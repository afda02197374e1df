"""The tolerant sender: Scrapy's downloader, which reads answers that stricter clients give up on.

Pages travel through the same downloader; what tells probes from them is here too.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any

from OpenSSL import SSL
from scrapy import Request, signals
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    StopDownload,
    UnsupportedURLSchemeError,
)
from scrapy.http.request import NO_CALLBACK
from twisted.internet import error as tx
from twisted.internet.defer import AlreadyCalledError
from twisted.web._newclient import ParseError, ResponseNeverReceived
from twisted.web.client import ResponseFailed

from brokenlinks.http.errors import ErrorTable, failed_result, match_error
from brokenlinks.http.response import FetchError, FetchResult, bounded_headers
from brokenlinks.http.tls import tls_of
from brokenlinks.text.urls import host_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from brokenlinks.http.requests import HttpRequest

PROBE = "brokenlinks_probe"
"""Request.meta key: this request is a probe; its value counts the body bytes still wanted."""
HEADERS_RECEIVED = "brokenlinks_answered"
"""Request.meta key: the headers of an answer have come in."""
PROBE_SLOT = "brokenlinks-probe"
"""Downloader slot without a pace of its own: the gate has paced the request already."""


class ScrapyClient:
    """Sends through Scrapy's downloader, past its scheduler, its slots' pace and its retries."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    async def send(self, http_request: HttpRequest) -> FetchResult:
        """Return what came back."""
        started_at = monotonic()
        request = _request(http_request)
        try:
            response = await self._crawler.engine.download_async(request)
        except AlreadyCalledError:  # Scrapy's, while it closes with several requests under way
            return FetchResult(
                http_request.url, error=FetchError.INTERNAL, detail="the run is being stopped"
            )
        except Exception as error:  # noqa: BLE001 - every failure is one of the troubles
            got_headers = HEADERS_RECEIVED in request.meta
            return failed_result(
                http_request.url,
                error,
                classify_error(error),
                started_at=started_at,
                got_headers=got_headers,
            )
        return _fetch_result(http_request.url, response, monotonic() - started_at)


def _request(http_request: HttpRequest) -> Request:
    return Request(
        http_request.url,
        method="GET" if http_request.body is None else "POST",
        headers=dict(http_request.headers),
        body=http_request.body or b"",
        callback=NO_CALLBACK,
        meta={
            PROBE: http_request.max_bytes,
            "verbatim_url": True,
            "download_slot": PROBE_SLOT,
            "download_timeout": http_request.timeout,
            "download_maxsize": 0,
            "download_warnsize": 0,
            "download_fail_on_dataloss": False,
            "dont_obey_robotstxt": True,
            "dont_redirect": True,
            "dont_retry": True,
        },
    )


class ProbeBodyLimit:
    """Scrapy extension: stops a probe's download when it has the bytes it wanted.

    DOWNLOAD_MAXSIZE would turn a living large page into an error.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ProbeBodyLimit:
        """Listen to the headers and to every chunk of every download."""
        extension = cls()
        crawler.signals.connect(extension.headers_received, signal=signals.headers_received)
        crawler.signals.connect(extension.bytes_received, signal=signals.bytes_received)
        return extension

    def headers_received(self, request: Request) -> None:
        """Note that the server has begun to answer."""
        request.meta[HEADERS_RECEIVED] = True

    def bytes_received(self, data: bytes, request: Request) -> None:
        """Count down; `fail=False` keeps what came as the response."""
        wanted = request.meta.get(PROBE)
        if wanted is None:
            return
        request.meta[PROBE] = wanted - len(data)
        if request.meta[PROBE] <= 0:
            raise StopDownload(fail=False)


class PageCompressionMiddleware(HttpCompressionMiddleware):
    """Decompresses pages and leaves probes as sent: a bomb must not hide a living page."""

    def process_request(self, request: Request, spider: Any = None) -> None:  # noqa: ARG002
        """Offer our encodings for pages only."""
        if PROBE not in request.meta:
            super().process_request(request)

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Any = None,  # noqa: ARG002
    ) -> Request | Response:
        """Decode pages only."""
        return response if PROBE in request.meta else super().process_response(request, response)


_ERROR_TABLE: ErrorTable = (
    (CannotResolveHostError, FetchError.DNS),
    (DownloadConnectionRefusedError, FetchError.REFUSED),
    (tx.ConnectionRefusedError, FetchError.REFUSED),
    (tx.TimeoutError, FetchError.CONNECT_TIMEOUT),
    (tx.TCPTimedOutError, FetchError.CONNECT_TIMEOUT),
    (DownloadTimeoutError, FetchError.TIMEOUT),
    (DownloadCancelledError, FetchError.OVERSIZE),
    (SSL.Error, FetchError.TLS),
    (tx.SSLError, FetchError.TLS),
    (ParseError, FetchError.MALFORMED),
    (tx.ConnectionDone, FetchError.EMPTY_REPLY),
    (tx.ConnectionLost, FetchError.RESET),
    (tx.ConnectionAborted, FetchError.RESET),
    (ResponseDataLossError, FetchError.RESET),
    (tx.ConnectError, FetchError.UNREACHABLE),
    (UnsupportedURLSchemeError, FetchError.BAD_URL),
    (IgnoreRequest, FetchError.BAD_URL),
    (ResponseNeverReceived, FetchError.EMPTY_REPLY),
    (DownloadFailedError, FetchError.RESET),
    (UnicodeError, FetchError.BAD_URL),
    (OSError, FetchError.UNREACHABLE),
)


def classify_error(error: BaseException) -> tuple[FetchError, str]:
    """Tell which trouble an exception of the downloader is, the most telling cause first."""
    return match_error(_causes(error), _ERROR_TABLE)


def _causes(error: BaseException) -> Iterator[BaseException]:
    if error.__cause__ is not None:
        yield from _causes(error.__cause__)
    if isinstance(error, ResponseFailed):
        for reason in error.reasons:
            yield from _causes(reason.value)
    yield error


def _fetch_result(url: str, response: Response, elapsed: float) -> FetchResult:
    certificate = response.certificate
    return FetchResult(
        url,
        status=response.status,
        headers=bounded_headers(
            (name.decode("latin-1"), value.decode("utf-8", "surrogateescape"))
            for name in response.headers
            for value in response.headers.getlist(name)
        ),
        body=response.body,
        truncated="download_stopped" in response.flags,
        elapsed=elapsed,
        address=str(response.ip_address or ""),
        tls=tls_of(certificate.original.to_cryptography(), host_of(url)) if certificate else None,
    )
