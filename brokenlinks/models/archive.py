"""What an archive knows of a dead target: values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ArchiveOutcome(StrEnum):
    """How a look-up ended; the last is no statement about the archive."""

    FOUND = "found"
    NONE = "none"
    EXCLUDED = "excluded"
    NOT_LOOKED_UP = "not_looked_up"


@dataclass(frozen=True, slots=True)
class ArchiveRecord:
    """One target in the archive.

    `gone_after_last_good`: captures later than the last good one recorded 404 or 410.
    `site_archived_recently`: its host had a good capture within 90 days (None: not asked).
    """

    outcome: ArchiveOutcome
    looked_up_at: datetime
    url: str = ""
    """Address of the last good capture."""
    captured_at: datetime | None = None
    mime: str = ""
    gone_after_last_good: bool = False
    site_archived_recently: bool | None = None
    title: str = ""
    """Of the last good capture, as are the heading, the language and the count of words."""
    h1: str = ""
    language: str = ""
    words: int = 0
    brief: str = ""
    """What the page was, as JSON (see `briefs.brief`)."""
    redirect: str = ""
    """Address of a later capture that recorded a redirect."""
    detail: str = ""
