"""What a search brought."""

from __future__ import annotations

from dataclasses import dataclass

from brokenlinks.http.service import Outcome


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
