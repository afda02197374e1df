"""What a traveller learns of a host serves all its links: real sockets on loopback."""

from __future__ import annotations

import asyncio

from brokenlinks.liveness.journey import Traveller
from brokenlinks.net.addresses import AddressGuard
from brokenlinks.net.answer import Answer, Trouble
from brokenlinks.net.dns import Dns
from brokenlinks.net.gate import Gate
from brokenlinks.net.swift import SwiftSender
from brokenlinks.net.transport import Manners, Transport

PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nHere."
MANNERS = Manners(delay=0.0, timeout=5.0, max_bytes=1_000, user_agent="Test")


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(PAGE)
    writer.close()


async def visits(plan: str) -> list[Answer]:
    """Visit a host once for each letter: `u` while it is up, `d` while it is down."""
    dns, guard = Dns(), AddressGuard(["127.0.0.0/8"])
    sender = SwiftSender(dns, guard)
    gate = Gate(per_host=1, in_all=4, patience=0.0)
    transport = Transport(gate, MANNERS, swift=sender, tolerant=sender, goes_on=lambda: True)
    traveller = Traveller(fetch=transport.fetch, dns=dns, guard=guard, robots=None)
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    found = []
    for number, state in enumerate(plan):
        if state == "d":
            server.close()
        elif not server.is_serving():
            server = await asyncio.start_server(serve, "127.0.0.1", port)
        journey = await traveller.travel(f"http://127.0.0.1:{port}/{number}")
        found.append(journey.answer)
    server.close()
    return found


def seen(plan: str) -> list[int | Trouble | None]:
    return [answer.status or answer.trouble for answer in asyncio.run(visits(plan))]


def test_a_host_that_answered_is_asked_again_after_a_failure() -> None:
    assert seen("udu") == [200, Trouble.REFUSED, 200]


def test_a_host_that_never_answered_is_not_asked_for_its_other_pages() -> None:
    assert seen("du") == [Trouble.REFUSED, Trouble.REFUSED]


def test_a_host_that_stops_answering_is_left_alone_in_the_end() -> None:
    assert seen("udddu") == [200, *[Trouble.REFUSED] * 4]


def test_failures_far_between_are_no_silence() -> None:
    assert seen("ududuud") == [200, Trouble.REFUSED] * 2 + [200, 200, Trouble.REFUSED]
    assert seen("uddudu") == [200, *[Trouble.REFUSED] * 2, 200, Trouble.REFUSED, 200]
