"""Downloader middlewares for pages: robots.txt, the throttle they share with probes, encodings."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import DownloadFailedError, IgnoreRequest
from scrapy.http import HtmlResponse, TextResponse
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding

from brokenlinks.http.decoding import declared_encoding
from brokenlinks.http.handler import PageFetchError
from brokenlinks.http.network import Network
from brokenlinks.http.response import FetchError, FetchResult, retry_after_seconds
from brokenlinks.text.printable import excerpt
from brokenlinks.text.urls import host_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


PAGE_SLOT = "brokenlinks-page"


class DisallowedByRobots(IgnoreRequest):
    """robots.txt disallows the page."""


class RetryLater(IgnoreRequest):
    """The host's Retry-After is longer than a run waits."""


class PolitenessMiddleware:
    """Replaces Scrapy's RobotsTxtMiddleware, and waits for the throttle.

    The rules are shared with the probes (one request per host) and bounded in memory, and a host
    that does not answer costs one log line, not a traceback.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._obey = crawler.settings.getbool("ROBOTSTXT_OBEY")
        self._delay = crawler.settings.getfloat("DOWNLOAD_DELAY")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from the settings ROBOTSTXT_OBEY and DOWNLOAD_DELAY."""
        middleware = cls(crawler)
        left = signals.request_left_downloader
        crawler.signals.connect(middleware.request_left_downloader, signal=left)
        return middleware

    async def process_request(self, request: Request) -> Response | None:
        """Wait for the host's slot. Raises DisallowedByRobots and RetryLater.

        A server error in place of robots.txt is the response for each page.
        """
        network = Network.of(self._crawler)
        if self._obey:
            rules = await network.robots.rules_for(request.url)
            if rules.failed_status is not None:
                return HtmlResponse(request.url, status=rules.failed_status)
            if not network.robots.allows(rules, request.url):
                raise DisallowedByRobots(request.url)
        if network.throttle.pause_remaining(host_of(request.url)):
            raise RetryLater(request.url)
        await network.throttle.acquire(host_of(request.url), self._delay)
        # The throttle has paced it; Scrapy's own slot of the host would pace it again.
        request.meta["download_slot"] = PAGE_SLOT
        return None

    def request_left_downloader(self, request: Request) -> None:
        """Free the host's slot."""
        Network.of(self._crawler).throttle.release(host_of(request.url), self._delay)

    def process_response(self, request: Request, response: Response) -> Response:
        """Report latency, refusals and Retry-After to the throttle, as probes do."""
        retry_after = (response.headers.get("Retry-After") or b"").decode("latin-1")
        Network.of(self._crawler).throttle.adjust(
            host_of(request.url),
            response.status,
            elapsed=request.meta.get("download_latency", 0.0),
            retry_after=retry_after_seconds(retry_after, datetime.now(UTC)),
        )
        return response


class DecompressionMiddleware(HttpCompressionMiddleware):
    """Makes a page that cannot be decompressed a failure of its server, not of this program."""

    def process_response(  # type: ignore[override]  # without the argument that Scrapy deprecates
        self, request: Request, response: Response
    ) -> Request | Response:
        """Decompress a page. Raises DownloadFailedError, caused by a PageFetchError."""
        try:
            return super().process_response(request, response)
        except IgnoreRequest:
            raise  # too large
        except Exception as error:  # noqa: BLE001 - each decompressor has errors of its own
            detail = excerpt(f"its compressed body is broken: {type(error).__name__}: {error}", 200)
            result = FetchResult(request.url, error=FetchError.MALFORMED, detail=detail)
            raise DownloadFailedError(detail) from PageFetchError(result)


class PageEncodingMiddleware:
    """Ignores declared encodings that do not exist: Scrapy would try to use them."""

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002
        """Set the encoding of such a page before its text is read."""
        if not isinstance(response, TextResponse):
            return response
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
        declared = http_content_type_encoding(kind) or html_body_declared_encoding(response.body)
        encoding = declared_encoding(kind, response.body)
        if declared in {None, encoding}:
            return response
        if encoding is None:  # Scrapy's guess: it looks for no declaration after `<body`
            encoding = HtmlResponse("", body=b"<body>" + response.body).encoding
        return response.replace(encoding=encoding)
