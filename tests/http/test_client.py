"""The client against a server that answers byte for byte what a test wants."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from brokenlinks.http.client import HttpClient, HttpRequest
from brokenlinks.http.dns import Dns
from brokenlinks.http.response import FetchError, FetchResult, StreamInterruptedError
from brokenlinks.http.ssrf import BLOCKED_PORTS, AddressGuard

LOOPBACK = ("127.0.0.0/8", "::1/128")
USUAL = {"User-Agent": "Test"}
TIMEOUT = 0.4
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def says(answer: bytes, *, then: str = "closes") -> Serve:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        if then == "waits":
            await reader.read()
        elif then == "resets":
            writer.transport.abort()
        writer.close()

    return serve


async def ask(
    url: str,
    *,
    headers: Mapping[str, str] = USUAL,
    body: bytes | None = None,
    allowed: tuple[str, ...] = LOOPBACK,
    max_bytes: int = 1_000,
    whole: bool = False,
    dns: Dns | None = None,
) -> FetchResult:
    async with HttpClient(dns or Dns(), AddressGuard(allowed)) as client:
        return await client.send(HttpRequest(url, headers, body, TIMEOUT, max_bytes, whole))


async def ask_server(
    serve: Serve,
    *,
    headers: Mapping[str, str] = USUAL,
    body: bytes | None = None,
    max_bytes: int = 1_000,
    whole: bool = False,
) -> FetchResult:
    over = asyncio.Event()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await serve(reader, writer)
        with suppress(ConnectionError):
            await writer.wait_closed()
        over.set()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        url = f"http://127.0.0.1:{port}/page"
        answer = await ask(url, headers=headers, body=body, max_bytes=max_bytes, whole=whole)
        await over.wait()
        return answer


@pytest.mark.parametrize(
    ("serve", "error"),
    [
        (says(b""), FetchError.EMPTY_REPLY),
        (says(b"", then="resets"), FetchError.EMPTY_REPLY),
        (says(b"", then="waits"), FetchError.TIMEOUT),
        (
            says(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", then="waits"),
            FetchError.SLOW_BODY,
        ),
        (says(b"220 mail.example ESMTP\r\n\r\n"), FetchError.MALFORMED),
        (says(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 30_000 + b"\r\n"), FetchError.MALFORMED),
    ],
)
def test_every_failure_is_a_trouble_of_its_own(serve: Serve, error: FetchError) -> None:
    answer = asyncio.run(ask_server(serve))
    assert (answer.error, answer.status) == (error, None)


def test_headers_without_an_end_are_left_after_a_megabyte() -> None:
    sent = 0

    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await reader.readuntil(b"\r\n\r\n")
        line = b"X-Filler: " + b"x" * 10_000 + b"\r\n"
        writer.write(b"HTTP/1.1 200 OK\r\n")
        with suppress(ConnectionError):
            while sent < 100_000_000:
                writer.write(line)
                await writer.drain()
                sent += len(line)

    answer = asyncio.run(ask_server(endless))
    assert answer.error is FetchError.MALFORMED
    assert sent < 20_000_000  # what lies in buffers on the way is not counted by the client


def test_a_closed_port_refuses() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        here = Dns(hosts={"two.example": ("127.0.0.1", "127.0.0.2")})
        one, two = (
            asyncio.run(ask(f"http://{host}:{port}/", dns=here))
            for host in ("127.0.0.1", "two.example")
        )
    assert (one.error, two.error) == (FetchError.REFUSED, FetchError.REFUSED)


def test_no_more_is_read_than_is_wanted() -> None:
    endless = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 100_000
    answer = asyncio.run(ask_server(says(endless, then="waits"), max_bytes=5_000))
    assert (answer.status, len(answer.body), answer.truncated) == (200, 5_000, True)


def test_what_came_before_a_body_broke_off_is_the_page() -> None:
    torn = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<title>There"
    answer = asyncio.run(ask_server(says(torn)))
    assert (answer.status, answer.body, answer.truncated) == (200, b"<title>There", False)


def test_the_body_stays_as_it_was_sent_and_headers_are_joined() -> None:
    sent = (
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nVia: a\r\nvia: b\r\n"
        b"Content-Length: 3\r\n\r\nabc"
    )
    answer = asyncio.run(ask_server(says(sent)))
    assert answer.body == b"abc"
    assert answer.headers == {"content-encoding": "gzip", "via": "a, b", "content-length": "3"}
    assert answer.address == "127.0.0.1"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (None, [b"GET /page HTTP/1.1", b"Accept: */*"]),
        (
            b"ask",
            [b"POST /page HTTP/1.1", b"Accept: */*", b"Content-Length: 3"],
        ),
    ],
)
def test_nothing_is_sent_but_what_the_message_says(body: bytes | None, lines: list[bytes]) -> None:
    sent: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        sent.append(await reader.readuntil(b"\r\n\r\n"))
        sent.append(await reader.readexactly(len(body or b"")))
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        writer.close()

    answer = asyncio.run(ask_server(serve, headers={"Accept": "*/*"}, body=body))
    first, host, *rest = sent[0].removesuffix(b"\r\n\r\n").split(b"\r\n")
    assert host.startswith(b"Host: 127.0.0.1:")
    assert ([first, *rest], sent[1]) == ([*lines, b"Connection: close"], body or b"")
    assert (answer.status, answer.error) == (204, None)


@pytest.mark.parametrize("then", ["closes", "resets"])
@pytest.mark.parametrize("body", [None, b"a form"])
def test_a_request_is_sent_once_whatever_becomes_of_the_connection(
    then: str, body: bytes | None
) -> None:
    requests: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        requests.append(await reader.readuntil(b"\r\n\r\n"))
        if then == "resets":
            writer.transport.abort()
        writer.close()

    answer = asyncio.run(ask_server(serve, body=body))
    assert (answer.status, len(requests)) == (None, 1)


def test_a_header_never_becomes_two() -> None:
    sent: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        sent.append(await reader.read())
        writer.close()

    answer = asyncio.run(ask_server(serve, headers={"Cookie": "a=b\r\nX: y"}))
    assert (answer.error, sent) == (FetchError.INTERNAL, [b""])


@pytest.mark.parametrize(
    ("sent", "body"),
    [
        (b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", b"hi"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", b"hi"),
        (b"HTTP/1.1 200 OK\r\n\r\nto the end", b"to the end"),
        (b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\nhi", b"hi"),
    ],
)
def test_the_body_is_read_however_it_is_framed(sent: bytes, body: bytes) -> None:
    answer = asyncio.run(ask_server(says(sent)))
    assert (answer.status, answer.body) == (200, body)


def test_headers_that_are_sent_twice_are_kept_apart() -> None:
    sent = (
        b"HTTP/1.1 302 Found\r\nLocation: /a,b\r\nlocation: /c\r\nServer: x\r\n"
        b"Content-Length: 0\r\n\r\n"
    )
    answer = asyncio.run(ask_server(says(sent)))
    assert answer.header_values("location") == ("/a,b", "/c")
    assert answer.header_values("server") == ("x",)
    assert answer.header_values("set-cookie") == ()


@pytest.mark.parametrize(
    ("length", "error"),
    [(10, None), (1_000, None), (1_001, FetchError.OVERSIZE), (100_000, FetchError.OVERSIZE)],
)
@pytest.mark.parametrize("framed", [True, False])
def test_a_body_that_is_wanted_whole_comes_whole_or_not_at_all(
    length: int, error: FetchError | None, *, framed: bool
) -> None:
    head = f"Content-Length: {length}\r\n" if framed else ""
    sent = f"HTTP/1.1 200 OK\r\n{head}\r\n".encode() + b"x" * length
    answer = asyncio.run(ask_server(says(sent), whole=True))
    assert (answer.error, len(answer.body)) == (error, 0 if error else length)


def test_a_body_that_is_wanted_whole_and_breaks_off_is_an_error() -> None:
    torn = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<title>There"
    answer = asyncio.run(ask_server(says(torn), whole=True))
    assert (answer.error, answer.status) == (FetchError.RESET, None)


async def read_stream(serve: Serve) -> tuple[FetchResult, bytes, str]:
    """Return the head of a stream, what came of its body and why no more did."""
    body, problem = b"", ""
    over = asyncio.Event()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await serve(reader, writer)
        with suppress(ConnectionError):
            await writer.wait_closed()
        over.set()

    async with (
        await asyncio.start_server(handle, "127.0.0.1", 0) as server,
        HttpClient(Dns(), AddressGuard(LOOPBACK)) as client,
    ):
        port = server.sockets[0].getsockname()[1]
        request = HttpRequest(f"http://127.0.0.1:{port}/", USUAL, None, TIMEOUT, 1)
        async with client.stream(request) as stream:
            try:
                async for chunk in stream.chunks:
                    body += chunk
            except StreamInterruptedError as error:
                problem = str(error)
        await over.wait()
    return stream.answer, body, problem


LONG = b"x" * 300_000
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n"


def test_a_stream_comes_whole_however_long_it_is() -> None:
    answer, body, problem = asyncio.run(read_stream(says(HEAD + LONG)))
    assert (answer.status, answer.headers) == (200, {"content-length": "300000"})
    assert (body == LONG, problem) == (True, "")


@pytest.mark.parametrize("then", ["closes", "waits"])
def test_a_stream_that_ends_too_soon_says_so(then: str) -> None:
    answer, body, problem = asyncio.run(read_stream(says(HEAD + b"abc", then=then)))
    assert (answer.status, body) == (200, b"abc")
    assert problem


@pytest.mark.parametrize(
    ("serve", "error"),
    [(says(b""), FetchError.EMPTY_REPLY), (says(b"", then="waits"), FetchError.TIMEOUT)],
)
def test_a_stream_without_a_response_is_an_error(serve: Serve, error: FetchError) -> None:
    answer, body, problem = asyncio.run(read_stream(serve))
    assert (answer.error, body, problem) == (error, b"", "")


def test_requests_under_way_can_be_aborted() -> None:
    async def abort() -> FetchResult:
        asked = asyncio.Event()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            asked.set()
            await reader.read()
            writer.close()

        async with (
            await asyncio.start_server(serve, "127.0.0.1", 0) as server,
            HttpClient(Dns(), AddressGuard(LOOPBACK)) as client,
        ):
            port = server.sockets[0].getsockname()[1]
            request = HttpRequest(f"http://127.0.0.1:{port}/", USUAL, None, 600, 1)
            task = asyncio.ensure_future(client.send(request))
            await asked.wait()
            client.abort_requests()
            return await task

    assert asyncio.run(abort()).error is FetchError.TIMEOUT


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/", "http:///page", "mailto:a@b.example"])
def test_what_is_no_address_of_the_web_is_not_asked(url: str) -> None:
    assert asyncio.run(ask(url)).error is FetchError.BAD_URL


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:2/", "http://[::1]:2/", "http://169.254.169.254/", "http://inside.example/"],
)
def test_no_private_address_is_ever_connected_to(url: str) -> None:
    answer = asyncio.run(ask(url, allowed=(), dns=Dns(hosts={"inside.example": ("10.0.0.1",)})))
    assert answer.error is FetchError.DNS
    assert "private address" in answer.detail


def test_a_port_of_another_service_is_never_connected_to() -> None:
    connected = []

    async def ask_each() -> list[FetchResult]:
        async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            connected.append(writer)
            writer.close()

        answers = []
        for port in (port for port in BLOCKED_PORTS if port > 1024):  # lower ones need rights
            with suppress(OSError):  # taken by another program
                async with await asyncio.start_server(serve, "127.0.0.1", port):
                    answers.append(await ask(f"http://127.0.0.1:{port}/page"))
        return answers

    answers = asyncio.run(ask_each())
    assert {answer.error for answer in answers} == {FetchError.BLOCKED_PORT}
    assert connected == []


def self_signed(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    (folder / "certificate").write_bytes(certificate.public_bytes(pem))
    (folder / "key").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate", folder / "key")
    return context


@pytest.mark.parametrize(
    ("to_own_service", "expected"), [(False, (200, None)), (True, (None, FetchError.TLS))]
)
def test_only_a_service_needs_a_certificate_that_is_trusted(
    tmp_path: Path, *, to_own_service: bool, expected: tuple[int | None, FetchError | None]
) -> None:
    async def ask_over_tls() -> FetchResult:
        serve = says(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK")
        server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=self_signed(tmp_path))
        async with server, HttpClient(Dns(), AddressGuard(LOOPBACK)) as client:
            url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
            return await client.send(
                HttpRequest(url, USUAL, None, 5, 100, to_own_service=to_own_service)
            )

    answer = asyncio.run(ask_over_tls())
    assert (answer.status, answer.error) == expected
