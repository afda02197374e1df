"""Whatever the archive is asked, it is asked in turn, and what it says of its pace is minded."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from brokenlinks.enrichment.wayback import Wayback
from brokenlinks.http.response import FetchResult
from brokenlinks.http.service import RateLimiter, ServiceClient
from brokenlinks.models.lookups import ArchiveOutcome

ARCHIVE, PAGE = "http://archive.example", "http://hops.example/guide"
CAPTURE = f"{ARCHIVE}/web/20200101000000id_/{PAGE}"
PAUSE = 300.0


class Archive:
    """Gives its answers in turn; `turns` and `rests` are the services waited for and paused."""

    def __init__(self, *answers: FetchResult) -> None:
        self._answers = iter(answers)
        self.turns: list[str] = []
        self.rests: list[tuple[str, float]] = []

    async def reserve(self, service: str, interval: float, max_wait: float) -> float:  # noqa: ARG002
        self.turns.append(service)
        return 0.0

    async def pause(self, service: str, seconds: float) -> None:
        self.rests.append((service, seconds))

    async def __call__(
        self,
        url: str,  # noqa: ARG002
        *,
        headers: Mapping[str, str] | None = None,  # noqa: ARG002
        body: bytes | None = None,  # noqa: ARG002
        max_bytes: int | None = None,  # noqa: ARG002
    ) -> FetchResult:
        return next(self._answers)


def now() -> datetime:
    return datetime(2026, 11, 23, tzinfo=UTC)


def asking(archive: Archive) -> Wayback:
    return Wayback(
        ARCHIVE,
        client=ServiceClient(archive, RateLimiter(archive.reserve, archive.pause), now),
        clock=now,
        cdx_per_minute=60,
        playback_per_second=1,
        pause=PAUSE,
    )


def said(status: int, headers: Mapping[str, str] | None = None) -> FetchResult:
    return FetchResult("", status, headers or {})


BOTH_LANES = [("archive.example cdx", PAUSE), ("archive.example playback", PAUSE)]


def test_an_archive_that_answers_again_rests_no_longer() -> None:
    archive = Archive(said(429), said(404))
    wayback = asking(archive)
    assert asyncio.run(wayback.look_up(PAGE)).outcome is ArchiveOutcome.NOT_LOOKED_UP
    assert wayback.paused
    assert sorted(archive.rests) == BOTH_LANES
    assert asyncio.run(wayback.look_up(PAGE)).outcome is ArchiveOutcome.NONE
    assert not wayback.paused


@pytest.mark.parametrize(
    ("location", "led_to"),
    [
        ("/web/20200101000000id_/http://hops.example/new", "http://hops.example/new"),
        (f"{ARCHIVE}/web/20200101000000/https://hops.example/", "https://hops.example/"),
        ("", ""),
        ("http://[", ""),
        ("/web/20200101000000id_/http://[", ""),
        ("/about", ""),
    ],
)
def test_where_a_recorded_redirect_led_is_asked_in_turn(location: str, led_to: str) -> None:
    archive = Archive(said(301, {"location": location}))
    assert asyncio.run(asking(archive).redirect_target(CAPTURE)) == led_to
    assert archive.turns == ["archive.example playback"]


def test_an_archive_that_has_enough_of_redirects_rests() -> None:
    archive = Archive(said(429))
    wayback = asking(archive)
    asyncio.run(wayback.redirect_target(CAPTURE))
    assert wayback.paused
    assert sorted(archive.rests) == BOTH_LANES
