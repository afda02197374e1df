"""What outside services know: the archive and the registry of a target, search engines, ratings.

The user's own metric stands beside the ratings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from brokenlinks.http.service import Outcome


class ArchiveOutcome(StrEnum):
    """How a look-up ended; the last says nothing about the archive."""

    FOUND = "found"
    NONE = "none"
    EXCLUDED = "excluded"
    NOT_LOOKED_UP = "not_looked_up"


@dataclass(frozen=True, slots=True)
class ArchiveRecord:
    """One target in the archive.

    `gone_after_last_good`: captures later than the last good one recorded 404 or 410.
    `site_archived_recently`: its host had a good capture within 90 days (None: not looked up).
    """

    outcome: ArchiveOutcome
    looked_up_at: datetime
    url: str = ""
    """URL of the last good capture."""
    captured_at: datetime | None = None
    mime: str = ""
    gone_after_last_good: bool = False
    site_archived_recently: bool | None = None
    title: str = ""
    """Of the last good capture, like heading, language and word count."""
    h1: str = ""
    language: str = ""
    words: int = 0
    brief: str = ""
    """What the page was, as JSON (see `briefs.brief`)."""
    redirect: str = ""
    """URL of a later capture that recorded a redirect."""
    detail: str = ""


class RegistrationOutcome(StrEnum):
    """How a look-up ended; the last two say nothing about the domain."""

    REGISTERED = "registered"
    NOT_FOUND = "not_found"
    UNSUPPORTED = "unsupported"
    """No RDAP server is known for the top-level domain."""
    NOT_LOOKED_UP = "not_looked_up"


@dataclass(frozen=True, slots=True)
class RegistrationRecord:
    """One registrable domain at its registry.

    `statuses` are in lower-case words, e.g. "redemption period", whatever the spelling.
    """

    domain: str
    outcome: RegistrationOutcome
    looked_up_at: datetime
    registered_at: datetime | None = None
    expires_at: datetime | None = None
    statuses: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One address, and what the service says of it: to judge it by, never to be stored."""

    url: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search brought: hits, best first, and words that belong to the niche.

    `detail` says what was unexpected, in the service's own words where there are any.
    """

    outcome: Outcome
    hits: tuple[SearchHit, ...] = ()
    terms: tuple[str, ...] = ()
    detail: str = ""


class Source(StrEnum):
    """Who rates a domain; the values are stored."""

    COMMON_CRAWL = "common_crawl"
    OPEN_PAGERANK = "open_pagerank"
    AHREFS = "ahrefs"


SOURCE_NAMES = {
    Source.COMMON_CRAWL: "Common Crawl harmonic rank",
    Source.OPEN_PAGERANK: "Open PageRank",
    Source.AHREFS: "Domain Rating by Ahrefs",
}
"""Names for display; Ahrefs requires this one."""


@dataclass(frozen=True, slots=True)
class Rating:
    """A source's rating of one domain, in its own scale.

    `value` is None if the source does not know the domain; higher is better. `position` is the
    place in its list, 1 is best.
    """

    value: float | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Ratings:
    """How a request ended, and ratings by domain; `detail` says what went wrong."""

    outcome: Outcome
    by_domain: Mapping[str, Rating] = field(default_factory=dict)
    detail: str = ""


@dataclass(frozen=True, slots=True)
class OwnMetric:
    """A column of a CSV by registrable domain; `lower_is_better` if 1 is best."""

    file: str
    column: str
    lower_is_better: bool
    by_domain: dict[str, float]
    written_at: datetime
