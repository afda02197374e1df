"""A plain forwarding proxy: other link checkers see the loopback web through it.

They ask the system for names, which knows none of the web's; a proxy is asked for them instead.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from contextlib import suppress
from ipaddress import ip_address
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit, urlunsplit

import dns.asyncresolver
import dns.exception

ADDRESS = "127.0.0.1"
CHUNK = 64 * 1024
PROXY_SUFFIX = ".loopback"
"""Worn by host names on the way to the proxy: checkers skip names reserved for examples."""
BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def proxied_url(url: str) -> str:
    """Return an address as a checker has to ask the proxy for it."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=f"{parts.hostname}{PROXY_SUFFIX}:{parts.port}"))


class UnreachableError(OSError):
    """There is no such host, or none on loopback."""


class ForwardingProxy:
    """Forwards plain HTTP from a background thread while the context is open, one request each.

    It resolves names with `nameserver` (address:port), and goes to loopback addresses only.
    What cannot be reached is answered 502; what breaks off behind it breaks off before it.
    """

    def __init__(self, nameserver: str, timeout: float) -> None:
        address, _, port = nameserver.rpartition(":")
        self._resolver = dns.asyncresolver.Resolver(configure=False)
        self._resolver.nameservers = [address]
        self._resolver.port = int(port)
        self._resolver.lifetime = timeout
        self._port: Future[int] = Future()
        self._thread = threading.Thread(target=self._run, name="proxy", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self.url = f"http://{ADDRESS}:{self._port.result()}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._connections: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._connected, ADDRESS, 0, backlog=1024)
        self._port.set_result(server.sockets[0].getsockname()[1])
        await self._stop.wait()
        server.close()  # the loop cancels the connections that are left

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = asyncio.ensure_future(self._forward(reader, writer))
        self._connections.add(connection)
        connection.add_done_callback(self._connections.discard)

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            try:
                head = (await reader.readuntil(b"\r\n\r\n")).replace(PROXY_SUFFIX.encode(), b"")
                first, rest = head.split(b"\r\n", 1)
                method, url, version = first.decode("latin-1").split()
                behind, ahead = await self._connect(url)
            except (UnreachableError, ConnectionRefusedError, ValueError):
                writer.write(BAD_GATEWAY)
            else:
                parts = urlsplit(url)
                path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                ahead.write(f"{method} {path} {version}\r\n".encode("latin-1") + rest)
                await _run_until_first_done(_pipe(behind, writer), _pipe(reader, ahead))
                ahead.close()
        writer.close()

    async def _connect(self, url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        parts = urlsplit(url)
        address = await self._address(parts.hostname or "")
        return await asyncio.open_connection(address, parts.port or 80)

    async def _address(self, host: str) -> str:
        """Return the loopback address of a host. Raises UnreachableError when it has none."""
        try:
            addresses = [str(ip_address(host))]
        except ValueError:
            try:
                addresses = list((await self._resolver.resolve_name(host)).addresses())
            except dns.exception.DNSException as error:
                raise UnreachableError(host) from error
        for address in addresses:
            if ip_address(address).is_loopback:
                return address
        raise UnreachableError(host)


async def _pipe(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while chunk := await source.read(CHUNK):
            sink.write(chunk)
            await sink.drain()


async def _run_until_first_done(*pipes: Coroutine[None, None, None]) -> None:
    running = [asyncio.ensure_future(pipe) for pipe in pipes]
    try:
        await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for pipe in running:
            pipe.cancel()
