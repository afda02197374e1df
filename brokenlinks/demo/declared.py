"""Replies as data: what a TOML file says of a host's answer becomes a behaviour.

A reply is a status, the name of a file to serve, or a table:

    404                                          the error page of a stock server
    "page.html"                                  a file, with 200 and the type its name says
    { status = 404, body = "missing.html" }      `text` in place of `body` has it inline
    { page = ["Title", "<p>Markup</p>"] }        a small page; `article` repeats what it is about
    { missing = "The site's name" }              the error page of a site, with 404
    { stock = 401, headers = { ... } }           the error page of a stock server, with headers
    { filler_headers = 10000, body = "a.html" }  a file behind so many headers
    { type = "text/html", headers = { Server = "cloudflare" }, body = "page.html" }
    { visits = ["first.html", "second.html"] }   another file each time, then from the start again
    { tries = [503, 503, "page.html"] }          one reply after another, then always the last
    { gzip = "damaged", body = "page.html" }     compressed, and broken at its end, or "whole"
    { redirect = "http://new.example:{port}/", status = 301 }
    { hops = 4, body = "page.html" }             so many redirects to the same address first
    { redirect = "{path}", headers = { Set-Cookie = "a=1" }, with_cookie = "page.html" }
    { body = "page.html", to_head = 404 }        something else to a HEAD
    { bot_protection = "cloudflare" }            a vendor's challenge page, see `block_pages.toml`
    { fault = "reset" }                          one of FAULTS

In bodies and redirects `{host}` is the asked host with its port, `{port}` the port alone, `{path}`
the asked path. In bodies `{visit}` counts the requests, and `[[repeat 900 <p>#</p>]]` stands for
so many copies, each with its number.
"""

from __future__ import annotations

import asyncio
import gzip
import re
from collections.abc import Callable, Mapping
from html import escape
from itertools import count
from pathlib import Path
from typing import Any

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Behaviour, ReceivedRequest

Reply = int | str | Mapping[str, Any]
Read = Callable[[str], bytes]
"""Returns the content of a file a reply names."""

FAULTS: dict[str, Behaviour] = {
    "reset": b.reset,
    "empty": b.empty_reply,
    "hang": b.hang,
    "endless": b.endless_body,
    "not http": b.malformed,
    "old headers": b.old_headers,
    "sloppy headers": b.sloppy_headers,
}
_COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "whole": gzip.compress,
    "damaged": b.damaged_gzip,
}
_TEMPLATES: dict[str, Callable[..., str]] = {"page": b.page, "article": b.article}
_CONTENT_TYPES = {
    "": b.HTML,
    ".html": b.HTML,
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".json": "application/json",
    ".xml": "application/xml",
    ".pdf": "application/pdf",
    ".gif": "image/gif",
    ".zip": "application/zip",
    ".bin": "application/octet-stream",
}
_PLACEHOLDER = re.compile(rb"\{(host|port|path|visit)\}")
_REPEAT = re.compile(rb"\[\[repeat (\d+) (.+?)\]\]", re.DOTALL)


def behaviour(reply: Reply, read: Read) -> Behaviour:
    """Return how a host behaves that gives `reply`.

    Raises ValueError or KeyError for what means nothing in a reply.
    """
    if isinstance(reply, int):
        return b.refusal(reply)
    if isinstance(reply, str):
        return behaviour({"body": reply}, read)
    rest = dict(reply)
    if tries := rest.pop("tries", None):
        return b.in_turn([behaviour(each, read) for each in tries])
    to_head, with_cookie = rest.pop("to_head", None), rest.pop("with_cookie", None)
    hops = rest.pop("hops", 0)
    served = _plain(rest, read)
    if rest:
        raise ValueError(f"not part of a reply: {', '.join(rest)}")
    if hops:
        served = b.redirect_chain(hops, served)
    if with_cookie is not None:
        returned = behaviour(with_cookie, read)
        served = b.either(lambda request: "cookie" in request.headers, returned, served)
    if to_head is not None:
        served = b.either(
            lambda request: request.method == "HEAD", behaviour(to_head, read), served
        )
    return served


def expanded(content: bytes) -> bytes:
    """Return a file's content with what it says to repeat repeated."""

    def repeat(match: re.Match[bytes]) -> bytes:
        return b"".join(match[2].replace(b"#", b"%d" % n) for n in range(int(match[1])))

    return _REPEAT.sub(repeat, content)


def _plain(rest: dict[str, Any], read: Read) -> Behaviour:
    """Take out of `rest` what makes the answer itself."""
    if "fault" in rest:
        return FAULTS[rest.pop("fault")]
    if "bot_protection" in rest:
        return b.block_page(rest.pop("bot_protection"))
    headers = {f"X-Filler-{n}": "x" * 20 for n in range(rest.pop("filler_headers", 0))}
    headers |= rest.pop("headers", {})
    if "stock" in rest:
        return b.refusal(rest.pop("stock"), headers)
    if "missing" in rest:
        return b.missing(rest.pop("missing"), rest.pop("status", 404))
    if "redirect" in rest:
        return b.redirect(rest.pop("redirect"), rest.pop("status", 302), headers)
    status, bodies = rest.pop("status", 200), rest.pop("visits", None) or [rest.pop("body", "")]
    kind = rest.pop("type", _CONTENT_TYPES[Path(bodies[0]).suffix])
    text = rest.pop("text", "")
    for name, template in _TEMPLATES.items():
        if name in rest:
            text = template(*rest.pop(name))
    contents = [expanded(read(body)) if body else text.encode() for body in bodies]
    if "gzip" in rest:
        compress = _COMPRESSORS[rest.pop("gzip")]
        contents = [compress(content) for content in contents]
        headers = {"Content-Encoding": "gzip", **headers}
    return _pages(contents, status, kind, headers)


def _pages(contents: list[bytes], status: int, kind: str, headers: Mapping[str, str]) -> Behaviour:
    if len(contents) == 1 and not _PLACEHOLDER.search(contents[0]):
        return b.answer(contents[0], status, kind, headers)
    visits = count(1)

    async def behave(request: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        host, visit = request.headers["host"], next(visits)
        values = {
            b"host": host,
            b"port": host.rpartition(":")[2],
            b"path": escape(request.path),
            b"visit": str(visit),
        }
        content = contents[(visit - 1) % len(contents)]
        filled = _PLACEHOLDER.sub(lambda match: values[match[1]].encode(), content)
        await b.answer(filled, status, kind, headers)(request, writer)

    return behave
