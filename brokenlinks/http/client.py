"""The swift sender: connections of one request each, answers read by aiohttp's parser.

It costs a fraction of what Scrapy's downloader does and reads answers strictly: one it calls
MALFORMED deserves a second opinion. aiohttp's own session is left out: of all it can do, what a
probe needs is to connect, to write a few lines and to read, and the rest cost more than these.
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

import aiohttp
from aiohappyeyeballs import AddrInfoType, pop_addr_infos_interleave, start_connection
from aiohttp.client_proto import ResponseHandler
from aiohttp.http import HttpProcessingError, RawResponseMessage
from cryptography.x509 import load_der_x509_certificate
from yarl import URL

from brokenlinks.http.dns import Dns
from brokenlinks.http.errors import ErrorTable, failed_result, match_error
from brokenlinks.http.requests import HttpRequest
from brokenlinks.http.response import FetchError, FetchResult, Tls, bounded_headers
from brokenlinks.http.ssrf import AddressGuard
from brokenlinks.http.tls import tls_of
from brokenlinks.text.urls import host_of, is_ip_address

READ_BUFFER_SIZE = 64 * 1024
HAPPY_EYEBALLS_DELAY = 0.25
"""Seconds until another address of a host is tried beside one that has not answered."""
SWITCHING_PROTOCOLS = 101
LEGACY_SERVERS = ssl.Options(0x4)
"""OpenSSL's OP_LEGACY_SERVER_CONNECT, which `ssl` has a name for from Python 3.12 on."""


class AiohttpClient:
    """Sends over connections of one request each, to permitted addresses only."""

    def __init__(self, dns: Dns, guard: AddressGuard) -> None:
        self._dns = dns
        self._guard = guard
        self._timeouts: set[asyncio.Timeout] = set()

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        logging.getLogger("asyncio").addFilter(_is_not_lost_connection)
        return _permissive_tls_context()

    async def send(self, http_request: HttpRequest) -> FetchResult:
        """Return what came back."""
        started_at = monotonic()
        got_headers = False
        deadline = asyncio.timeout(http_request.timeout)
        self._timeouts.add(deadline)
        connection: ResponseHandler | None = None
        try:
            async with deadline:
                url = _url(http_request)
                connection = await self._connect(url, http_request.timeout / 2)
                address, certificate = _peer_info(connection)
                _write(connection, _serialize(url, http_request))
                head, content = await _read_head(connection)
                got_headers = True
                body, truncated = await _read_body(content, http_request.max_bytes)
                return FetchResult(
                    http_request.url,
                    status=head.code,
                    headers=bounded_headers(head.headers.items()),
                    body=body,
                    truncated=truncated,
                    elapsed=monotonic() - started_at,
                    address=address,
                    tls=_tls_of(certificate, host_of(http_request.url)),
                )
        except Exception as error:  # noqa: BLE001 - every failure is one of the troubles
            found = match_error(_causes(error), _ERROR_TABLE)
            return failed_result(
                http_request.url, error, found, started_at=started_at, got_headers=got_headers
            )
        finally:
            self._timeouts.discard(deadline)
            if connection is not None:
                connection.close()

    def abort_requests(self) -> None:
        """Wait for no answer any longer."""
        now = asyncio.get_running_loop().time()
        for deadline in self._timeouts:
            deadline.reschedule(now)

    async def _connect(self, url: URL, seconds: float) -> ResponseHandler:
        """Connect to the first address that lets us, each try within `seconds`.

        A host that takes no connection in half the time takes none for any path.
        """
        addresses = await self._addresses(url)
        while True:
            try:
                return await self._connect_to(addresses, url, seconds)
            except OSError:
                pop_addr_infos_interleave(addresses)
                if not addresses:
                    raise

    async def _addresses(self, url: URL) -> list[AddrInfoType]:
        """Return every address of the URL's host. Raises _NoAddressError when there is none."""
        host, port = url.raw_host or "", url.port or 0
        if is_ip_address(host):
            return [_socket_address(host, port)]
        answer = await self._dns.addresses(host.rstrip(".").lower())
        if not answer.addresses:
            raise _NoAddressError(f"{host}: {answer.outcome}")
        return [_socket_address(address, port) for address in answer.addresses]

    async def _connect_to(
        self, addresses: list[AddrInfoType], url: URL, seconds: float
    ) -> ResponseHandler:
        loop = asyncio.get_running_loop()
        tls = self._tls if url.scheme == "https" else None
        try:
            async with asyncio.timeout(seconds):
                connected = await start_connection(
                    addresses,
                    happy_eyeballs_delay=HAPPY_EYEBALLS_DELAY,
                    loop=loop,
                    socket_factory=self._socket,
                )
                _, connection = await loop.create_connection(
                    lambda: ResponseHandler(loop),
                    sock=connected,
                    ssl=tls,
                    server_hostname=(url.raw_host or "").rstrip(".") if tls else None,
                )
                return connection
        except TimeoutError as error:
            if error.errno is not None:
                raise  # the network's own: nobody was there
            raise _NoConnectionError(f"no connection to {url.host} in time") from error

    def _socket(self, info: AddrInfoType) -> socket.socket:
        """Open a socket for an address the guard permits: whatever was resolved, here it ends."""
        family, kind, protocol, _, address = info
        if not self._guard.permits(str(address[0])):
            raise _ForbiddenError(f"{address[0]} may not be asked")
        return socket.socket(family, kind, protocol)


