"""How hosts answer: behaviours, from a plain page to a connection that is reset."""

from __future__ import annotations

import asyncio
import gzip
import html
import socket
import struct
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from http import HTTPStatus
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zlib import crc32

from brokenlinks.demo.server import Behaviour, ReceivedRequest
from brokenlinks.text.phrases import read_toml

HTML = "text/html; charset=utf-8"
BODILESS = frozenset({204, 304})
FOREVER = 3_600.0
"""Seconds, longer than any client waits."""


def page(title: str, body: str, language: str = "en") -> str:
    """Return a plain HTML page; `title` is text, `body` markup."""
    title = html.escape(title)
    return (
        f'<!doctype html><html lang="{language}"><head><title>{title}</title></head>'
        f"<body><main><h1>{title}</h1>{body}</main></body></html>"
    )


SENTENCES = (
    "Planning takes patience, a notebook and one quiet evening before anything is bought.",
    "Clean equipment is half of the work, and the half that nobody sees.",
    "Compare notes with neighbours before you change two things at once.",
    "A thermometer that lies by three degrees has spoiled more than bad luck ever did.",
    "Some swear by copper, others by plastic; both have won ribbons at the county fair.",
    "Weigh rather than guess, above all when the recipe comes from another country.",
    "The first attempt is for learning, the second for drinking, the third for guests.",
    "Old books describe the same steps with other words and larger buckets.",
    "Keep a sample of every batch, label it, and taste it again after half a year.",
    "What smells wrong on the second day is often perfect on the tenth.",
    "A slow start is no failure; wait until morning before you worry.",
    "Borrow the expensive tool once before you decide to own it.",
    "The drawing below shows where the valve goes and why it must not leak.",
    "Prices differ by half between suppliers, so ask three of them.",
    "Members sent in corrections, which are marked with their initials.",
    "The table lists what we measured on twelve evenings last winter.",
)
SENTENCES_A_PAGE = 5


def article(title: str, about: str) -> str:
    """Return a page with enough text to be a resource; the sentences depend on the title."""
    text = html.escape(about)
    start = crc32(title.encode())
    chosen = (SENTENCES[(start + 3 * n) % len(SENTENCES)] for n in range(SENTENCES_A_PAGE))
    paragraphs = "".join(f"<p>{text}. {sentence} {text} again.</p>" for sentence in chosen)
    return page(title, paragraphs)


def answer(
    body: str | bytes = "",
    status: int = 200,
    content_type: str = HTML,
    headers: Mapping[str, str] | None = None,
) -> Behaviour:
    """Answer like a healthy server; to a HEAD, without the body."""
    content = body.encode() if isinstance(body, str) else body
    described = {"Content-Type": content_type, "Content-Length": str(len(content))}
    sent = head(status, described | dict(headers or {}))

    async def behave(request: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        writer.write(sent if request.method == "HEAD" else sent + content)

    return behave


def refusal(status: int, headers: Mapping[str, str] | None = None) -> Behaviour:
    """Answer with nothing but a status, and the page a stock server writes around it."""
    text = f"{status} {phrase(status)}"
    body = f"<html><head><title>{text}</title></head><body><h1>{text}</h1></body></html>"
    return answer("" if status in BODILESS else body, status, headers=headers)


def missing(site: str, status: int = 404) -> Behaviour:
    """Answer with the site's own error page."""
    home = f"<a href='/'>Home of {html.escape(site)}</a>"
    return answer(
        page("Page not found", f"<p>Sorry, the page you asked for is not here. {home}</p>"), status
    )


def block_page(vendor: str) -> Behaviour:
    """Refuse as a vendor's bot protection does. Raises KeyError for an unknown vendor."""
    reply = block_pages()[vendor]
    return answer(reply["body"].strip(), reply["status"], headers=reply["headers"])


@cache
def block_pages() -> dict[str, Any]:
    """Return what vendors of bot protection send instead of the page, by vendor."""
    return read_toml(__package__, "block_pages.toml")


def redirect(to: str, status: int = 302, headers: Mapping[str, str] | None = None) -> Behaviour:
    """Redirect.

    In `to`, `{host}` becomes the asked host with its port, `{port}` the port alone, `{path}` the
    asked path.
    """

    async def behave(request: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        host = request.headers["host"]
        location = to.replace("{host}", host).replace("{port}", host.rpartition(":")[2])
        location = location.replace("{path}", request.path)
        sent = {"Location": location, "Content-Length": "0"}
        writer.write(head(status, sent | dict(headers or {})))

    return behave


def redirect_chain(hops: int, end: Behaviour) -> Behaviour:
    """Redirect `hops` times, each time to another address, then behave as `end`."""

    async def behave(request: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        parts = urlsplit(request.path)
        done = int(parse_qs(parts.query).get("hop", ["0"])[0])
        onward = redirect(f"{parts.path}?hop={done + 1}")
        await (onward if done < hops else end)(request, writer)

    return behave


def either(
    wanted: Callable[[ReceivedRequest], bool], chosen: Behaviour, otherwise: Behaviour
) -> Behaviour:
    """Behave as `chosen` to the requests that are `wanted`, as `otherwise` to all others."""

    async def behave(request: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        await (chosen if wanted(request) else otherwise)(request, writer)

    return behave


def in_turn(behaviours: Sequence[Behaviour]) -> Behaviour:
    """Behave as each of `behaviours` once, then as the last of them."""
    visits = count()

    async def behave(request: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        await behaviours[min(next(visits), len(behaviours) - 1)](request, writer)

    return behave


async def reset(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
    """Break the connection off."""
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def empty_reply(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
    """Close the connection without an answer."""
    writer.close()


async def hang(_: ReceivedRequest, __: asyncio.StreamWriter) -> None:
    """Take the request and never answer."""
    await asyncio.sleep(FOREVER)


async def endless_body(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
    """Serve as fast as the client reads, without an end."""
    writer.write(head(200, {"Content-Type": HTML}) + b"<title>Endless</title>")
    while True:
        writer.write(b"<p>and so on</p>" * 4096)
        await writer.drain()
        await asyncio.sleep(0)  # the other hosts have their turn, however fast this one is read


async def malformed(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
    """Answer something that is not HTTP."""
    writer.write(b"\x00\xff what protocol?\r\n\r\n")


async def sloppy_headers(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
    """Serve a page behind header lines browsers forgive."""
    body = page("Old server", "<p>Still here after all these years.</p>").encode()
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nthis line has no colon\r\n")
    writer.write(b"X-Empty:\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


async def old_headers(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
    """Serve a page behind lines that end as in the oldest servers, one of them empty."""
    body = page("Old server", "<p>Still here after all these years.</p>").encode()
    writer.write(b"HTTP/1.0 200 OK\nContent-Type:text/html\nX-Empty:\n")
    writer.write(b"Content-Length: %d\n\n" % len(body) + body)


def damaged_gzip(content: bytes) -> bytes:
    """Return content compressed, with zeros in place of the last bytes."""
    return gzip.compress(content)[:-20] + b"\x00" * 12


def head(status: int, headers: Mapping[str, str]) -> bytes:
    """Return the head of a response; this web keeps no connection open."""
    lines = [f"HTTP/1.1 {status} {phrase(status)}", *(f"{n}: {v}" for n, v in headers.items())]
    return ("\r\n".join([*lines, "Connection: close"]) + "\r\n\r\n").encode("latin-1")


def phrase(status: int) -> str:
    """Return the words that go with a status, also for those no standard knows."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Request Denied" if status == 999 else "Unknown Status"
