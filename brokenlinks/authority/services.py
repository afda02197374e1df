"""The services that rate domains for a key: Open PageRank and Ahrefs.

A service builds requests and reads responses, without I/O; `fetch_ratings` sends them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Self
from urllib.parse import urlencode

from brokenlinks.http.response import FetchResult
from brokenlinks.http.service import (
    Outcome,
    Service,
    ServiceClient,
    ServiceRequest,
    build_url,
    describe_failure,
    read_json,
)
from brokenlinks.models.lookups import Rating, Ratings, Source
from brokenlinks.text.urls import host_of

REFUSALS = {
    400: Outcome.MISCONFIGURED,
    401: Outcome.MISCONFIGURED,
    403: Outcome.MISCONFIGURED,
    402: Outcome.QUOTA,
    429: Outcome.QUOTA,
}
SUCCESSFUL = frozenset({Outcome.OK, Outcome.EMPTY})
MAX_WAIT = 60.0
"""Seconds to wait for a service's rate limit; the user is waiting at the terminal."""


class RatingService(ABC):
    """A service that rates some domains with each request, for a key."""

    source: ClassVar[Source]
    setting: ClassVar[str]
    """The settings `..._URL` and `..._API_KEY` are its address and key."""
    batch_size: ClassVar[int]
    """Domains in one request, at most."""
    refusals: ClassVar[Mapping[int, Outcome]] = REFUSALS

    def __init__(self, base: str, key: str) -> None:
        self.service = host_of(base)
        """The name of its rate: its host."""
        self.secret = key
        """The key, which must never be shown."""
        self._base = base.rstrip("/")

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Self | None:
        """Build it from the settings, None without a key."""
        key = settings[f"{cls.setting}_API_KEY"]
        return cls(settings[f"{cls.setting}_URL"], key) if key else None

    @abstractmethod
    def build_request(self, domains: Sequence[str]) -> ServiceRequest:
        """Build the request about these registrable domains; the key goes into a header."""

    @abstractmethod
    def read_ratings(self, content: Any, domains: Sequence[str]) -> Mapping[str, Rating]:
        """Return the ratings in a response's JSON by domain, none if it is not as expected."""

    def parse_response(self, answer: FetchResult, domains: Sequence[str]) -> Ratings:
        """Read the response to that request; whatever came is an outcome."""
        outcome = Outcome.ERROR
        if answer.status != 200:
            outcome = self.refusals.get(answer.status or 0, outcome)
        elif by_domain := self.read_ratings(read_json(answer), domains):
            any_rated = any(rating.value is not None for rating in by_domain.values())
            return Ratings(Outcome.OK if any_rated else Outcome.EMPTY, by_domain)
        return Ratings(outcome, detail=describe_failure(answer))


class OpenPageRank(RatingService):
    """Open PageRank: 0 to 10 by domain, computed from Common Crawl."""

    source = Source.OPEN_PAGERANK
    setting = "OPENPAGERANK"
    batch_size = 100
    refusals = REFUSALS | {404: Outcome.MISCONFIGURED}

    def build_request(self, domains: Sequence[str]) -> ServiceRequest:
        """Name every domain in the query."""
        query = urlencode([("domains[]", domain) for domain in domains])
        return ServiceRequest(
            f"{self._base}/api/v1.0/getPageRank?{query}", {"API-OPR": self.secret}
        )

    def read_ratings(self, content: Any, domains: Sequence[str]) -> Mapping[str, Rating]:
        """Read each domain's rating; those that are missing were not looked up."""
        match content:
            case {"response": list(entries)}:
                return dict(_open_pageranks(entries, frozenset(domains)))
        return {}


def _open_pageranks(entries: list[Any], requested: frozenset[str]) -> Iterator[tuple[str, Rating]]:
    for entry in entries:
        match entry:
            case {"domain": str(domain)} if domain in requested:
                pass
            case _:
                continue
        if entry.get("status_code") == 404:
            yield domain, Rating()
        elif (value := _parse_number(entry.get("page_rank_decimal"))) is not None:
            place = _parse_number(entry.get("rank"))
            yield domain, Rating(value, int(place) if place else None)


class Ahrefs(RatingService):
    """Domain Rating by Ahrefs: 0 to 100. It must be shown under that name."""

    source = Source.AHREFS
    setting = "AHREFS"
    batch_size = 1

    def build_request(self, domains: Sequence[str]) -> ServiceRequest:
        """Ask about the one domain."""
        [domain] = domains
        url = build_url(self._base, "/v3/public/domain-rating-free", target=domain)
        return ServiceRequest(
            url, {"Authorization": f"Bearer {self.secret}", "Accept": "application/json"}
        )

    def read_ratings(self, content: Any, domains: Sequence[str]) -> Mapping[str, Rating]:
        """Read the one rating; a null says that Ahrefs does not know the domain."""
        match content:
            case {"domain_rating": None | {"domain_rating": None}}:
                return dict.fromkeys(domains, Rating())
            case {"domain_rating": {"domain_rating": rating}}:
                if (value := _parse_number(rating)) is not None:
                    return dict.fromkeys(domains, Rating(value))
        return {}


def _parse_number(value: object) -> float | None:
    """Return a number that was sent as such or as text, None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if 0 <= number < 1e15 else None


SERVICES: tuple[type[RatingService], ...] = (OpenPageRank, Ahrefs)


def services_from(settings: Mapping[str, Any]) -> list[RatingService]:
    """Return those whose key is set."""
    services = [service.from_settings(settings) for service in SERVICES]
    return [service for service in services if service is not None]


async def fetch_ratings(
    service: RatingService, domains: Sequence[str], client: ServiceClient, *, per_second: float
) -> AsyncIterator[Ratings]:
    """Yield what each request brought; the first one that fails is the last."""
    limits = Service(
        service.service, 1.0 / per_second, max_wait=MAX_WAIT, secrets=(service.secret,)
    )
    for at in range(0, len(domains), service.batch_size):
        batch = domains[at : at + service.batch_size]
        answer = await client.send(limits, service.build_request(batch))
        ratings = service.parse_response(answer, batch)
        yield ratings
        if ratings.outcome not in SUCCESSFUL:
            return
