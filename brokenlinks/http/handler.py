"""Scrapy's download handler for http and https: pages are fetched by the client of the probes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Headers
from scrapy.responsetypes import responsetypes

from brokenlinks.http.client import HttpRequest
from brokenlinks.http.network import Network
from brokenlinks.http.response import FetchError, FetchResult
from brokenlinks.text.printable import excerpt

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

SCRAPY_ERRORS: dict[FetchError, type[Exception]] = {
    FetchError.DNS: CannotResolveHostError,
    FetchError.REFUSED: DownloadConnectionRefusedError,
    FetchError.CONNECT_TIMEOUT: DownloadTimeoutError,
    FetchError.TIMEOUT: DownloadTimeoutError,
    FetchError.SLOW_BODY: DownloadTimeoutError,
    FetchError.OVERSIZE: DownloadCancelledError,
    FetchError.BAD_URL: UnsupportedURLSchemeError,
    FetchError.BLOCKED_PORT: UnsupportedURLSchemeError,
}
"""Scrapy's exceptions, which its middlewares know; DownloadFailedError for all other errors."""


class PageFetchError(Exception):
    """Why there is no response; the cause of the exception that Scrapy sees."""

    def __init__(self, result: FetchResult) -> None:
        super().__init__(result.detail)
        self.error = result.error
        self.detail = result.detail


class HttpDownloadHandler(BaseDownloadHandler):
    """Fetches pages through the crawl's network; of a page that is too large, nothing is kept."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._max_bytes = crawler.settings.getint("DOWNLOAD_MAXSIZE") or sys.maxsize  # 0: no limit

    async def download_request(self, request: Request) -> Response:
        """Fetch a page. Raises Scrapy's exceptions; their cause is a PageFetchError."""
        result = await Network.of(self.crawler).client.send(
            HttpRequest(
                request.url,
                dict(request.headers.to_tuple_list()),
                request.body if request.method == "POST" else None,
                timeout=request.meta["download_timeout"],
                max_bytes=self._max_bytes,
                whole=True,
            )
        )
        if result.error is not None:
            kind = SCRAPY_ERRORS.get(result.error, DownloadFailedError)
            raise kind(result.detail) from PageFetchError(result)
        assert result.status is not None
        request.meta["download_latency"] = result.elapsed
        headers = Headers({name: result.header_values(name) for name in result.headers})
        response_class = responsetypes.from_args(headers, request.url, body=result.body)
        return response_class(request.url, result.status, headers, result.body)


def classify_error(error: BaseException) -> tuple[FetchError, str]:
    """Return the kind of error that ended a page's request, and its detail."""
    cause = error.__cause__
    if isinstance(cause, PageFetchError) and cause.error is not None:
        # For a page, too slow is too slow, whether before or after the headers.
        is_slow = cause.error is FetchError.SLOW_BODY
        return FetchError.TIMEOUT if is_slow else cause.error, cause.detail
    return FetchError.INTERNAL, excerpt(f"{type(error).__name__}: {error}", 200)
