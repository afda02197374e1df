"""How the headers of a response are read."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.http.response import (
    MAX_SECONDS,
    FetchResult,
    follow_redirects,
    redirect_url,
    retry_after_seconds,
)

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("", 0),
        ("soon", 0),
        ("-5", 0),
        ("Mon, 23 Nov 2026 12:01:00 GMT", 60),
        ("Mon, 23 Nov 2020 12:01:00 GMT", 0),
        ("99999999999999999999", MAX_SECONDS),
        ("Mon, 23 Nov 99999999999999 12:01:00 GMT", 0),
        ("Mon, 23 Nov 2026 99999999999999999999:01:00 GMT", 0),
        ("\N{ARABIC-INDIC DIGIT THREE}", 0),
    ],
)
def test_seconds_and_dates(value: str, seconds: float) -> None:
    assert retry_after_seconds(value, NOW) == seconds


@given(st.text())
def test_whatever_a_server_sends_is_within_bounds(value: str) -> None:
    assert 0 <= retry_after_seconds(value, NOW) <= MAX_SECONDS


def moved(*locations: str, status: int = 301) -> FetchResult:
    headers = {"location": ", ".join(locations)} if locations else {}
    return FetchResult("", status, headers, repeated={"location": locations} if locations else {})


@pytest.mark.parametrize(
    ("answer", "target"),
    [
        (moved("/b"), "http://a.example/b"),
        (moved("https://b.example/x,y"), "https://b.example/x,y"),
        (moved("/first", "/second"), "http://a.example/first"),
        (moved("/b", status=300), None),
        (moved("/b", status=200), None),
        (moved(), None),
        (moved(""), None),
        (moved("mailto:a@b.example"), None),
        (moved("http://["), None),
    ],
)
def test_where_a_redirect_leads(answer: FetchResult, target: str | None) -> None:
    assert redirect_url(answer, "http://a.example/a/") == target


def test_redirects_are_followed_a_limited_number_of_times() -> None:
    fetched: list[str] = []

    async def fetch(url: str) -> FetchResult:
        fetched.append(url)
        return moved(f"{url}x")

    answer = asyncio.run(follow_redirects(fetch, "http://a.example/", 2))
    assert answer.status == 301
    assert fetched == ["http://a.example/", "http://a.example/x", "http://a.example/xx"]


@pytest.mark.parametrize(
    ("types", "content_type"),
    [((), ""), (("text/html",), "text/html"), (("text/plain", "text/html"), "text/html")],
)
def test_of_several_content_types_the_last_counts(
    types: tuple[str, ...], content_type: str
) -> None:
    headers = {"content-type": ", ".join(types)} if types else {}
    answer = FetchResult("", 200, headers, repeated={"content-type": types} if types else {})
    assert answer.content_type == content_type
