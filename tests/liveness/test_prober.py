"""What a probe asks for when a server fails: again, by the other scheme, and for the home page."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import LoopbackWeb, Site
from brokenlinks.http.dns import Dns
from brokenlinks.http.response import FetchError, FetchResult
from brokenlinks.http.robots import Robots
from brokenlinks.http.ssrf import AddressGuard
from brokenlinks.liveness.connectivity import ConnectivityCheck
from brokenlinks.liveness.prober import Prober
from brokenlinks.liveness.verdict import judge
from brokenlinks.models.evidence import Evidence
from brokenlinks.models.lookups import ArchiveOutcome, ArchiveRecord
from brokenlinks.models.verdict import Judgement, Stage, Verdict, VerdictContext
from brokenlinks.text.urls import is_root

HOST = "mill.example"
PAGE = f"http://{HOST}/weirs"
T0 = datetime(2026, 11, 1, 8, tzinfo=UTC)
ARTICLE = b"<title>Weirs</title><h1>Weirs</h1>" + b"<p>How the weir of a mill is kept.</p>" * 40
SERVED = FetchResult("", 200, {"content-type": "text/html"}, ARTICLE)
MISSING = FetchResult("", 404)
RESET = FetchResult("", error=FetchError.RESET)
HANGS_UP = FetchResult("", error=FetchError.EMPTY_REPLY)
HANGS = FetchResult("", error=FetchError.TIMEOUT)
REFUSES = FetchResult("", error=FetchError.REFUSED)


def failing(status: int, text: str = "", **headers: str) -> FetchResult:
    sent = {"content-type": "text/html"} | {k.replace("_", "-"): v for k, v in headers.items()}
    return FetchResult("", status, sent, text.encode())


@dataclass
class FakeServer:
    """Answers the page with `replies` in turn, then with the last, and others as they are said."""

    replies: Sequence[FetchResult]
    home: FetchResult = SERVED
    robots: FetchResult = MISSING
    by_https: FetchResult = REFUSES
    asked: list[str] = field(default_factory=list)
    now: datetime = T0

    async def fetch(self, url: str, **_: object) -> FetchResult:
        reply = self.reply_to(url)
        self.asked.append(url)
        return FetchResult(url, reply.status, reply.headers, reply.body, error=reply.error)

    def reply_to(self, url: str) -> FetchResult:
        if url.startswith("https:"):
            return self.by_https
        if url.endswith("/robots.txt"):
            return self.robots
        if is_root(url):
            return self.home
        return self.replies[min(self.asked.count(url), len(self.replies) - 1)]

    def prober(self, nameserver: str) -> Prober:
        dns, rng = Dns([nameserver], timeout=5), random.Random(1)
        robots = Robots(self.fetch, "Test", lambda _host, _seconds: None)

        async def failing_for(_origin: str, failed: bool) -> timedelta:  # noqa: FBT001
            return self.now - T0 if failed else timedelta()

        robots.record_failure = failing_for
        return Prober(
            fetch=self.fetch,
            dns=dns,
            guard=AddressGuard(["127.0.0.0/8"]),
            robots=robots,
            connectivity=ConnectivityCheck([], self.fetch, dns, rng),
            clock=lambda: self.now,
            rng=rng,
        )


@pytest.fixture(scope="module")
def nameserver() -> Iterator[str]:
    with LoopbackWeb({HOST: Site(b.refusal(404))}) as web:
        yield web.nameserver


def probe(server: FakeServer, nameserver: str, url: str = PAGE) -> Evidence:
    return asyncio.run(server.prober(nameserver).probe(url))


SOON, LATER = (failing(503, retry_after=seconds) for seconds in ("2", "3600"))
TOO_FAST = failing(429, retry_after="2")


@pytest.mark.parametrize(
    "first",
    [
        [failing(500)],
        [failing(503), failing(502)],
        [SOON, SOON],
        [TOO_FAST],
        [TOO_FAST, SOON],
        [RESET],
    ],
)
def test_a_page_that_fails_at_first_is_alive_in_the_same_run(
    nameserver: str, first: list[FetchResult]
) -> None:
    seen = probe(FakeServer([*first, SERVED]), nameserver)
    assert judge([seen]).verdict is Verdict.ALIVE


@pytest.mark.parametrize(
    "first",
    [
        LATER,
        failing(429),
        failing(429, retry_after="11"),
        failing(403),
        failing(503, "<h1>Down for maintenance</h1>"),
        HANGS,
    ],
)
def test_who_asks_for_more_patience_is_asked_once(nameserver: str, first: FetchResult) -> None:
    server = FakeServer([first, SERVED])
    assert judge([probe(server, nameserver)]).verdict is not Verdict.ALIVE
    assert server.asked.count(PAGE) == 1


def test_a_page_that_goes_on_failing_is_asked_three_times(nameserver: str) -> None:
    server = FakeServer([failing(500)])
    assert judge([probe(server, nameserver)]).verdict is Verdict.TRANSIENT
    assert server.asked.count(PAGE) == 3


def test_a_host_that_goes_on_failing_is_asked_for_few_pages_again(nameserver: str) -> None:
    server = FakeServer([failing(500)], home=failing(500))
    links = [f"http://{HOST}/page-{number}" for number in range(50)]

    async def go() -> None:
        prober = server.prober(nameserver)
        await asyncio.gather(*map(prober.probe, links))

    asyncio.run(go())
    pages = [url for url in server.asked if url in links]
    assert len(pages) == len(links) + 2


def test_a_page_that_fails_by_http_is_asked_for_by_https(nameserver: str) -> None:
    for first in (failing(503), HANGS, RESET):
        seen = probe(FakeServer([first], by_https=SERVED), nameserver)
        assert (seen.final_url, judge([seen]).verdict) == (f"https://{HOST}/weirs", Verdict.ALIVE)


class HttpOnly(FakeServer):
    def reply_to(self, url: str) -> FetchResult:
        return HANGS if url.startswith("https:") else super().reply_to(url)


def test_a_page_that_fails_by_https_is_asked_for_by_http(nameserver: str) -> None:
    seen = probe(HttpOnly([SERVED]), nameserver, f"https://{HOST}/weirs")
    assert (seen.final_url, judge([seen]).verdict) == (PAGE, Verdict.ALIVE)


def test_another_site_that_answers_by_https_is_not_the_page(nameserver: str) -> None:
    seen = probe(FakeServer([failing(503)], failing(503), by_https=MISSING), nameserver)
    assert (seen.status, seen.host_responds) == (503, True)


BANNED = '<h1>Error <span class="cf-error-code">1006</span></h1>'
COOKIE_SHELL = "<script>document.cookie='a='+f(7);location.reload()</script>"
NEVER_ARCHIVED = ArchiveRecord(ArchiveOutcome.NONE, T0 + timedelta(days=40))
ARCHIVED_ONCE = ArchiveRecord(
    ArchiveOutcome.FOUND, T0 + timedelta(days=40), captured_at=T0 - timedelta(days=900)
)


def everywhere(reply: FetchResult) -> FakeServer:
    return FakeServer([reply], reply, reply, reply)


def after(
    server: FakeServer, days: Sequence[int], nameserver: str, archive: ArchiveRecord
) -> Judgement:
    """Return the verdict after a look on each of the days, by a new run each."""
    history = []
    for day in sorted(days):
        server.now = T0 + timedelta(days=day)
        history.append(probe(server, nameserver))
    return judge(history, VerdictContext(archive))


LIVING = {
    "bans us": lambda: everywhere(failing(503, BANNED)),
    "bans us in plain text": lambda: everywhere(failing(503, "error code: 1006, access denied")),
    "tries scripts": lambda: everywhere(failing(500, COOKIE_SHELL)),
    "is in maintenance": lambda: everywhere(failing(503, "<h1>Wir warten: Wartungsarbeiten</h1>")),
    "says when to come back": lambda: everywhere(LATER),
    "fails for one page": lambda: FakeServer([failing(500)]),
    "hangs for one page": lambda: FakeServer([HANGS]),
    "hangs for programs": lambda: everywhere(HANGS),
    "hangs up on programs": lambda: everywhere(HANGS_UP),
    "hangs for pages": lambda: FakeServer([HANGS], home=HANGS),
}


@pytest.mark.parametrize("server", LIVING.values(), ids=LIVING.keys())
@settings(max_examples=5, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=3, max_size=6, unique=True))
def test_no_living_page_dies_of_time(
    nameserver: str, server: Callable[[], FakeServer], days: list[int]
) -> None:
    verdict = after(server(), days, nameserver, NEVER_ARCHIVED)
    assert verdict.stage is Stage.NONE


DEAD = {
    "refuses": lambda: everywhere(REFUSES),
    "fails": lambda: everywhere(failing(502, "<title>502 Bad Gateway</title>")),
    "has no server behind it": lambda: FakeServer([failing(503)], home=failing(503)),
    "resets": lambda: everywhere(RESET),
    "hangs": lambda: everywhere(HANGS),
}


@pytest.mark.parametrize("server", DEAD.values(), ids=DEAD.keys())
def test_a_host_that_is_down_for_ten_days_more_is_dead(
    nameserver: str, server: Callable[[], FakeServer]
) -> None:
    # For its first three days, a robots.txt that is a server error only means "not now".
    verdict = after(server(), [0, 3, 6, 13], nameserver, ARCHIVED_ONCE)
    assert (verdict.verdict, verdict.stage) == (Verdict.DEAD_HOST, Stage.CONFIRMED)
