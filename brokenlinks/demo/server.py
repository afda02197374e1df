"""The loopback web itself: many hosts on one port, distinguished by the Host header, and its DNS.

It knows nothing of how a host behaves: sites and their behaviours are given to it.
"""

from __future__ import annotations

import asyncio
import logging
import re
import socket
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Self, cast

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset

logger = logging.getLogger(__name__)

ADDRESS, ADDRESS_V6 = "127.0.0.1", "::1"
BACKLOG = 1024
MAX_READ = 64 * 1024
SHUTDOWN_TIMEOUT = 5.0
SETTLE_DELAY = 0.002
TTL = 60
SOA = "ns.invalid. hostmaster.invalid. 1 3600 600 86400 60"
"""The zone of every name that exists: here each name is a zone of its own."""
DEFAULT_NAME_SERVERS = ("ns.invalid",)
NO_ADDRESS, SERVFAIL, REFUSED, SILENT = "no address", "servfail", "refused", "silent"
"""In place of an address: the name exists without one, the server fails, refuses, never answers."""


@dataclass(frozen=True, slots=True)
class ReceivedRequest:
    """One request as it arrived; `path` with its query, `began` in monotonic seconds."""

    method: str
    host: str
    path: str
    headers: Mapping[str, str]
    began: float
    body: bytes = b""


Behaviour = Callable[[ReceivedRequest, asyncio.StreamWriter], Awaitable[None]]
"""Answers a request, or does not, in its own way."""


@dataclass(slots=True)
class Site:
    """One host: behaviours by path, `otherwise` for every other path, its entry in the DNS."""

    otherwise: Behaviour
    paths: dict[str, Behaviour] = field(default_factory=dict)
    address: str = ADDRESS

    def behaviour(self, path: str) -> Behaviour:
        """Return what answers `path`; a query makes a difference only where one is planted."""
        return self.paths.get(path) or self.paths.get(path.partition("?")[0], self.otherwise)


@dataclass(frozen=True, slots=True)
class DnsEntry:
    """The DNS records of one name; `address` may be one of the failures above."""

    address: str
    cname: str = ""
    name_servers: tuple[str, ...] = DEFAULT_NAME_SERVERS


