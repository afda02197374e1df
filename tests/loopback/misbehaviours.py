"""How hosts break the protocol or their word in ways that no demo needs."""

from __future__ import annotations

import asyncio
import struct
import zlib
from functools import cache

from brokenlinks.demo.behaviours import HTML, answer, damaged_gzip, head, page, phrase
from brokenlinks.demo.server import Behaviour, ReceivedRequest

BOMB_BLOCK = 1024 * 1024
BOMB_BLOCKS = 256
GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


async def drip(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
    """Serve one byte a second, without an end."""
    writer.write(head(200, {"Content-Type": HTML}))
    while True:
        writer.write(b".")
        await writer.drain()
        await asyncio.sleep(1)


def header_in_latin_1(name: str, value: str, status: int = 200) -> Behaviour:
    """Answer with a header in bytes that are no UTF-8, as old servers do."""

    async def behave(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        lines = f"HTTP/1.1 {status} {phrase(status)}\r\n{name}: {value}\r\nConnection: close\r\n"
        body = page("Old server", "<p>Still here after all these years.</p>")
        writer.write(f"{lines}Content-Type: text/html\r\n\r\n{body}".encode("latin-1"))

    return behave


def many_headers(served: str, count: int = 10_000) -> Behaviour:
    """Serve a page behind thousands of headers."""
    return answer(served, headers={f"X-Filler-{n}": "x" * 20 for n in range(count)})


def huge_header(served: str, size: int = 1024 * 1024) -> Behaviour:
    """Serve a page behind one header of `size` bytes."""
    return answer(served, headers={"X-Filler": "x" * size})


def broken_gzip(served: str) -> Behaviour:
    """Serve a page whose compression is damaged at the end."""
    return answer(damaged_gzip(served.encode()), headers={"Content-Encoding": "gzip"})


def shorter_than_promised(served: str) -> Behaviour:
    """Promise more bytes than are sent, then close."""
    return answer(served, headers={"Content-Length": str(len(served.encode()) + 500)})


def gzip_bomb() -> Behaviour:
    """Serve some hundred kilobytes that unpack to a quarter of a gigabyte."""
    return answer(_bomb(), headers={"Content-Encoding": "gzip"})


def longer_than_promised(served: str, promised: int = 20) -> Behaviour:
    """Send more than the `promised` bytes."""
    return answer(served, headers={"Content-Length": str(promised)})


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
