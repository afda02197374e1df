"""How hosts break the connection, the protocol or their word: each makes one behaviour."""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
import zlib
from functools import cache

from brokenlinks.demo.behaviours import HTML, answer, head, page, phrase
from brokenlinks.demo.server import Behaviour, ReceivedRequest

FOREVER = 3_600.0
BOMB_BLOCK = 1024 * 1024
BOMB_BLOCKS = 256
GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


async def reset(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
    """Break the connection off."""
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def empty_reply(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
    """Close the connection without a word."""
    writer.close()


async def hang(_: ReceivedRequest, __: asyncio.StreamWriter) -> None:
    """Take the request and never answer."""
    await asyncio.sleep(FOREVER)


async def drip(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
    """Serve one byte a second, without an end."""
    writer.write(head(200, {"Content-Type": HTML}))
    while True:
        writer.write(b".")
        await writer.drain()
        await asyncio.sleep(1)


async def endless_body(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
    """Serve as fast as the visitor reads, without an end."""
    writer.write(head(200, {"Content-Type": HTML}) + b"<title>Endless</title>")
    while True:
        writer.write(b"<p>and so on</p>" * 4096)
        await writer.drain()
        await asyncio.sleep(0)  # the other hosts have their turn, however fast this one is read


async def malformed(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
    """Answer something that is not HTTP."""
    writer.write(b"\x00\xff what protocol?\r\n\r\n")


def header_in_latin_1(name: str, value: str, status: int = 200) -> Behaviour:
    """Answer with a header in bytes that are no UTF-8, as old servers do."""

    async def behave(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        said = f"HTTP/1.1 {status} {phrase(status)}\r\n{name}: {value}\r\nConnection: close\r\n"
        body = page("Old server", "<p>Still here after all these years.</p>")
        writer.write(f"{said}Content-Type: text/html\r\n\r\n{body}".encode("latin-1"))

    return behave


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


def many_headers(served: str, count: int = 10_000) -> Behaviour:
    """Serve a page behind thousands of headers."""
    return answer(served, headers={f"X-Filler-{n}": "x" * 20 for n in range(count)})


def huge_header(served: str, size: int = 1024 * 1024) -> Behaviour:
    """Serve a page behind one header of `size` bytes."""
    return answer(served, headers={"X-Filler": "x" * size})


def broken_gzip(served: str) -> Behaviour:
    """Serve a page whose compression is damaged at the end."""
    return answer(damaged_gzip(served.encode()), headers={"Content-Encoding": "gzip"})


def damaged_gzip(content: bytes) -> bytes:
    """Return content compressed, with zeros in place of the last bytes."""
    return gzip.compress(content)[:-20] + b"\x00" * 12


def gzip_bomb() -> Behaviour:
    """Serve some hundred kilobytes that unpack to a quarter of a gigabyte."""
    return answer(_bomb(), headers={"Content-Encoding": "gzip"})


def longer_than_promised(served: str, promised: int = 20) -> Behaviour:
    """Send more than the `promised` bytes."""
    return answer(served, headers={"Content-Length": str(promised)})


def shorter_than_promised(served: str) -> Behaviour:
    """Promise more bytes than are sent, then close."""
    return answer(served, headers={"Content-Length": str(len(served.encode()) + 500)})


def wrong_encoding(title: str) -> Behaviour:
    """Declare UTF-8 and send Latin-1."""
    text = "<p>Würze, Gärung, Flaschengärung, Käse und mehr.</p>"
    return answer(page(title, text, language="de").encode("latin-1"))


@cache
def _bomb() -> bytes:
    """Pack one block and repeat it: after a full flush, a packed block stands by itself."""
    block = b" " * BOMB_BLOCK
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(BOMB_BLOCKS):
        checksum = zlib.crc32(block, checksum)
    tail = struct.pack("<II", checksum, BOMB_BLOCK * BOMB_BLOCKS)
    return GZIP_HEAD + packed * BOMB_BLOCKS + packer.flush() + tail
