"""The way to an address: which doors of a host are tried before it is called shut."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import LoopbackWeb, Site
from brokenlinks.http.dns import Dns
from brokenlinks.http.response import FetchError, FetchResult
from brokenlinks.http.robots import Robots
from brokenlinks.http.ssrf import AddressGuard, has_blocked_port
from brokenlinks.liveness.redirects import RedirectChain, RedirectFollower
from brokenlinks.models.evidence import RedirectError, SkipReason

HOST = "shut.example"
SERVED = FetchResult("", 200, {"content-type": "text/html"}, b"<title>Hops</title>")


class FakeHost:
    """A host that takes connections for some schemes only, and what it was asked for."""

    def __init__(self, *open_schemes: str) -> None:
        self.open_schemes = open_schemes
        self.asked: list[str] = []

    async def fetch(self, url: str, **_: object) -> FetchResult:
        self.asked.append(url)
        if url.partition(":")[0] not in self.open_schemes:
            return FetchResult(url, error=FetchError.REFUSED)
        return FetchResult(url, SERVED.status, SERVED.headers, SERVED.body)


class Relay(FakeHost):
    """A host whose pages /0, /1 ... each redirect to the next, `count` times."""

    def __init__(self, count: int) -> None:
        super().__init__("http")
        self.count = count

    async def fetch(self, url: str, **_: object) -> FetchResult:
        number = int(url.rpartition("/")[2])
        if number == self.count:
            return FetchResult(url, SERVED.status, SERVED.headers, SERVED.body)
        return FetchResult(url, 302, {"location": f"/{number + 1}"})


@pytest.fixture(scope="module")
def nameserver_of_host() -> Iterator[str]:
    with LoopbackWeb({HOST: Site(b.refusal(404))}) as web:
        yield web.nameserver


def follow(doors: FakeHost, nameserver: str, url: str, *, obey: bool) -> RedirectChain:
    async def go() -> RedirectChain:
        robots = Robots(doors.fetch, "Test", lambda _host, _seconds: None) if obey else None
        traveller = RedirectFollower(
            fetch=doors.fetch,
            dns=Dns([nameserver], timeout=5),
            guard=AddressGuard(["127.0.0.0/8"]),
            robots=robots,
        )
        return await traveller.follow(url)

    return asyncio.run(go())


@pytest.mark.parametrize("obey", [True, False])
def test_a_host_that_is_shut_for_http_is_asked_by_https(
    nameserver_of_host: str, *, obey: bool
) -> None:
    doors = FakeHost("https")
    journey = follow(doors, nameserver_of_host, f"http://{HOST}/hops", obey=obey)
    assert (journey.answer.status, journey.answer.url) == (200, f"https://{HOST}/hops")


@pytest.mark.parametrize("obey", [True, False])
def test_a_host_that_is_shut_for_both_is_shut(nameserver_of_host: str, *, obey: bool) -> None:
    doors = FakeHost()
    journey = follow(doors, nameserver_of_host, f"http://{HOST}/hops", obey=obey)
    assert journey.answer.error is FetchError.REFUSED
    assert {url.partition(":")[0] for url in doors.asked} == {"http", "https"}


def test_a_port_that_is_named_is_the_only_door(nameserver_of_host: str) -> None:
    doors = FakeHost("https")
    journey = follow(doors, nameserver_of_host, f"http://{HOST}:8080/hops", obey=True)
    assert journey.answer.error is FetchError.REFUSED
    assert not any(url.startswith("https") for url in doors.asked)


class FailingHost(FakeHost):
    """A host that sends its pages, and a server error in place of robots.txt."""

    async def fetch(self, url: str, **_: object) -> FetchResult:
        failing = url.endswith("/robots.txt")
        return FetchResult(url, 503 if failing else SERVED.status, SERVED.headers, SERVED.body)


def test_a_link_waits_while_robots_txt_is_a_server_error(nameserver_of_host: str) -> None:
    journey = follow(FailingHost("http"), nameserver_of_host, f"http://{HOST}/hops", obey=True)
    skipped = (None, SkipReason.ROBOTS_UNAVAILABLE)
    assert (journey.answer.status, journey.skip_reason) == skipped


@pytest.mark.parametrize("url", ["http://{}:6379/hops", "https://{}:993/", "http://{}/to-mail"])
def test_a_port_of_another_service_is_not_asked(nameserver_of_host: str, url: str) -> None:
    class Mailing(FakeHost):
        async def fetch(self, url: str, **_: object) -> FetchResult:
            self.asked.append(url)
            return FetchResult(url, 302, {"location": f"http://{HOST}:25/"})

    doors = Mailing()
    chain = follow(doors, nameserver_of_host, url.format(HOST), obey=False)
    assert chain.skip_reason is SkipReason.BLOCKED_PORT
    assert not any(has_blocked_port(asked) for asked in doors.asked)


@pytest.mark.parametrize(
    ("count", "reached", "error"),
    [(20, "/20", None), (21, "/20", RedirectError.TOO_MANY)],
)
def test_as_many_redirects_are_followed_as_browsers_follow(
    nameserver_of_host: str, count: int, reached: str, error: RedirectError | None
) -> None:
    journey = follow(Relay(count), nameserver_of_host, f"http://{HOST}/0", obey=False)
    assert (journey.answer.url, journey.redirect_error) == (f"http://{HOST}{reached}", error)
