"""The way to an address: which doors of a host are tried before it is called shut."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import LoopbackWeb, Site
from brokenlinks.http.dns import Dns
from brokenlinks.http.response import Answer, Trouble
from brokenlinks.http.robots import Robots
from brokenlinks.http.ssrf import AddressGuard
from brokenlinks.liveness.redirects import Journey, Traveller

HOST = "shut.example"
SERVED = Answer("", 200, {"content-type": "text/html"}, b"<title>Hops</title>")


class Doors:
    """A host that takes connections for some schemes only, and what it was asked for."""

    def __init__(self, *open_for: str) -> None:
        self.open_for = open_for
        self.asked: list[str] = []

    async def fetch(
        self,
        url: str,
        *,
        cookies: str = "",  # noqa: ARG002
        plain: bool = False,  # noqa: ARG002
        max_bytes: int | None = None,  # noqa: ARG002
        known_trouble: Callable[[], Trouble | None] = lambda: None,  # noqa: ARG002
    ) -> Answer:
        self.asked.append(url)
        if url.partition(":")[0] not in self.open_for:
            return Answer(url, trouble=Trouble.REFUSED)
        return Answer(url, SERVED.status, SERVED.headers, SERVED.body)


@pytest.fixture(scope="module")
def dns_of_a_host() -> Iterator[str]:
    with LoopbackWeb({HOST: Site(b.refusal(404))}) as web:
        yield web.nameserver


def travel(doors: Doors, nameserver: str, url: str, *, obey: bool) -> Journey:
    async def go() -> Journey:
        robots = Robots(doors.fetch, "Test", lambda _host, _seconds: None) if obey else None
        traveller = Traveller(
            fetch=doors.fetch,
            dns=Dns([nameserver], timeout=5),
            guard=AddressGuard(["127.0.0.0/8"]),
            robots=robots,
        )
        return await traveller.travel(url)

    return asyncio.run(go())


@pytest.mark.parametrize("obey", [True, False])
def test_a_host_that_is_shut_for_http_is_asked_by_https(dns_of_a_host: str, *, obey: bool) -> None:
    doors = Doors("https")
    journey = travel(doors, dns_of_a_host, f"http://{HOST}/hops", obey=obey)
    assert (journey.answer.status, journey.answer.url) == (200, f"https://{HOST}/hops")


@pytest.mark.parametrize("obey", [True, False])
def test_a_host_that_is_shut_for_both_is_shut(dns_of_a_host: str, *, obey: bool) -> None:
    doors = Doors()
    journey = travel(doors, dns_of_a_host, f"http://{HOST}/hops", obey=obey)
    assert journey.answer.trouble is Trouble.REFUSED
    assert {url.partition(":")[0] for url in doors.asked} == {"http", "https"}


def test_a_port_that_is_named_is_the_only_door(dns_of_a_host: str) -> None:
    doors = Doors("https")
    journey = travel(doors, dns_of_a_host, f"http://{HOST}:8080/hops", obey=True)
    assert journey.answer.trouble is Trouble.REFUSED
    assert not any(url.startswith("https") for url in doors.asked)
