"""What a service that rates domains is: it builds requests and reads responses, without I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from brokenlinks.http.response import FetchResult
from brokenlinks.http.service import Outcome, ServiceRequest
from brokenlinks.models.authority import Rating, Ratings, Source


class RatingService(Protocol):
    """A service that rates some domains with each request, for a key."""

    @property
    def source(self) -> Source:
        """The source of its ratings in the store."""

    @property
    def service(self) -> str:
        """The name of its rate: its host."""

    @property
    def secret(self) -> str:
        """The key, which must never be shown."""

    @property
    def batch_size(self) -> int:
        """Domains in one request, at most."""

    def build_request(self, domains: Sequence[str]) -> ServiceRequest:
        """Build the request about these registrable domains."""

    def parse_response(self, answer: FetchResult, domains: Sequence[str]) -> Ratings:
        """Read the response to that request; whatever came is an outcome."""


def ratings_in(by_domain: Mapping[str, Rating]) -> Ratings:
    """Return ratings whose outcome says whether any domain has a value."""
    known = any(rating.value is not None for rating in by_domain.values())
    return Ratings(Outcome.OK if known else Outcome.EMPTY, by_domain)


def parse_number(value: object) -> float | None:
    """Return a number that was sent as such or as text, None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if 0 <= number < 1e15 else None
