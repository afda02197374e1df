"""What a service that rates domains is: it builds requests and reads answers, and does no I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from brokenlinks.http.response import FetchResult
from brokenlinks.http.service import Outcome, ServiceRequest
from brokenlinks.models.authority import Rating, Ratings, Source


class RatingService(Protocol):
    """A service that is asked about some domains at a time, and wants a key."""

    @property
    def source(self) -> Source:
        """Under which name the journal keeps what it says."""

    @property
    def service(self) -> str:
        """The host whose budget its requests count against."""

    @property
    def secret(self) -> str:
        """What must never be shown to anybody."""

    @property
    def batch_size(self) -> int:
        """Domains in one request, at most."""

    def build_request(self, domains: Sequence[str]) -> ServiceRequest:
        """Build the request about these registrable domains."""

    def parse_response(self, answer: FetchResult, domains: Sequence[str]) -> Ratings:
        """Read the answer to that request; whatever came is an outcome."""


def ratings_in(by_domain: Mapping[str, Rating]) -> Ratings:
    """Return ratings whose outcome says whether any domain has a value."""
    known = any(rating.value is not None for rating in by_domain.values())
    return Ratings(Outcome.OK if known else Outcome.EMPTY, by_domain)


def parse_number(said: object) -> float | None:
    """Return a number that was sent as such or as text, None when it is none to reckon with."""
    if isinstance(said, bool) or not isinstance(said, int | float | str):
        return None
    try:
        number = float(said)
    except (ValueError, OverflowError):
        return None
    return number if 0 <= number < 1e15 else None
