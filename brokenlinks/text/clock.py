"""The only source of time, so that a test can go through two weeks in a second."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""Returns the current time in UTC."""


def make_clock(starts_at: str = "") -> Clock:
    """Return the system clock, or one that starts at an ISO 8601 time and runs on from there.

    Raises ValueError when `starts_at` is not such a time.
    """
    offset = timedelta()
    if starts_at:
        start = datetime.fromisoformat(starts_at)
        offset = start.replace(tzinfo=start.tzinfo or UTC) - datetime.now(UTC)
    return lambda: datetime.now(UTC) + offset
