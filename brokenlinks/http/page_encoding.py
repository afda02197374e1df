"""Which encoding the pages that Scrapy fetches are read in: Scrapy tries whatever they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.http import HtmlResponse, TextResponse
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding

from brokenlinks.http.decoding import declared_encoding
from brokenlinks.http.handler import PROBE

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response


class PageEncodingMiddleware:
    """Downloader middleware: a page that names what is no encoding is read as if it named none."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Give such a page its encoding before anybody reads its text."""
        if PROBE in request.meta or not isinstance(response, TextResponse):
            return response
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
        named = http_content_type_encoding(kind) or html_body_declared_encoding(response.body)
        encoding = declared_encoding(kind, response.body)
        if named in {None, encoding}:
            return response
        return response.replace(encoding=encoding or _guessed(response.body))


def _guessed(body: bytes) -> str:
    """Return Scrapy's guess; past <body it looks for no declaration."""
    return HtmlResponse("", body=b"<body>" + body).encoding