def _is_not_lost_connection(record: logging.LogRecord) -> bool:
    """Keep back what uvloop says of TLS it still writes when the connection is gone.

    Whoever asked has been told: it is the trouble of an answer, or nobody waits for one.
    """
    return not record.getMessage().startswith("Fatal error on SSL protocol")


class _ForbiddenError(OSError):
    """The guard does not permit the address."""


class _NoAddressError(OSError):
    """The DNS has no address for the host."""


class _NoConnectionError(TimeoutError):
    """The host took no connection in time."""


def _url(http_request: HttpRequest) -> URL:
    url = URL(http_request.url, encoded=True)
    if url.scheme not in {"http", "https"} or not url.raw_host:
        raise aiohttp.InvalidURL(http_request.url)
    return url


def _socket_address(address: str, port: int) -> AddrInfoType:
    if ":" in address:
        return socket.AF_INET6, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, port, 0, 0)
    return socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, port)


def _serialize(url: URL, http_request: HttpRequest) -> bytes:
    """Return a message as it is sent. Raises ValueError for what would not stay on its line."""
    method = "GET" if http_request.body is None else "POST"
    headers = {"Host": url.host_port_subcomponent or ""}
    if url.raw_user is not None or url.raw_password is not None:
        headers["Authorization"] = aiohttp.BasicAuth(url.user or "", url.password or "").encode()
    headers |= http_request.headers
    if http_request.body is not None:
        headers["Content-Length"] = str(len(http_request.body))
    lines = [f"{method} {url.raw_path_qs} HTTP/1.1", *map(": ".join, headers.items())]
    if any(_LINE_BREAK.search(line) for line in lines):
        raise ValueError("a line break in what is to be sent")
    return "\r\n".join([*lines, "", ""]).encode() + (http_request.body or b"")


_LINE_BREAK = re.compile(r"[\r\n\0]")


def _peer_info(connection: ResponseHandler) -> tuple[str, bytes | None]:
    """Return whom a connection leads to: the address, and the certificate where there is one.

    Asked for at once: it is forgotten with the last byte of the answer.
    """
    transport = connection.transport
    if transport is None:
        raise aiohttp.ServerDisconnectedError
    name = transport.get_extra_info("peername")
    encrypted = transport.get_extra_info("ssl_object")
    return name[0] if name else "", encrypted and encrypted.getpeercert(binary_form=True)


def _tls_of(certificate: bytes | None, host: str) -> Tls | None:
    return tls_of(load_der_x509_certificate(certificate), host) if certificate else None


def _write(connection: ResponseHandler, request: bytes) -> None:
    assert connection.transport is not None
    connection.set_response_params(
        read_until_eof=True, auto_decompress=False, read_bufsize=READ_BUFFER_SIZE
    )
    connection.transport.write(request)


async def _read_head(
    connection: ResponseHandler,
) -> tuple[RawResponseMessage, aiohttp.StreamReader]:
    """Return the head of the answer, past what only announces it, and its body to come."""
    while True:
        head, content = await connection.read()
        if head.code >= 200 or head.code < 100 or head.code == SWITCHING_PROTOCOLS:
            return head, content


def _permissive_tls_context() -> ssl.SSLContext:
    """Speak TLS with everybody, however old: what the certificate says is noted, not enforced."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.options |= LEGACY_SERVERS
    return context


async def _read_body(content: aiohttp.StreamReader, max_bytes: int) -> tuple[bytes, bool]:
    """Return the body's first bytes and whether there was more than is wanted.

    A body that breaks off is what came of it: the page is there.
    """
    body = bytearray()
    try:
        async for piece in content.iter_any():
            body += piece
            if len(body) >= max_bytes:
                return bytes(body[:max_bytes]), True
    except (aiohttp.ClientPayloadError, aiohttp.ClientConnectionError):
        pass
    return bytes(body), False


_ERROR_TABLE: ErrorTable = (
    (_ForbiddenError, FetchError.DNS),
    (_NoAddressError, FetchError.DNS),
    (ssl.SSLError, FetchError.TLS),
    (ssl.CertificateError, FetchError.TLS),
    (_NoConnectionError, FetchError.CONNECT_TIMEOUT),
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


_ERRNO = re.compile(r"\[Errno (\d+)\]")


def _causes(error: BaseException) -> Iterator[BaseException]:
    yield error
    if error.__cause__ is not None:
        yield from _causes(error.__cause__)
    numbered = _ERRNO.search(str(error))
    if isinstance(error, OSError) and error.errno is None and numbered:
        # Several addresses failed: the text numbers the failures, the exception does not.
        yield OSError(int(numbered[1]), str(error))
