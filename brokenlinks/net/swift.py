"""The swift sender: aiohttp over the crawl's own resolver and guard.

It costs a fraction of what Scrapy's downloader does and reads answers strictly: one it calls
MALFORMED deserves a second opinion.
"""

from __future__ import annotations

import asyncio
import logging
import re
import socket
import ssl
from collections.abc import Iterator
from functools import cached_property
from time import monotonic
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.connector import Connection
from cryptography.x509 import load_der_x509_certificate
from yarl import URL

from brokenlinks.net.addresses import AddressGuard
from brokenlinks.net.answer import Answer, Tls, Trouble, bounded_headers
from brokenlinks.net.certificates import tls_of
from brokenlinks.net.dns import Dns
from brokenlinks.net.transport import Message
from brokenlinks.net.troubles import Troubles, trouble_among, unanswered
from brokenlinks.urls import host_of

SENT_BY_ITSELF = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")
"""Headers aiohttp would add: a message says all that is to be sent."""
BUFFER = 64 * 1024
LEGACY_SERVERS = ssl.Options(0x4)
"""OpenSSL's OP_LEGACY_SERVER_CONNECT, which `ssl` has a name for from Python 3.12 on."""


class SwiftSender:
    """Sends over connections of one request each, to permitted addresses only."""

    def __init__(self, dns: Dns, guard: AddressGuard) -> None:
        self._dns = dns
        self._guard = guard
        self._under_way: set[asyncio.Timeout] = set()

    @cached_property
    def _session(self) -> aiohttp.ClientSession:
        logging.getLogger("asyncio").addFilter(_not_of_lost_connections)
        connector = aiohttp.TCPConnector(
            resolver=_Resolver(self._dns),
            use_dns_cache=False,  # Dns remembers already
            ssl=_any_certificate(),
            force_close=True,
            limit=0,  # the gate bounds what is in flight
            socket_factory=self._socket,
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            skip_auto_headers=SENT_BY_ITSELF,
            read_bufsize=BUFFER,
            response_class=_Response,
        )

    def _socket(self, info: tuple[Any, ...]) -> socket.socket:
        """Open a socket for an address the guard permits: whatever was resolved, here it ends."""
        family, kind, protocol, _, address = info
        if not self._guard.permits(address[0]):
            raise _ForbiddenError(f"{address[0]} may not be asked")
        return socket.socket(family, kind, protocol)

    async def send(self, message: Message) -> Answer:
        """Return what came back."""
        began = monotonic()
        headed = False
        patience = asyncio.timeout(message.timeout)
        self._under_way.add(patience)
        try:
            async with (
                patience,
                self._session.request(
                    "GET" if message.body is None else "POST",
                    URL(message.url, encoded=True),
                    headers=message.headers,
                    data=message.body,
                    allow_redirects=False,
                    timeout=_patience(message.timeout),
                ) as response,
            ):
                headed = True
                assert isinstance(response, _Response)
                body, truncated = await _read(response, message.max_bytes)
                return Answer(
                    message.url,
                    status=response.status,
                    headers=bounded_headers(response.headers.items()),
                    body=body,
                    truncated=truncated,
                    elapsed=monotonic() - began,
                    address=response.address,
                    tls=response.tls(host_of(message.url)),
                )
        except Exception as error:  # noqa: BLE001 - every failure is one of the troubles
            found = trouble_among(_causes(error), _TROUBLES)
            return unanswered(message.url, error, found, began=began, headed=headed)
        finally:
            self._under_way.discard(patience)

    def hang_up(self) -> None:
        """Wait for no answer any longer."""
        now = asyncio.get_running_loop().time()
        for patience in self._under_way:
            patience.reschedule(now)

    async def close(self) -> None:
        """Let go of every connection."""
        if "_session" in self.__dict__:
            await self._session.close()


