"""The loopback web itself: many hosts on one port, told apart by the Host header."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic
from types import TracebackType
from typing import Self

from brokenlinks.demo.names import NameServer

ADDRESS, ADDRESS_V6 = "127.0.0.1", "::1"
LONGEST_HEAD = 64 * 1024
STOPPING_TIME = 5.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived; `began` in monotonic seconds."""

    host: str
    path: str
    headers: Mapping[str, str]
    began: float


Behaviour = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]
"""Answers a request, or does not, in its own way."""


@dataclass(slots=True)
class Site:
    """One host: behaviours by path, `otherwise` for every other path, its entry in the DNS."""

    otherwise: Behaviour
    paths: dict[str, Behaviour] = field(default_factory=dict)
    address: str = ADDRESS


class LoopbackWeb:
    """Serves `sites` and their names from a background thread while the context is open.

    `port` is taken when it is free, any other free one if not; 0 takes any. Every request is
    logged, so that a test can see what a server would have seen.
    """

    def __init__(
        self, sites: Mapping[str, Site], names: Mapping[str, str] | None = None, *, port: int = 0
    ) -> None:
        self.sites = dict(sites)
        self.port = port
        self.dns_port = 0
        self.requests: list[Asked] = []
        self.peaks: Counter[str] = Counter()
        self._zone = {host: site.address for host, site in sites.items()} | dict(names or {})
        self._in_flight: Counter[str] = Counter()
        self._arrived = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="loopback web", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(STOPPING_TIME)

    @property
    def nameserver(self) -> str:
        """The name server as the setting DNS_NAMESERVERS wants it."""
        return f"{ADDRESS}:{self.dns_port}"

    def url(self, host: str, path: str = "/") -> str:
        """Return the address of a path on one of the hosts."""
        return f"http://{host}:{self.port}{path}"

    def asked(self, host: str, path: str | None = None) -> list[Asked]:
        """Return the requests a host got, or those for one path of it."""
        return [r for r in self.requests if r.host == host and path in {None, r.path}]

    def wait_for_requests(self, count: int, seconds: float) -> bool:
        """Wait until so many requests have come in all; False when they have not in time."""
        with self._arrived:
            return self._arrived.wait_for(lambda: len(self.requests) >= count, seconds)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._ready.set()
            self._loop.close()

    async def _serve(self) -> None:
        servers = await self._listen()
        transport, _ = await self._loop.create_datagram_endpoint(
            lambda: NameServer(self._zone), local_addr=(ADDRESS, 0)
        )
        self.dns_port = transport.get_extra_info("sockname")[1]
        self._ready.set()
        await self._stop.wait()
        for server in servers:
            server.close()
        transport.close()
        handlers = asyncio.all_tasks() - {asyncio.current_task()}
        for task in handlers:
            task.cancel()
        await asyncio.gather(*handlers, return_exceptions=True)
        await asyncio.sleep(0)

    async def _listen(self) -> list[asyncio.Server]:
        try:
            server = await asyncio.start_server(self._handle, ADDRESS, self.port)
        except OSError:
            server = await asyncio.start_server(self._handle, ADDRESS, 0)
        self.port = server.sockets[0].getsockname()[1]
        if any(site.address == ADDRESS_V6 for site in self.sites.values()):
            return [server, await asyncio.start_server(self._handle, ADDRESS_V6, self.port)]
        return [server]

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            asked = _parse(head)
            with self._arrived:
                self.requests.append(asked)
                self._arrived.notify_all()
            self._in_flight[asked.host] += 1
            self.peaks[asked.host] = max(self.peaks[asked.host], self._in_flight[asked.host])
            try:
                await self._behaviour(asked)(asked, writer)
                await writer.drain()
            finally:
                self._in_flight[asked.host] -= 1
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the other side hung up, as clients that read enough do
        except asyncio.CancelledError:
            writer.transport.abort()
        finally:
            writer.close()

    def _behaviour(self, asked: Asked) -> Behaviour:
        site = self.sites[asked.host]
        return site.paths.get(asked.path, site.otherwise)


def _parse(head: bytes) -> Asked:
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    host = headers.get("host", "").rpartition(":")[0] or headers.get("host", "")
    return Asked(host.strip("[]"), first.split(" ")[1], headers, monotonic())
