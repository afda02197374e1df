"""The HTTP client: pages, probes, robots.txt, sitemaps and services all go through it.

It is aiohttp's session with our DNS, our address guard and one connection for each request. It
follows no redirects, keeps no cookies, decodes nothing and sends every request exactly once.
"""

from __future__ import annotations

import asyncio
import logging
import re
import socket
import ssl
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Self

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.http import HttpProcessingError
from yarl import URL

from brokenlinks.http.dns import Dns
from brokenlinks.http.response import (
    FetchError,
    FetchResult,
    Stream,
    StreamInterruptedError,
    Tls,
    bounded_headers,
)
from brokenlinks.http.ssrf import AddressGuard, has_blocked_port
from brokenlinks.text.printable import excerpt
from brokenlinks.text.urls import host_of, is_ip_address

if TYPE_CHECKING:
    from aiohttp.connector import AddrInfoType, Connection

logger = logging.getLogger(__name__)

MAX_HEADER_LINE = 16 * 1024
"""Bytes of the status line or of one header. Browsers take more; no ordinary server sends it."""
MAX_RECEIVED_HEADERS = 20_000
"""Some servers send thousands of headers by mistake; a browser shows the page all the same."""
MAX_HEAD_BYTES = 1024 * 1024
"""Of all headers: four times what browsers take. 20,000 long ones would fill a gigabyte."""
AUTOMATIC_HEADERS = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")
"""What aiohttp would add to a request by default."""
LEGACY_SERVERS = ssl.Options(0x4)
"""OpenSSL's OP_LEGACY_SERVER_CONNECT, which `ssl` has a name for from Python 3.12 on."""


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """One request as it is sent: a POST when there is a `body`."""

    url: str
    headers: Mapping[str, str]
    body: bytes | None
    timeout: float
    """Seconds until the last byte that is read; half of them to connect."""
    max_bytes: int
    """Of the response's body; the rest is not read."""
    whole: bool = False
    """A body that is longer, or breaks off, is an error; else what was read counts."""
    to_own_service: bool = False
    """A setting has this address: it may be a private one, and a key must reach nobody else."""


class HttpClient:
    """Sends requests, but to no forbidden address or port. `close` it in the end."""

    def __init__(self, dns: Dns, guard: AddressGuard) -> None:
        self._dns = dns
        self._guard = guard
        self._deadlines: set[asyncio.Timeout] = set()
        self._opened: dict[bool, aiohttp.ClientSession] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def _session(self, *, guarded: bool) -> aiohttp.ClientSession:
        """Return a session; it can only be opened while the event loop runs."""
        if guarded in self._opened:
            return self._opened[guarded]
        logging.getLogger("asyncio").addFilter(_is_not_lost_connection)
        self._opened[guarded] = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=_Resolver(self._dns),
                use_dns_cache=False,
                socket_factory=self._open_socket if guarded else _open_socket,
                ssl=_permissive_tls_context() if guarded else True,
                force_close=True,
                limit=0,  # the throttle limits
            ),
            response_class=_Response,
            middlewares=[_send_once],
            cookie_jar=aiohttp.DummyCookieJar(),
            skip_auto_headers=AUTOMATIC_HEADERS,
            auto_decompress=False,
            read_bufsize=64 * 1024,
            max_line_size=MAX_HEADER_LINE,
            max_field_size=MAX_HEADER_LINE,
            max_headers=MAX_RECEIVED_HEADERS,
        )
        return self._opened[guarded]

    async def send(self, request: HttpRequest) -> FetchResult:
        """Return the response. Raises nothing: an error is part of the result."""
        started_at = monotonic()
        response = None
        deadline = asyncio.timeout(request.timeout)
        self._deadlines.add(deadline)
        try:
            async with deadline:
                response = await self._request(request)
                async with response:
                    body, truncated = await _read_body(response, request)
            elapsed = monotonic() - started_at
            return response.result(request.url, body, truncated=truncated, elapsed=elapsed)
        except Exception as error:  # noqa: BLE001 - every failure is a FetchError
            return _failed_result(request.url, error, started_at, got_headers=response is not None)
        finally:
            self._deadlines.discard(deadline)

    @asynccontextmanager
    async def stream(self, request: HttpRequest) -> AsyncIterator[Stream]:
        """Give the response while the context is open; `timeout` is seconds without a byte."""
        started_at = monotonic()
        try:
            response = await self._request(request, read_timeout=request.timeout)
        except Exception as error:  # noqa: BLE001 - every failure is a FetchError
            failed = _failed_result(request.url, error, started_at, got_headers=False)
            yield Stream(failed, _chunks(None))
            return
        async with response:
            yield Stream(response.result(request.url), _chunks(response))

    def abort_requests(self) -> None:
        """Let every request that is under way time out now."""
        now = asyncio.get_running_loop().time()
        for deadline in self._deadlines:
            if not deadline.expired():
                deadline.reschedule(now)

    async def close(self) -> None:
        """Close the sessions, if there was a request at all."""
        for session in self._opened.values():
            await session.close()

    async def _request(
        self, request: HttpRequest, *, read_timeout: float | None = None
    ) -> _Response:
        url = URL(request.url, encoded=True)
        if url.scheme not in {"http", "https"}:
            raise aiohttp.InvalidURL(request.url)
        if has_blocked_port(request.url):
            raise _BlockedPortError(f"port {url.port} is not one of the web")
        response = await self._session(guarded=not request.to_own_service).request(
            "GET" if request.body is None else "POST",
            url,
            headers=request.headers,
            data=request.body,
            allow_redirects=False,
            # A host that takes no connection in half the time takes none for any path.
            timeout=aiohttp.ClientTimeout(sock_connect=request.timeout / 2, sock_read=read_timeout),
        )
        assert isinstance(response, _Response)
        return response

    def _open_socket(self, info: AddrInfoType) -> socket.socket:
        """Open a socket for a permitted address: all connections but to own services pass here."""
        address = info[4]
        if not self._guard.permits(str(address[0])):
            raise _ForbiddenAddressError(f"{address[0]} is a private address")
        return _open_socket(info)


