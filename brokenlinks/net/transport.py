"""The transport of probes and services: `fetch(url) -> Answer`, over Scrapy's downloader.

Another transport would replace this file and nothing else.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
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
from twisted.web._newclient import ParseError, ResponseNeverReceived
from twisted.web.client import ResponseFailed
from w3lib.url import safe_url_string

from brokenlinks.net.answer import Answer, Tls, Trouble
from brokenlinks.net.retry_after import retry_after_seconds
from brokenlinks.urls import host_of, is_root

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cryptography.x509 import Certificate
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from brokenlinks.net.gate import Gate

logger = logging.getLogger(__name__)

PROBE = "brokenlinks_probe"
"""Request.meta key: this request is a probe; its value counts the body bytes still wanted."""
ANSWERED = "brokenlinks_answered"
"""Request.meta key: the headers of an answer have come in."""
PROBE_SLOT = "brokenlinks-probe"
"""Downloader slot without a pace of its own: the gate has paced the request already."""
FRONT_PAGES_KEPT = 200
HEADERS_KEPT = 60
HEADER_LENGTH_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Manners:
    """How to ask: seconds between requests to a host, seconds to wait, bytes to read, our name."""

    delay: float
    timeout: float
    max_bytes: int
    user_agent: str


class Transport:
    """Sends requests one hop at a time, each in its host's turn, and reads no more than it must.

    Cookies, redirects, retries, decompression and robots.txt are the caller's business.
    """

    def __init__(self, crawler: Crawler, gate: Gate, manners: Manners) -> None:
        self._crawler = crawler
        self._gate = gate
        self._manners = manners
        self._front_pages: OrderedDict[str, Answer] = OrderedDict()

    def known_front_page(self, url: str) -> Answer | None:
        """Return what a site's root answered lately, for those who need no answer of now."""
        return self._front_pages.get(url)

    async def fetch(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        cookies: str = "",
        plain: bool = False,
        max_bytes: int | None = None,
    ) -> Answer:
        """Ask for `url` once, by POST when there is a `body`.

        `plain` leaves out every header a fussy server could dislike.
        """
        host = host_of(url)
        sent = self._headers(cookies, plain=plain) | dict(headers or {})
        try:
            request = self._request(url, sent, body, max_bytes or self._manners.max_bytes)
        except ValueError as error:
            return Answer(url, trouble=Trouble.BAD_URL, detail=str(error))
        async with self._gate.turn(host, self._manners.delay) as rest:
            if rest:
                headers = {"retry-after": str(int(rest))}
                return Answer(url, status=429, headers=headers, detail="not asked: host is resting")
            answer = await self._send(url, request)
            self._learn(host, answer)
        self._keep_front_page(answer)
        return answer

    def _keep_front_page(self, answer: Answer) -> None:
        if answer.status == 200 and is_root(answer.url):
            self._front_pages[answer.url] = answer
            if len(self._front_pages) > FRONT_PAGES_KEPT:
                self._front_pages.popitem(last=False)

    def _headers(self, cookies: str, *, plain: bool) -> dict[str, str]:
        headers = {"User-Agent": self._manners.user_agent, "Connection": "close"}
        if not plain:
            headers |= {"Accept-Language": "en;q=0.8,*;q=0.5", "Accept-Encoding": "identity"}
        if cookies:
            headers["Cookie"] = cookies
        return headers

    def _request(
        self, url: str, headers: dict[str, str], body: bytes | None, max_bytes: int
    ) -> Request:
        return Request(
            safe_url_string(url),
            method="GET" if body is None else "POST",
            headers=headers,
            body=body or b"",
            callback=NO_CALLBACK,
            meta={
                PROBE: max_bytes,
                "verbatim_url": True,
                "download_slot": PROBE_SLOT,
                "download_timeout": self._manners.timeout,
                "download_maxsize": 0,
                "download_warnsize": 0,
                "download_fail_on_dataloss": False,
                "dont_obey_robotstxt": True,
                "dont_redirect": True,
                "dont_retry": True,
            },
        )

    async def _send(self, url: str, request: Request) -> Answer:
        started = monotonic()
        if not self._crawler.engine.running:
            return Answer(url, trouble=Trouble.OURS, detail="the run is being stopped")
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:
            trouble, detail = trouble_of(error)
            if trouble is Trouble.TIMEOUT and ANSWERED in request.meta:
                trouble = Trouble.SLOW_BODY
            if trouble is Trouble.OURS:
                logger.exception("Unexpected error while asking for %s", url)
            return Answer(url, trouble=trouble, detail=detail, elapsed=monotonic() - started)
        return _answer(url, response, monotonic() - started)

    def _learn(self, host: str, answer: Answer) -> None:
        seconds = retry_after_seconds(answer.headers.get("retry-after", ""), datetime.now(UTC))
        self._gate.learn(host, answer.status, elapsed=answer.elapsed, retry_after=seconds)


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


_TROUBLES: tuple[tuple[type[BaseException], Trouble], ...] = (
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
    causes = list(_causes(error))
    for kind, trouble in _TROUBLES:
        for cause in causes:
            if isinstance(cause, kind):
                return trouble, f"{type(cause).__name__}: {cause}"[:200]
    return Trouble.OURS, f"{type(error).__name__}: {error}"[:200]


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
        headers=_bounded_headers(response),
        body=response.body,
        truncated="download_stopped" in response.flags,
        elapsed=elapsed,
        address=str(response.ip_address or ""),
        tls=_tls(certificate.original.to_cryptography(), host_of(url)) if certificate else None,
    )


def _bounded_headers(response: Response) -> Mapping[str, str]:
    kept: dict[str, str] = {}
    for name in list(response.headers)[:HEADERS_KEPT]:
        values = response.headers.getlist(name)[:HEADERS_KEPT]
        text = ", ".join(value.decode("latin-1") for value in values)
        kept[name.decode("latin-1").lower()] = text[:HEADER_LENGTH_KEPT]
    return kept


def _tls(certificate: Certificate, host: str) -> Tls:
    from service_identity import VerificationError  # noqa: PLC0415 - only where there is TLS
    from service_identity.cryptography import (  # noqa: PLC0415
        verify_certificate_hostname,
        verify_certificate_ip_address,
    )

    from brokenlinks.urls import is_address  # noqa: PLC0415

    not_after = certificate.not_valid_after_utc
    problem = ""
    if not_after < datetime.now(UTC):
        problem = "expired"
    elif certificate.issuer == certificate.subject:
        problem = "self-signed"
    else:
        verify = verify_certificate_ip_address if is_address(host) else verify_certificate_hostname
        try:
            verify(certificate, host)
        except (VerificationError, ValueError):
            problem = "for another name"
    return Tls(ok=not problem, problem=problem, not_after=not_after)