def _not_of_lost_connections(record: logging.LogRecord) -> bool:
    """Keep back what uvloop says of TLS it still writes when the connection is gone.

    Whoever asked has been told: it is the trouble of an answer, or nobody waits for one.
    """
    return not record.getMessage().startswith("Fatal error on SSL protocol")


class _ForbiddenError(OSError):
    """The guard does not permit the address."""


class _Resolver(AbstractResolver):
    """Answers aiohttp from the crawl's own DNS."""

    def __init__(self, dns: Dns) -> None:
        self._dns = dns

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002 - all are wanted
    ) -> list[ResolveResult]:
        """Return every address of `host`. Raises OSError when there is none."""
        answer = await self._dns.addresses(host.rstrip(".").lower())
        if not answer.addresses:
            raise OSError(f"{host}: {answer.outcome}")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in answer.addresses
        ]

    async def close(self) -> None:
        """Nothing to close: the crawl owns its DNS."""


def _patience(seconds: float) -> aiohttp.ClientTimeout:
    """Give a connection half the time: a host that takes none by then takes none for any path."""
    return aiohttp.ClientTimeout(total=None, sock_connect=seconds / 2)


def _any_certificate() -> ssl.SSLContext:
    """Speak TLS with everybody, however old: what the certificate says is noted, not enforced."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.options |= LEGACY_SERVERS
    return context


async def _read(response: aiohttp.ClientResponse, wanted: int) -> tuple[bytes, bool]:
    """Return the body's first bytes and whether there was more than is wanted.

    A body that breaks off is what came of it: the page is there.
    """
    body = bytearray()
    try:
        async for piece in response.content.iter_any():
            body += piece
            if len(body) >= wanted:
                response.close()
                return bytes(body[:wanted]), True
    except (aiohttp.ClientPayloadError, aiohttp.ClientConnectionError):
        pass
    return bytes(body), False


class _Response(aiohttp.ClientResponse):
    """Notes whom it comes from at once: aiohttp forgets with the last byte of the body."""

    address = ""
    certificate: bytes | None = None

    async def start(self, connection: Connection) -> aiohttp.ClientResponse:
        """Read the headers."""
        transport = connection.transport
        if transport is not None:
            name = transport.get_extra_info("peername")
            self.address = name[0] if name else ""
            encrypted = transport.get_extra_info("ssl_object")
            self.certificate = encrypted and encrypted.getpeercert(binary_form=True)
        return await super().start(connection)

    def tls(self, host: str) -> Tls | None:
        """Return what the certificate says, None where there was none."""
        if self.certificate is None:
            return None
        return tls_of(load_der_x509_certificate(self.certificate), host)


_TROUBLES: Troubles = (
    (_ForbiddenError, Trouble.DNS),
    (aiohttp.ClientConnectorDNSError, Trouble.DNS),
    (ssl.SSLError, Trouble.TLS),
    (ssl.CertificateError, Trouble.TLS),
    (aiohttp.ConnectionTimeoutError, Trouble.CONNECT_TIMEOUT),
    (aiohttp.InvalidURL, Trouble.BAD_URL),
    (ConnectionRefusedError, Trouble.REFUSED),
    (ConnectionResetError, Trouble.RESET),
    (aiohttp.ServerDisconnectedError, Trouble.EMPTY_REPLY),
    (aiohttp.ClientResponseError, Trouble.MALFORMED),
    (aiohttp.ClientPayloadError, Trouble.MALFORMED),
    (TimeoutError, Trouble.TIMEOUT),
    (UnicodeError, Trouble.BAD_URL),
    (OSError, Trouble.UNREACHABLE),
)


_NUMBERED = re.compile(r"\[Errno (\d+)\]")


def _causes(error: BaseException) -> Iterator[BaseException]:
    yield error
    if error.__cause__ is not None:
        yield from _causes(error.__cause__)
    numbered = _NUMBERED.search(str(error))
    if isinstance(error, OSError) and error.errno is None and numbered:
        # Several addresses failed: the text numbers the failures, the exception does not.
        yield OSError(int(numbered[1]), str(error))