def _open_socket(info: AddrInfoType) -> socket.socket:
    family, kind, protocol, _, _ = info
    return socket.socket(family, kind, protocol)


class _Resolver(AbstractResolver):
    """Looks names up with our own Dns, which caches answers."""

    def __init__(self, dns: Dns) -> None:
        self._dns = dns

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002 - both are tried
    ) -> list[ResolveResult]:
        """Return every address of `host`. Raises _NoAddressError when there is none."""
        answer = await self._dns.addresses(host.rstrip(".").lower())
        if not answer.addresses:
            raise _NoAddressError(f"{host}: {answer.outcome}")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for address in answer.addresses
        ]

    async def close(self) -> None:
        """Nothing to close."""


class _Response(aiohttp.ClientResponse):
    """Notes the peer before anything is read: the connection is gone with the last byte."""

    peer_address = ""
    peer_certificate: bytes | None = None

    async def start(self, connection: Connection) -> aiohttp.ClientResponse:
        """Read the head of the response."""
        transport, protocol = connection.transport, connection.protocol
        if transport is None or protocol is None:
            return await super().start(connection)
        peer = transport.get_extra_info("peername")
        encrypted = transport.get_extra_info("ssl_object")
        self.peer_address = peer[0] if peer else ""
        self.peer_certificate = encrypted and encrypted.getpeercert(binary_form=True)
        head = _HeadReader(protocol, transport)
        transport.set_protocol(head)
        try:
            return await super().start(connection)
        except aiohttp.ClientError as error:
            if head.is_oversize:
                raise _OversizeHeadError(f"headers of more than {MAX_HEAD_BYTES} bytes") from error
            raise
        finally:
            if not transport.is_closing():  # else no byte follows, and over TLS this would fail
                transport.set_protocol(protocol)

    def result(
        self, url: str, body: bytes = b"", *, truncated: bool = False, elapsed: float = 0.0
    ) -> FetchResult:
        """Return the response with what was read of its body."""
        headers, repeated = bounded_headers(self.headers.items())
        return FetchResult(
            url,
            status=self.status,
            headers=headers,
            body=body,
            truncated=truncated,
            elapsed=elapsed,
            repeated=repeated,
            address=self.peer_address,
            tls=_tls_of(self.peer_certificate, host_of(url)) if self.peer_certificate else None,
        )


