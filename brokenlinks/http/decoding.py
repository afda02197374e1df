"""From bytes as sent to text, within bounds: bodies from strangers may be bombs or broken."""

from __future__ import annotations

import zlib

from w3lib.encoding import html_to_unicode

from brokenlinks.http.response import Answer

_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS


def decoded_body(answer: Answer, limit: int) -> bytes | None:
    """Undo the answer's content encoding, `limit` bytes at most; None when it cannot be undone."""
    encoding = answer.headers.get("content-encoding", "").strip().lower()
    if encoding in {"", "identity"}:
        return answer.body[:limit]
    if encoding in {"gzip", "x-gzip", "deflate"}:
        return _inflate(answer.body, limit)
    return None


def text_of(answer: Answer, limit: int) -> str | None:
    """Return the body as text in the encoding it really has; None when it cannot be decoded."""
    body = decoded_body(answer, limit)
    if body is None:
        return None
    return html_to_unicode(answer.headers.get("content-type"), body)[1]


def _inflate(body: bytes, limit: int) -> bytes | None:
    for window in (_GZIP_OR_ZLIB, -zlib.MAX_WBITS):
        try:
            return zlib.decompressobj(window).decompress(body, limit)
        except zlib.error:
            continue
    return None
