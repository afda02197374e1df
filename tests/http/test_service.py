"""A service is asked within its rate, left alone when it refuses, and its key is never shown."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from brokenlinks.http.response import FetchError, FetchResult
from brokenlinks.http.service import (
    CircuitBreaker,
    RateLimiter,
    Service,
    ServiceClient,
    ServiceRequest,
    build_url,
    describe_failure,
)
from tests.http.virtual_time import run_in_virtual_time

NOW = datetime(2026, 11, 23, tzinfo=UTC)
REQUEST = ServiceRequest("http://api.example/q", {"Accept": "text/json"}, b"hops", wait=5.0)
SERVICE = Service("api.example", 2.0, max_wait=60.0)


class Api:
    """Gives one answer; `turn` is in how many seconds a request may be sent."""

    def __init__(self, answer: FetchResult, turn: float = 0.0) -> None:
        self._answer = answer
        self._turn = turn
        self.asked: list[tuple[float, str, bytes | None]] = []
        self.reserved: list[tuple[str, float]] = []
        self.paused: list[tuple[str, float]] = []

    def send(self, service: Service = SERVICE) -> FetchResult:
        client = ServiceClient(self._exchange, RateLimiter(self._reserve, self._pause), lambda: NOW)
        return run_in_virtual_time(client.send(service, REQUEST))

    async def _exchange(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        max_bytes: int | None = None,
    ) -> FetchResult:
        assert headers == REQUEST.headers
        assert max_bytes
        self.asked.append((asyncio.get_running_loop().time(), url, body))
        return self._answer

    async def _reserve(self, name: str, interval: float, max_wait: float) -> float:
        assert max_wait == SERVICE.max_wait
        self.reserved.append((name, interval))
        return self._turn

    async def _pause(self, name: str, seconds: float) -> None:
        self.paused.append((name, seconds))


def answer(status: int, retry_after: str = "", body: bytes = b"") -> FetchResult:
    return FetchResult(REQUEST.url, status, {"retry-after": retry_after}, body)


def test_a_request_waits_for_its_turn() -> None:
    api = Api(answer(200, body=b"found"), turn=30.0)
    assert api.send().body == b"found"
    assert api.reserved == [("api.example", 2.0)]
    assert api.asked == [(35.0, REQUEST.url, REQUEST.body)]
    assert api.paused == []


def test_a_turn_that_is_too_far_off_is_left_to_the_next_run() -> None:
    api = Api(answer(200), turn=61.0)
    result = api.send()
    assert (result.status, api.asked) == (429, [])
    assert describe_failure(result).startswith("not sent: api.example")


@pytest.mark.parametrize(
    ("retry_after", "service", "seconds"),
    [
        ("", SERVICE, 60),
        ("7", SERVICE, 7),
        ("7000", SERVICE, 7000),
        ("Mon, 23 Nov 2026 00:02:00 GMT", SERVICE, 120),
        ("7", replace(SERVICE, min_pause=60.0, max_pause=3600.0), 60),
        ("7000", replace(SERVICE, min_pause=60.0, max_pause=3600.0), 3600),
        ("", replace(SERVICE, pause=300.0), 300),
    ],
)
def test_a_refusal_pauses_it_for_all(retry_after: str, service: Service, seconds: float) -> None:
    api = Api(answer(429, retry_after))
    assert api.send(service).status == 429
    assert api.paused == [("api.example", seconds)]


def test_what_counts_as_a_refusal_and_who_pauses_too_is_the_services_matter() -> None:
    service = replace(SERVICE, refusals=frozenset({403}), pauses_with=("api.example list",))
    api = Api(answer(403))
    api.send(service)
    assert api.paused == [("api.example", 60), ("api.example list", 60)]
    api = Api(answer(429))
    api.send(service)
    assert api.paused == []


def test_keys_are_taken_out_before_anything_is_read() -> None:
    service = replace(SERVICE, secrets=("k3y", "other"))
    result = Api(answer(401, body=b"the key k3y is wrong")).send(service)
    assert result.body == b"the key [key] is wrong"
    failed = FetchResult(REQUEST.url, error=FetchError.TIMEOUT, detail="other k3y")
    assert Api(failed).send(service).detail == "[key] [key]"


ECHO = '{"error": "the key sk-0123/45+6 is wrong", "url": "/?key=sk-0123%2F45%2b6&q=hops"}'


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"content-encoding": "gzip"}, gzip.compress(ECHO.encode(), mtime=0)),
        ({"content-type": "application/json; charset=utf-16-le"}, ECHO.encode("utf-16-le")),
        ({}, ECHO.replace("/", "\\/").encode()),
        ({}, (ECHO * 20).encode()),
    ],
    ids=["gzip", "utf-16", "slashes", "often"],
)
def test_a_key_is_found_in_whatever_form_the_service_repeats_it(
    headers: Mapping[str, str], body: bytes
) -> None:
    service = replace(SERVICE, secrets=("sk-0123/45+6",))
    result = Api(FetchResult(REQUEST.url, 401, headers, body)).send(service)
    assert b"0123" not in result.body
    described = describe_failure(result)
    assert "[key]" in described
    assert "0123" not in described


@pytest.mark.parametrize("before", range(150, 200))
def test_no_part_of_a_key_is_left_where_a_description_ends(before: int) -> None:
    service = replace(SERVICE, secrets=("0123456789abcdef0123456789abcdef",))
    body = b"x" * before + b" 0123456789abcdef0123456789abcdef"
    described = describe_failure(Api(answer(500, body=body)).send(service))
    assert "0123" not in described


def test_a_server_that_keeps_failing_is_left_alone() -> None:
    breaker = CircuitBreaker(2)
    breaker.record("a", answered=False)
    breaker.record("a", answered=True)
    breaker.record("a", answered=False)
    assert not breaker.is_open("a")
    breaker.record("a", answered=False)
    assert breaker.is_open("a")
    breaker.trip("b")
    assert (breaker.is_open("b"), breaker.is_open("c")) == (True, False)


def test_half_a_character_in_a_parameter_is_no_error() -> None:
    url = build_url("http://a.example/", "/next", offset="\ud800", page=1)
    assert url == "http://a.example/next?offset=%3F&page=1"
