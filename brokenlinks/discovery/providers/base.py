"""The interface of a search provider, which does no I/O, and the client that runs its searches.

A provider's `search` is a generator: it yields each request, is sent the response, and returns
what it found. `SearchClient` keeps to rates and pauses, and keys secret.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from brokenlinks.http.response import FetchResult
from brokenlinks.http.service import (
    Outcome,
    Service,
    ServiceClient,
    ServiceRequest,
    describe_failure,
    read_json,
)
from brokenlinks.models.lookups import SearchHit, SearchResult

logger = logging.getLogger(__name__)

MIN_PAUSE, MAX_PAUSE = 60.0, 3_600.0
"""Least and most seconds to pause after a 429. Limits count by the minute, though some providers
ask for a second; a longer pause would end the searches of the next run too."""
MAX_WAIT = 120.0
"""Seconds to wait for the provider's rate limit: other work goes on meanwhile."""
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


class SearchClient:
    """Asks one provider one query at a time."""

    def __init__(self, provider: Provider, client: ServiceClient) -> None:
        self._provider = provider
        self._client = client
        self._service = Service(
            provider.service,
            provider.request_interval,
            min_pause=MIN_PAUSE,
            max_pause=MAX_PAUSE,
            max_wait=MAX_WAIT,
            secrets=provider.secrets,
        )

    async def run(self, query: str) -> SearchResult:
        """Return what the provider found. Raises nothing: every failure is an outcome."""
        search = self._provider.search(query)
        try:
            request = next(search)
            while True:
                request = search.send(await self._client.send(self._service, request))
        except StopIteration as end:
            result: SearchResult = end.value
            return result
        except Exception as error:
            logger.exception("The response of %s could not be read", self._provider.name)
            return SearchResult(Outcome.ERROR, detail=f"{type(error).__name__} in its response")
