"""The interface of a search provider: it builds requests and reads responses, without I/O.

A provider's `search` is a generator: it yields each request, is sent the response, and returns
what it found. `SearchClient` runs it, keeping to rates and pauses and its keys secret.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from brokenlinks.http.response import FetchResult
from brokenlinks.http.service import Outcome, ServiceRequest, describe_failure, read_json
from brokenlinks.models.lookups import SearchHit, SearchResult

SearchFlow = Generator[ServiceRequest, FetchResult, SearchResult]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a service understands of a query; `semantic` ones want a sentence.

    Lengths are in characters and words.
    """

    footprints: bool = True
    """False where it finds articles about the niche rather than pages of links."""
    quotes: bool = False
    operators: bool = False
    """`intitle:` and `inurl:`."""
    semantic: bool = False
    max_length: int = 400
    max_words: int = 50


class Provider(Protocol):
    """A place to search."""

    @property
    def name(self) -> str:
        """Its name in `providers=` and in the summary."""

    @property
    def service(self) -> str:
        """The name of its rate: its host."""

    @property
    def request_interval(self) -> float:
        """Seconds between two requests."""

    @property
    def max_queries(self) -> int:
        """Queries in one run, at most."""

    @property
    def secrets(self) -> tuple[str, ...]:
        """Keys, which must never be shown."""

    @property
    def capabilities(self) -> Capabilities:
        """What it understands of a query."""

    def search(self, query: str) -> SearchFlow:
        """Search for pages that match."""


def results_of(
    answer: FetchResult,
    parse_hits: Callable[[Any], Iterable[SearchHit]],
    status_outcomes: Mapping[int, Outcome],
) -> SearchResult:
    """Read a usual JSON response: `parse_hits` finds the hits, `status_outcomes` maps statuses.

    `parse_hits` may raise what an unexpected structure raises.
    """
    if answer.status is not None and answer.status in status_outcomes:
        return SearchResult(status_outcomes[answer.status], detail=describe_failure(answer))
    content = read_json(answer)
    if answer.status != 200 or content is None:
        return SearchResult(Outcome.ERROR, detail=describe_failure(answer))
    try:
        hits = tuple(hit for hit in parse_hits(content) if _is_web_address(hit.url))
    except (KeyError, TypeError, AttributeError, IndexError):
        return SearchResult(Outcome.ERROR, detail=describe_failure(answer))
    return SearchResult(Outcome.OK if hits else Outcome.EMPTY, hits)


def hits_of(
    results: Iterable[Any], *, url: str = "url", text: Sequence[str] = ()
) -> list[SearchHit]:
    """Return hits from the usual list of objects; `text` are the names of what describes them."""
    return [
        SearchHit(result[url], " ".join(str(result.get(name) or "") for name in text).strip())
        for result in results
    ]


def _is_web_address(url: object) -> bool:
    return isinstance(url, str) and url.startswith(("http://", "https://"))