class NameServer(asyncio.DatagramProtocol):
    """Answers from `zone` (host to address, failure or whole entry); all else is NXDOMAIN.

    A name above a host of the zone exists too, as in the real DNS.
    """

    def __init__(self, zone: Mapping[str, str | DnsEntry]) -> None:
        self._zone = {
            name: value if isinstance(value, DnsEntry) else DnsEntry(value)
            for name, value in zone.items()
        }
        parents = {name.split(".", n)[n] for name in zone for n in range(1, name.count(".") + 1)}
        self._existing = parents | set(zone)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Answer one question."""
        try:
            question = dns.message.from_wire(data)
        except dns.exception.DNSException:
            return
        answer = self._answer(question)
        if answer is not None:
            self._transport.sendto(answer.to_wire(), addr)

    def _answer(self, query: dns.message.Message) -> dns.message.Message | None:
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).lower()
        entry = self._zone.get(name, DnsEntry(NO_ADDRESS if name in self._existing else ""))
        if entry.address == SILENT:
            return None
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.AA | dns.flags.RA
        failures = {
            "": dns.rcode.NXDOMAIN,
            SERVFAIL: dns.rcode.SERVFAIL,
            REFUSED: dns.rcode.REFUSED,
        }
        if entry.address in failures:
            answer.set_rcode(failures[entry.address])
        else:
            answer.answer.extend(_records(question, entry))
        return answer


def _records(question: dns.rrset.RRset, entry: DnsEntry) -> list[dns.rrset.RRset]:
    """Return what `entry` says to a question, a CNAME before the address it leads to."""

    def record(name: dns.name.Name, kind: str, *values: str) -> dns.rrset.RRset:
        return dns.rrset.from_text(name, TTL, "IN", kind, *values)

    if question.rdtype == dns.rdatatype.SOA:
        return [record(question.name, "SOA", SOA)]
    if question.rdtype == dns.rdatatype.NS:
        return [record(question.name, "NS", *(f"{host}." for host in entry.name_servers))]
    records = []
    named = question.name
    if entry.cname:
        named = dns.name.from_text(entry.cname)
        records.append(record(question.name, "CNAME", f"{entry.cname}."))
    if entry.address != NO_ADDRESS and question.rdtype == _kind(entry.address):
        records.append(record(named, _kind(entry.address).name, entry.address))
    return records


def _kind(address: str) -> dns.rdatatype.RdataType:
    return dns.rdatatype.AAAA if ":" in address else dns.rdatatype.A


class LoopbackWeb:
    """Serves `sites` and their names from a background thread while the context is open.

    `port` is taken when it is free, any other free one if not; 0 takes any. Every request is
    logged, so that a test can see what a server would have seen. What a site answers may be
    changed while it runs, its names may not.
    """

    def __init__(
        self,
        sites: Mapping[str, Site],
        names: Mapping[str, str | DnsEntry] | None = None,
        *,
        port: int = 0,
    ) -> None:
        self.sites = dict(sites)
        self.port = port
        self.dns_port = 0
        self.closed_port = 0
        """Taken as long as the web is up, and refused by all its hosts."""
        self.requests: list[ReceivedRequest] = []
        self.peak_concurrency: Counter[str] = Counter()
        """By host, how many requests it had to answer at once, at most."""
        self._zone: dict[str, str | DnsEntry] = {host: site.address for host, site in sites.items()}
        self._zone |= names or {}
        self._arrived = threading.Condition()
        self._in_flight: Counter[str] = Counter()
        self._handling: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._started: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="loopback web", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._started.result()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(SHUTDOWN_TIMEOUT)

    @property
    def nameserver(self) -> str:
        """The name server as the setting DNS_NAMESERVERS wants it."""
        return f"{ADDRESS}:{self.dns_port}"

    def url(self, host: str, path: str = "/") -> str:
        """Return the address of a path on one of the hosts."""
        return f"http://{host}:{self.port}{path}"

    def asked(self, host: str, path: str | None = None) -> list[ReceivedRequest]:
        """Return the requests a host got, or those for one path of it, in order."""
        return [r for r in self.requests if r.host == host and path in {None, r.path}]

    def count(self, host: str, path: str | None = None) -> int:
        """Return how many requests a host got, or one path of it."""
        return len(self.asked(host, path))

    def wait_for(self, reached: Callable[[], bool], seconds: float) -> bool:
        """Wait for requests until a point is reached; False when it is not in time."""
        with self._arrived:
            return self._arrived.wait_for(reached, seconds)

    def times(self, host: str) -> list[float]:
        """Return when the requests of a host arrived, in monotonic seconds."""
        return [request.began for request in self.asked(host)]

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            if self._started.done():
                logger.exception("The loopback web broke down")
            else:
                self._started.set_exception(error)

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        servers = await self._listen()
        names, _ = await self._loop.create_datagram_endpoint(
            lambda: NameServer(self._zone), local_addr=(ADDRESS, 0)
        )
        self.dns_port = names.get_extra_info("sockname")[1]
        with socket.socket() as bound:  # and not listening: connections are refused
            bound.bind((ADDRESS, 0))
            self.closed_port = bound.getsockname()[1]
            self._started.set_result(None)
            await self._stop.wait()
        names.close()
        await self._close(servers)

    async def _close(self, servers: list[asyncio.Server]) -> None:
        await asyncio.sleep(SETTLE_DELAY)  # what was accepted just now becomes a connection
        for server in servers:
            server.close()
        for writer in self._handling.values():
            writer.transport.abort()
        await asyncio.sleep(SETTLE_DELAY)  # the loop closes the sockets

    async def _listen(self) -> list[asyncio.Server]:
        try:
            server = await self._listen_at(ADDRESS, self.port)
        except OSError:
            server = await self._listen_at(ADDRESS, 0)
        self.port = server.sockets[0].getsockname()[1]
        servers = [server]
        if socket.has_ipv6:
            with suppress(OSError):  # compiled in, and yet switched off on this machine
                servers.append(await self._listen_at(ADDRESS_V6, self.port))
        return servers

    async def _listen_at(self, address: str, port: int) -> asyncio.Server:
        return await asyncio.start_server(self._connected, address, port, backlog=BACKLOG)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        handling = asyncio.ensure_future(self._handle(reader, writer))
        self._handling[handling] = writer
        handling.add_done_callback(self._disconnect)

    def _disconnect(self, handled: asyncio.Task[None]) -> None:
        writer = self._handling.pop(handled)
        if handled.cancelled():
            writer.transport.abort()
        else:
            writer.close()

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # The other side hangs up, as clients that have read enough do.
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            request = _parse(await reader.readuntil(b"\r\n\r\n"))
            length = min(int(request.headers.get("content-length", 0)), MAX_READ)
            request = replace(request, body=await reader.readexactly(length))
            await self._answer(request, reader, writer)
            writer.close()
            await writer.wait_closed()  # the other side may be slow to read

    async def _answer(
        self, request: ReceivedRequest, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with self._arrived:
            self.requests.append(request)
            self._arrived.notify_all()
        self._in_flight[request.host] += 1
        self.peak_concurrency[request.host] = max(
            self.peak_concurrency[request.host], self._in_flight[request.host]
        )
        answering = asyncio.ensure_future(self._behave(request, writer))
        hanging_up = asyncio.ensure_future(_hung_up(reader))
        try:
            await asyncio.wait({answering, hanging_up}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._in_flight[request.host] -= 1
            answering.cancel()
            hanging_up.cancel()
        await answering

    async def _behave(self, request: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        site = self.sites.get(request.host)
        if site is None:
            raise ConnectionAbortedError(f"there is no site {request.host!r} on this web")
        await site.behaviour(request.path)(request, writer)
        await writer.drain()


async def _hung_up(reader: asyncio.StreamReader) -> None:
    with suppress(ConnectionError):
        while await reader.read(MAX_READ):
            pass


def _parse(head: bytes) -> ReceivedRequest:
    """Read a request's head. Raises ConnectionAbortedError when it is not HTTP."""
    first, *lines = head.decode("latin-1").split("\r\n")
    try:
        method, path, _ = first.split(" ")
    except ValueError:
        raise ConnectionAbortedError(f"not a request: {first!r}") from None
    named = (line.partition(":") for line in lines if line)
    headers = {name.strip().lower(): value.strip() for name, _, value in named}
    host = re.sub(r":\d+$", "", headers.get("host", "")).strip("[]").lower()
    return ReceivedRequest(method, host, path, headers, monotonic())