class _HeadReader(asyncio.Protocol):
    """Stands before aiohttp's protocol until the head is read: that counts headers, not bytes."""

    def __init__(self, protocol: asyncio.Protocol, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._pass_on = protocol.data_received
        self._bytes_left = MAX_HEAD_BYTES
        self.is_oversize = False
        self.connection_lost = protocol.connection_lost  # type: ignore[method-assign]
        self.eof_received = protocol.eof_received  # type: ignore[method-assign]
        self.pause_writing = protocol.pause_writing  # type: ignore[method-assign]
        self.resume_writing = protocol.resume_writing  # type: ignore[method-assign]

    def data_received(self, data: bytes) -> None:
        """Pass the bytes on, or end the connection when there are too many."""
        self._bytes_left -= len(data)
        if self._bytes_left < 0:
            self.is_oversize = True
            self._transport.abort()
        else:
            self._pass_on(data)


def _permissive_tls_context() -> ssl.SSLContext:
    """Return a context that talks to any server, however old: a bad certificate is evidence."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.options |= LEGACY_SERVERS
    return context


def _tls_of(certificate: bytes, host: str) -> Tls:
    """Return whether a certificate (DER) has expired, is self-signed or is not for `host`."""
    # Imported here: they take a tenth of a second, and many runs meet no TLS.
    from cryptography.x509 import load_der_x509_certificate  # noqa: PLC0415
    from service_identity import VerificationError  # noqa: PLC0415
    from service_identity import cryptography as identity  # noqa: PLC0415

    parsed = load_der_x509_certificate(certificate)
    if parsed.not_valid_after_utc < datetime.now(UTC):
        return Tls("expired")
    if parsed.issuer == parsed.subject:
        return Tls("self-signed")
    try:
        if is_ip_address(host):
            identity.verify_certificate_ip_address(parsed, host)
        else:
            identity.verify_certificate_hostname(parsed, host)
    except (VerificationError, ValueError):
        return Tls("for another name")
    return Tls()


async def _send_once(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Middleware: hide a lost connection from aiohttp, which would send the request again."""
    try:
        return await handler(request)
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise _NoResponseError from error


class _NoResponseError(Exception):
    """The connection failed; the cause says how."""


class _ForbiddenAddressError(OSError):
    """The guard does not permit the address."""


class _BlockedPortError(Exception):
    """The port belongs to another service than the web."""


class _NoAddressError(OSError):
    """The DNS has no address for the host."""


class _OversizeHeadError(Exception):
    """The headers are longer than they may be."""


class _OversizeError(Exception):
    """The body is longer than it may be."""


class _BrokenOffError(Exception):
    """The connection broke off before the end of the body."""


async def _read_body(response: _Response, request: HttpRequest) -> tuple[bytes, bool]:
    """Return the body's first `max_bytes` and whether there was more.

    A body that breaks off still shows that the page is there. Raises _OversizeError and
    _BrokenOffError where the request asks for the whole body.
    """
    if request.whole and (response.content_length or 0) > request.max_bytes:
        raise _OversizeError(f"{response.content_length} bytes")
    body = bytearray()
    try:
        async for chunk in response.content.iter_any():
            body += chunk
            if request.whole and len(body) > request.max_bytes:
                raise _OversizeError(f"more than {request.max_bytes} bytes")
            if not request.whole and len(body) >= request.max_bytes:
                return bytes(body[: request.max_bytes]), True
    except (aiohttp.ClientPayloadError, aiohttp.ClientConnectionError) as error:
        if request.whole:
            raise _BrokenOffError(f"the body broke off after {len(body)} bytes") from error
    return bytes(body), False


async def _chunks(response: _Response | None) -> AsyncIterator[bytes]:
    """Yield the body as it comes; nothing where there is no response."""
    if response is None:
        return
    try:
        async for chunk in response.content.iter_any():
            yield chunk
    except aiohttp.ClientError as error:
        raise StreamInterruptedError(excerpt(f"{type(error).__name__}: {error}", 200)) from error


def _is_not_lost_connection(record: logging.LogRecord) -> bool:
    """Drop uvloop's log line about TLS data for a lost connection: the result has the error."""
    return not record.getMessage().startswith("Fatal error on SSL protocol")


_ERROR_TABLE = (
    (_ForbiddenAddressError, FetchError.DNS),
    (_NoAddressError, FetchError.DNS),
    (_BlockedPortError, FetchError.BLOCKED_PORT),
    (_OversizeError, FetchError.OVERSIZE),
    (_OversizeHeadError, FetchError.MALFORMED),
    (_BrokenOffError, FetchError.RESET),
    (ssl.SSLError, FetchError.TLS),
    (aiohttp.ConnectionTimeoutError, FetchError.CONNECT_TIMEOUT),
    (aiohttp.InvalidURL, FetchError.BAD_URL),
    (ConnectionRefusedError, FetchError.REFUSED),
    (ConnectionResetError, FetchError.RESET),
    (aiohttp.ServerDisconnectedError, FetchError.EMPTY_REPLY),
    (HttpProcessingError, FetchError.MALFORMED),
    (aiohttp.ClientPayloadError, FetchError.MALFORMED),
    (TimeoutError, FetchError.TIMEOUT),
    (UnicodeError, FetchError.BAD_URL),
    (OSError, FetchError.UNREACHABLE),
)
"""Exceptions and what they mean. The first row that matches an exception or a cause of it wins."""


def _failed_result(
    url: str, error: Exception, started_at: float, *, got_headers: bool
) -> FetchResult:
    """Return the result of a request that ended in an exception, headers received or not."""
    causes = list(_causes(error))
    kind_of_error, cause = next(
        (
            (kind, cause)
            for exception, kind in _ERROR_TABLE
            for cause in causes
            if isinstance(cause, exception)
        ),
        (FetchError.INTERNAL, error),
    )
    if kind_of_error is FetchError.TIMEOUT and got_headers:
        kind_of_error = FetchError.SLOW_BODY
    if kind_of_error is FetchError.INTERNAL:
        logger.error("Unexpected error while fetching %s", url, exc_info=error)
    detail = excerpt(f"{type(cause).__name__}: {cause}", 200)
    return FetchResult(url, error=kind_of_error, detail=detail, elapsed=monotonic() - started_at)


_ERRNO = re.compile(r"\[Errno (\d+)\]")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and its causes, the root cause first: it is the most specific."""
    if error.__cause__ is not None:
        yield from _causes(error.__cause__)
    numbered = _ERRNO.search(str(error))
    if isinstance(error, OSError) and error.errno is None and numbered:
        # Several addresses failed: the text numbers the failures, the exception does not.
        yield OSError(int(numbered[1]), str(error))
    yield error
