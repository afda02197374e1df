"""The transport sends a request again when the server hung up, each time in the host's slot."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest

from brokenlinks.http.client import HttpClient
from brokenlinks.http.dns import Dns
from brokenlinks.http.response import FetchError, FetchResult
from brokenlinks.http.ssrf import AddressGuard
from brokenlinks.http.throttle import Throttle
from brokenlinks.http.transport import RequestPolicy, Transport

DELAY = 0.1


async def ask(
    answers: list[bytes],
    body: bytes | None = None,
    max_bytes: int | None = None,
    *,
    timeout: float = 2,  # noqa: ASYNC109 - of the requests
    stall: float = 0,
    stalled: int = 0,
) -> tuple[FetchResult, list[float], FetchResult | None]:
    """Fetch from a server that gives these answers one after the other.

    Return the last, when the requests came, and the cached home page.
    """
    asked: list[float] = []
    over = asyncio.Semaphore(0)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if len(asked) == stalled:
            time.sleep(stall)  # noqa: ASYNC251 - all stands still, as on a busy machine
        writer.write(answers[len(asked)])
        asked.append(time.monotonic())
        writer.close()
        await writer.wait_closed()
        over.release()

    async with (
        HttpClient(Dns(), AddressGuard(["127.0.0.0/8"])) as client,
        await asyncio.start_server(serve, "127.0.0.1", 0) as server,
    ):
        transport = Transport(
            Throttle(per_host=1, total=1, max_wait=1),
            RequestPolicy(delay=DELAY, timeout=timeout, max_bytes=1_000, user_agent="Test"),
            client=client,
            is_running=lambda: True,
        )
        root = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        answer = await transport.fetch(root, body=body, max_bytes=max_bytes)
        for _ in asked:
            await over.acquire()
    return answer, asked, transport.cached_home_page(root)


SERVED = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"


def test_a_server_that_hung_up_once_is_asked_again_a_delay_later() -> None:
    answer, asked, _ = asyncio.run(ask([b"", SERVED]))
    assert (answer.status, answer.body) == (200, b"hi")
    assert asked[1] - asked[0] >= DELAY * 0.9


@pytest.mark.parametrize(("body", "times"), [(None, 2), (b"a form", 1)])
def test_a_server_that_keeps_hanging_up_is_left_alone(body: bytes | None, times: int) -> None:
    answer, asked, _ = asyncio.run(ask([b"", b"", SERVED], body))
    assert (answer.error, len(asked)) == (FetchError.EMPTY_REPLY, times)


def test_a_program_that_stood_still_asks_again() -> None:
    answer, asked, _ = asyncio.run(ask([SERVED, SERVED], timeout=0.4, stall=0.8))
    assert (answer.status, len(asked)) == (200, 2)
    answers = [b"", SERVED, SERVED]
    answer, asked, _ = asyncio.run(ask(answers, timeout=0.4, stall=0.8, stalled=1))
    assert (answer.status, len(asked)) == (200, 3)


@pytest.mark.parametrize(("max_bytes", "kept"), [(None, b"hi"), (1, None)])
def test_a_front_page_is_remembered_whole_or_not_at_all(
    max_bytes: int | None, kept: bytes | None
) -> None:
    _, _, known = asyncio.run(ask([SERVED], max_bytes=max_bytes))
    assert (known.body if known else None) == kept


def test_a_service_of_ones_own_is_asked_where_it_is_and_nothing_else_there() -> None:
    async def run() -> list[FetchResult]:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(SERVED)
            writer.close()

        async with (
            HttpClient(Dns(), AddressGuard()) as client,
            await asyncio.start_server(serve, "127.0.0.1", 0) as own,
            await asyncio.start_server(serve, "127.0.0.1", 0) as other,
        ):
            own_url, other_url = (
                f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}" for server in (own, other)
            )
            policy = RequestPolicy(delay=0, timeout=2, max_bytes=1_000, user_agent="Test")
            throttle = Throttle(per_host=1, total=1, max_wait=1)
            probes, services = (
                Transport(throttle, sent, client=client, is_running=lambda: True)
                for sent in (policy, replace(policy, own_services=frozenset({own_url})))
            )
            return [
                await services.fetch(f"{own_url}/search"),
                await services.fetch(f"{other_url}/search"),
                await probes.fetch(f"{own_url}/search"),
            ]

    own, other, strangers_link = asyncio.run(run())
    assert own.status == 200
    assert "is a private address" in other.detail
    assert "is a private address" in strangers_link.detail
