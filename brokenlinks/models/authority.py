"""Domain ratings, their sources, and the user's own metric."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from brokenlinks.http.service import Outcome


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
