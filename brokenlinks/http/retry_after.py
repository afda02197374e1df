"""The Retry-After header, which Scrapy does not read."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MAX_SECONDS = 7 * 24 * 3600


def retry_after_seconds(value: str, now: datetime) -> float:
    """Return the seconds a Retry-After header (seconds or a date) asks for, 0 to a week.

    0 where there is no header or it cannot be read.
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(min(int(value[:12]), MAX_SECONDS))
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    moment = moment.replace(tzinfo=moment.tzinfo or UTC)
    return min(max((moment - now).total_seconds(), 0.0), MAX_SECONDS)
