"""How the hosts of the loopback web answer: each function makes one behaviour."""

from __future__ import annotations

import asyncio
import gzip
import html
import socket
import struct
import zlib
from collections.abc import Mapping
from http import HTTPStatus

from brokenlinks.demo.server import Asked, Behaviour

HTML = "text/html; charset=utf-8"
FOREVER = 3_600.0
BOMB_SIZE = 256 * 1024 * 1024


def page(title: str, body: str, *, language: str = "en") -> str:
    """Return a plain HTML page."""
    return (
        f'<!doctype html><html lang="{language}"><head><title>{title}</title></head>'
        f"<body><main><h1>{title}</h1>{body}</main></body></html>"
    )


def answer(
    body: str | bytes = "",
    status: int = 200,
    content_type: str = HTML,
    headers: Mapping[str, str] | None = None,
) -> Behaviour:
    """Answer like a healthy server."""
    content = body.encode() if isinstance(body, str) else body

    async def behave(_: Asked, writer: asyncio.StreamWriter) -> None:
        sent = {"Content-Type": content_type, "Content-Length": str(len(content))}
        writer.write(_head(status, sent | dict(headers or {})) + content)

    return behave


def missing(site: str, status: int = 404) -> Behaviour:
    """Answer with an error page in the site's own dress."""
    text = f"<p>Sorry, the page you asked for is not here. <a href='/'>Home of {site}</a></p>"
    return answer(page("Page not found", text), status)


def redirect(to: str, status: int = 302, headers: Mapping[str, str] | None = None) -> Behaviour:
    """Send the visitor elsewhere; `{host}` in the address becomes the asked host with its port."""

    async def behave(asked: Asked, writer: asyncio.StreamWriter) -> None:
        location = to.replace("{host}", asked.headers.get("host", ""))
        sent = {"Location": location, "Content-Length": "0"} | dict(headers or {})
        writer.write(_head(status, sent))

    return behave


def endless_redirects() -> Behaviour:
    """Send the visitor from page to page without an end."""

    async def behave(asked: Asked, writer: asyncio.StreamWriter) -> None:
        start, _, number = asked.path.rpartition("-")
        to = f"{start}-{int(number) + 1}" if number.isdigit() else f"{asked.path}-1"
        writer.write(_head(302, {"Location": to, "Content-Length": "0"}))

    return behave


def once_the_cookie_is_back(served: str) -> Behaviour:
    """Redirect to the same address until the cookie it sets comes back."""

    async def behave(asked: Asked, writer: asyncio.StreamWriter) -> None:
        if "seen=1" in asked.headers.get("cookie", ""):
            await answer(served)(asked, writer)
        else:
            again = {"Set-Cookie": "seen=1; Path=/", "Location": asked.path, "Content-Length": "0"}
            writer.write(_head(302, again))

    return behave


def only_by_get(served: str) -> Behaviour:
    """Serve the page; a HEAD would have been answered 404 (this web is only asked by GET)."""
    return answer(served)


async def reset(_: Asked, writer: asyncio.StreamWriter) -> None:
    """Break the connection off."""
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def empty_reply(_: Asked, writer: asyncio.StreamWriter) -> None:
    """Close the connection without a word."""
    writer.close()


async def hang(_: Asked, __: asyncio.StreamWriter) -> None:
    """Take the request and never answer."""
    await asyncio.sleep(FOREVER)


async def drip(_: Asked, writer: asyncio.StreamWriter) -> None:
    """Serve one byte a second, without an end."""
    writer.write(_head(200, {"Content-Type": HTML}))
    while True:
        writer.write(b".")
        await writer.drain()
        await asyncio.sleep(1)


async def endless_body(_: Asked, writer: asyncio.StreamWriter) -> None:
    """Serve as fast as the visitor reads, without an end."""
    writer.write(_head(200, {"Content-Type": HTML}) + b"<title>Endless</title>")
    while True:
        writer.write(b"<p>and so on</p>" * 4096)
        await writer.drain()


async def malformed(_: Asked, writer: asyncio.StreamWriter) -> None:
    """Answer something that is not HTTP."""
    writer.write(b"\x00\xff what protocol?\r\n\r\n")


async def sloppy_headers(_: Asked, writer: asyncio.StreamWriter) -> None:
    """Serve a page behind header lines browsers forgive."""
    body = page("Old server", "<p>Still here after all these years.</p>").encode()
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nthis line has no colon\r\n")
    writer.write(b"X-Empty:\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


def many_headers(served: str, count: int = 10_000) -> Behaviour:
    """Serve a page behind thousands of headers."""
    return answer(served, headers={f"X-Filler-{n}": "x" * 20 for n in range(count)})


def broken_gzip(served: str) -> Behaviour:
    """Serve a page whose compression is damaged."""
    damaged = gzip.compress(served.encode())[:-20] + b"\x00" * 12
    return answer(damaged, headers={"Content-Encoding": "gzip"})


def gzip_bomb() -> Behaviour:
    """Serve some hundred kilobytes that unpack to hundreds of megabytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b" " * (1024 * 1024)
    packed = b"".join(packer.compress(block) for _ in range(BOMB_SIZE // len(block)))
    return answer(packed + packer.flush(), headers={"Content-Encoding": "gzip"})


def longer_than_promised(served: str) -> Behaviour:
    """Promise more bytes than are sent, then close."""
    return answer(served, headers={"Content-Length": str(len(served.encode()) + 500)})


def lying_about_its_encoding(title: str) -> Behaviour:
    """Declare UTF-8 and send Latin-1."""
    return answer(
        page(title, "<p>Würze, Gärung, Flaschengärung, Käse und mehr.</p>").encode("latin-1")
    )


def cloudflare(status: int) -> Behaviour:
    """Ask for a challenge as Cloudflare does."""
    body = page("Just a moment...", "<script>window._cf_chl_opt={cType:'managed'}</script>")
    return answer(body, status, headers={"cf-mitigated": "challenge", "Server": "cloudflare"})


def akamai() -> Behaviour:
    """Refuse as Akamai does."""
    said = (
        "You don't have permission to access this page. Reference&#32;&#35;18&#46;7d3a1402&#46;17"
    )
    return answer(
        page("Access Denied", f"<p>{said}&#46;5e1c</p>"), 403, headers={"Server": "AkamaiGHost"}
    )


def datadome() -> Behaviour:
    """Refuse as DataDome does."""
    body = '<script src="https://ct.captcha-delivery.com/c.js"></script><p>Please enable JS</p>'
    return answer(page("blocked", body), 403, headers={"x-dd-b": "1"})


def article(title: str, about: str) -> str:
    """Return a page with enough to read to be somebody's resource."""
    said = html.escape(about)
    paragraphs = "".join(
        f"<p>{said} {step} takes patience and clean equipment; write down what you do, taste as"
        " you go, and compare notes with other brewers before you change two things at once.</p>"
        for step in ("Planning", "Preparing", "Doing it", "Waiting", "Looking back")
    )
    return page(html.escape(title), paragraphs)


def _head(status: int, headers: Mapping[str, str]) -> bytes:
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "Other"
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{n}: {v}" for n, v in headers.items())]
    return ("\r\n".join([*lines, "Connection: close"]) + "\r\n\r\n").encode("latin-1")
