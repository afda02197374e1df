"""Domain Rating by Ahrefs: 0 to 100, one domain a request. It must be shown under that name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from brokenlinks.authority.rating import parse_number, ratings_in
from brokenlinks.http.response import FetchResult
from brokenlinks.http.service import Outcome, ServiceRequest, build_url, describe_failure, read_json
from brokenlinks.models.authority import Rating, Ratings, Source
from brokenlinks.text.urls import host_of

REFUSALS = {
    400: Outcome.MISCONFIGURED,
    401: Outcome.MISCONFIGURED,
    403: Outcome.MISCONFIGURED,
    402: Outcome.QUOTA,
    429: Outcome.QUOTA,
}


class Ahrefs:
    """Is used when AHREFS_API_KEY is set."""

    source = Source.AHREFS
    batch_size = 1

    def __init__(self, base: str, key: str) -> None:
        self.service = host_of(base)
        self.secret = key
        self._base = base

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Self | None:
        """Build it from the settings, None without a key."""
        key = settings["AHREFS_API_KEY"]
        return cls(settings["AHREFS_URL"], key) if key else None

    def build_request(self, domains: Sequence[str]) -> ServiceRequest:
        """Ask about the one domain; the key goes into a header."""
        [domain] = domains
        url = build_url(self._base, "/v3/public/domain-rating-free", target=domain)
        return ServiceRequest(
            url, {"Authorization": f"Bearer {self.secret}", "Accept": "application/json"}
        )

    def parse_response(self, answer: FetchResult, domains: Sequence[str]) -> Ratings:
        """Read the one rating; a null says that Ahrefs does not know the domain."""
        refusal = REFUSALS.get(answer.status or 0)
        if answer.status != 200:
            return Ratings(refusal or Outcome.ERROR, detail=describe_failure(answer))
        match read_json(answer):
            case {"domain_rating": None | {"domain_rating": None}}:
                return ratings_in(dict.fromkeys(domains, Rating()))
            case {"domain_rating": {"domain_rating": rating}}:
                value = parse_number(rating)
                if value is not None:
                    return ratings_in(dict.fromkeys(domains, Rating(value)))
        return Ratings(Outcome.ERROR, detail=describe_failure(answer))
