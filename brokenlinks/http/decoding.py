"""From bytes as sent to text, within bounds: bodies may be bombs, or broken."""

from __future__ import annotations

import zlib

from w3lib.encoding import (
    html_body_declared_encoding,
    html_to_unicode,
    http_content_type_encoding,
    read_bom,
)

from brokenlinks.http.response import FetchResult

_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_ENCODINGS = frozenset(
    {"utf-8", "utf-16", "utf-16-be", "utf-16-le", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic"}
    | {f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)}
    | {"cp866", "cp874", *(f"cp{number}" for number in range(1250, 1259))}
    | {"big5hkscs", "cp932", "cp949", "euc_jp", "gb18030", "hz", "iso2022_jp", "iso2022_kr"}
)
"""The encodings that browsers know, under Python's names. Python has others, and codecs that
are no text encodings or fail on purpose."""

_BEYOND_ASCII = bytes(range(128, 256))


def decoded_body(answer: FetchResult, limit: int) -> bytes | None:
    """Return the decompressed body, `limit` bytes at most; None when that fails."""
    encoding = answer.headers.get("content-encoding", "").strip().lower()
    if encoding in {"", "identity"}:
        return answer.body[:limit]
    if encoding in {"gzip", "x-gzip", "deflate"}:
        return _inflate(answer.body, limit)
    return None


def text_of(answer: FetchResult, limit: int) -> str | None:
    """Return the body as text in its declared encoding, else a likely one; None if it is broken."""
    body = decoded_body(answer, limit)
    if body is None:
        return None
    encoding = declared_encoding(answer.content_type, body) or _undeclared_encoding(body)
    return html_to_unicode(f"charset={encoding}", body)[1]


def declared_encoding(content_type: str, body: bytes) -> str | None:
    """Return Python's name of the declared encoding; None for none that browsers know.

    A byte order mark wins over the header, and the header over the text itself.
    """
    return (
        read_bom(body)[0]
        or _known(http_content_type_encoding(content_type))
        or _known(html_body_declared_encoding(body))
    )


def _undeclared_encoding(body: bytes) -> str:
    """Return UTF-8, or what browsers take for text that is mostly none: Windows-1252."""
    slips = body.decode("utf-8", "replace").count("\ufffd")
    beyond_ascii = len(body) - len(body.translate(None, _BEYOND_ASCII))
    return "cp1252" if 2 * slips > beyond_ascii else "utf-8"


def _known(encoding: str | None) -> str | None:
    return encoding if encoding in _ENCODINGS else None


def _inflate(body: bytes, limit: int) -> bytes | None:
    for window in (_GZIP_OR_ZLIB, -zlib.MAX_WBITS):
        try:
            return zlib.decompressobj(window).decompress(body, limit)
        except zlib.error:
            continue
    return None


def looks_like_html(content_type: str, body: bytes) -> bool:
    """Return whether it is HTML by its type, or by its first bytes if the type says nothing."""
    kind = content_type.split(";", 1)[0].strip().lower()
    if kind in HTML_TYPES:
        return True
    start = body[:512].lstrip().lower()
    return kind in {"", "text/plain", "application/octet-stream"} and start.startswith(
        (b"<!doctype html", b"<html", b"<head")
    )


HTML_TYPES = ("text/html", "application/xhtml+xml")
