"""What a search provider is: it builds requests and reads answers, and does no I/O.

A provider's `search` is a conversation: it yields each request, is sent the answer, and returns
what it found. Whoever holds the conversation keeps the pace, the budget and the secrets.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol
from urllib.parse import urlencode

from brokenlinks.http.decoding import text_of
from brokenlinks.http.response import FetchResult

MAX_RESPONSE_BYTES = 4_000_000
MAX_DETAIL_LENGTH = 200
"""Characters of an unexpected answer that are shown to the person."""


class Outcome(StrEnum):
    """How a search ended. A refusal is never taken for an empty result."""

    OK = "ok"
    EMPTY = "empty"
    BLOCKED = "blocked"
    QUOTA = "quota"
    MISCONFIGURED = "misconfigured"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class ServiceRequest:
    """One request; a GET without a `body`. `wait` is in seconds, on top of the pace."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    wait: float = 0.0


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


SearchFlow = Generator[ServiceRequest, FetchResult, SearchResult]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What of a query the service understands; `semantic` ones want a sentence.

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
        """What a person calls it: `providers=` and the summary use it."""

    @property
    def service(self) -> str:
        """The host whose budget its requests count against."""

    @property
    def request_interval(self) -> float:
        """Seconds between two requests."""

    @property
    def max_queries(self) -> int:
        """Queries in one run, at most."""

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be shown to anybody."""

    @property
    def capabilities(self) -> Capabilities:
        """What of a query it understands."""

    def search(self, query: str) -> SearchFlow:
        """Ask for pages that match."""


def build_url(base: str, path: str, **parameters: object) -> str:
    """Return a URL under `base` with parameters."""
    return f"{base.rstrip('/')}{path}?{urlencode(parameters)}"


def read_json(answer: FetchResult) -> Any:
    """Return the answer's JSON, None when it is none."""
    try:
        return json.loads(text_of(answer, MAX_RESPONSE_BYTES) or "")
    except (ValueError, RecursionError):
        return None


def results_of(
    answer: FetchResult,
    parse_hits: Callable[[Any], Iterable[SearchHit]],
    status_outcomes: Mapping[int, Outcome],
) -> SearchResult:
    """Read a usual JSON answer: `parse_hits` finds the hits, `status_outcomes` maps statuses.

    `parse_hits` may fail in any of the ways in which a structure can be other than expected.
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


def describe_failure(answer: FetchResult) -> str:
    """Return the first words of an unexpected answer, or the trouble that stood in its place."""
    if answer.status is None:
        return f"{answer.error}: {answer.detail}"[:MAX_DETAIL_LENGTH]
    text = " ".join((text_of(answer, MAX_RESPONSE_BYTES) or "").split())
    return f"answered {answer.status}: {text}"[:MAX_DETAIL_LENGTH]
