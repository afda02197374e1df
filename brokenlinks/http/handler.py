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

from brokenlinks.http.errors import Troubles, trouble_among, unanswered
from brokenlinks.http.response import Answer, Trouble, bounded_headers
from brokenlinks.http.tls import tls_of
from brokenlinks.text.urls import host_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from brokenlinks.http.requests import Message

PROBE = "brokenlinks_probe"
"""Request.meta key: this request is a probe; its value counts the body bytes still wanted."""
ANSWERED = "brokenlinks_answered"
"""Request.meta key: the headers of an answer have come in."""
PROBE_SLOT = "brokenlinks-probe"
"""Downloader slot without a pace of its own: the gate has paced the request already."""


class TolerantSender:
    """Sends through Scrapy's downloader, past its scheduler, its slots' pace and its retries."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    async def send(self, message: Message) -> Answer:
        """Return what came back."""
        began = monotonic()
        request = _request(message)
        try:
            response = await self._crawler.engine.download_async(request)
        except AlreadyCalledError:  # Scrapy's, while it closes with several requests under way
            return Answer(message.url, trouble=Trouble.OURS, detail="the run is being stopped")
        except Exception as error:  # noqa: BLE001 - every failure is one of the troubles
            headed = ANSWERED in request.meta
            return unanswered(message.url, error, trouble_of(error), began=began, headed=headed)
        return _answer(message.url, response, monotonic() - began)


def _request(message: Message) -> Request:
    return Request(
        message.url,
        method="GET" if message.body is None else "POST",
        headers=dict(message.headers),
        body=message.body or b"",
        callback=NO_CALLBACK,
        meta={
            PROBE: message.max_bytes,
            "verbatim_url": True,
            "download_slot": PROBE_SLOT,
            "download_timeout": message.timeout,
            "download_maxsize": 0,
            "download_warnsize": 0,
            "download_fail_on_dataloss": False,
            "dont_obey_robotstxt": True,
            "dont_redirect": True,
            "dont_retry": True,
        },
    )


class EnoughReceived:
    """Scrapy extension: stops a probe's download when it has the bytes it wanted.

    DOWNLOAD_MAXSIZE would turn a living large page into an error.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> EnoughReceived:
        """Listen to the headers and to every chunk of every download."""
        extension = cls()
        crawler.signals.connect(extension.headers_received, signal=signals.headers_received)
        crawler.signals.connect(extension.bytes_received, signal=signals.bytes_received)
        return extension

    def headers_received(self, request: Request) -> None:
        """Note that the server has begun to answer."""
        request.meta[ANSWERED] = True

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


_TROUBLES: Troubles = (
    (CannotResolveHostError, Trouble.DNS),
    (DownloadConnectionRefusedError, Trouble.REFUSED),
    (tx.ConnectionRefusedError, Trouble.REFUSED),
    (tx.TimeoutError, Trouble.CONNECT_TIMEOUT),
    (tx.TCPTimedOutError, Trouble.CONNECT_TIMEOUT),
    (DownloadTimeoutError, Trouble.TIMEOUT),
    (DownloadCancelledError, Trouble.OVERSIZE),
    (SSL.Error, Trouble.TLS),
    (tx.SSLError, Trouble.TLS),
    (ParseError, Trouble.MALFORMED),
    (tx.ConnectionDone, Trouble.EMPTY_REPLY),
    (tx.ConnectionLost, Trouble.RESET),
    (tx.ConnectionAborted, Trouble.RESET),
    (ResponseDataLossError, Trouble.RESET),
    (tx.ConnectError, Trouble.UNREACHABLE),
    (UnsupportedURLSchemeError, Trouble.BAD_URL),
    (IgnoreRequest, Trouble.BAD_URL),
    (ResponseNeverReceived, Trouble.EMPTY_REPLY),
    (DownloadFailedError, Trouble.RESET),
    (UnicodeError, Trouble.BAD_URL),
    (OSError, Trouble.UNREACHABLE),
)


def trouble_of(error: BaseException) -> tuple[Trouble, str]:
    """Tell which trouble an exception of the downloader is, the most telling cause first."""
    return trouble_among(_causes(error), _TROUBLES)


def _causes(error: BaseException) -> Iterator[BaseException]:
    if error.__cause__ is not None:
        yield from _causes(error.__cause__)
    if isinstance(error, ResponseFailed):
        for reason in error.reasons:
            yield from _causes(reason.value)
    yield error


def _answer(url: str, response: Response, elapsed: float) -> Answer:
    certificate = response.certificate
    return Answer(
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
