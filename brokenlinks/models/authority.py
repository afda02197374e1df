"""Domain ratings: who rates, what a rating is, how a request for ratings ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from brokenlinks.http.service import Outcome


class Source(StrEnum):
    """Who says how much a domain weighs; the journal's word for it."""

    COMMON_CRAWL = "common_crawl"
    OPEN_PAGERANK = "open_pagerank"
    AHREFS = "ahrefs"


SOURCE_NAMES = {
    Source.COMMON_CRAWL: "Common Crawl harmonic rank",
    Source.OPEN_PAGERANK: "Open PageRank",
    Source.AHREFS: "Domain Rating by Ahrefs",
}
"""How a person is told whose number it is; Ahrefs wants its own shown under this name."""


@dataclass(frozen=True, slots=True)
class Rating:
    """What a source says of one domain, in its own scale.

    `value` is None where it was asked and knows nothing; higher is better. `position` is the
    place in its list, 1 being the best.
    """

    value: float | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Ratings:
    """How a request ended, and what it brought by domain; `detail` says what was unexpected."""

    outcome: Outcome
    by_domain: Mapping[str, Rating] = field(default_factory=dict)
    detail: str = ""
