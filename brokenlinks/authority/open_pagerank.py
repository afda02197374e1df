"""Open PageRank: 0 to 10 by domain, reckoned from Common Crawl; a hundred domains a request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self
from urllib.parse import urlencode

from brokenlinks.authority.rating import parse_number, ratings_in
from brokenlinks.http.response import FetchResult
from brokenlinks.http.service import Outcome, ServiceRequest, describe_failure, read_json
from brokenlinks.models.authority import Rating, Ratings, Source
from brokenlinks.text.urls import host_of

REFUSALS = {
    400: Outcome.MISCONFIGURED,
    401: Outcome.MISCONFIGURED,
    403: Outcome.MISCONFIGURED,
    404: Outcome.MISCONFIGURED,
    402: Outcome.QUOTA,
    429: Outcome.QUOTA,
}


class OpenPageRank:
    """Is used when OPENPAGERANK_API_KEY is set."""

    source = Source.OPEN_PAGERANK
    batch_size = 100

    def __init__(self, base: str, key: str) -> None:
        self.service = host_of(base)
        self.secret = key
        self._base = base.rstrip("/")

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Self | None:
        """Build it from the settings, None without a key."""
        key = settings["OPENPAGERANK_API_KEY"]
        return cls(settings["OPENPAGERANK_URL"], key) if key else None

    def build_request(self, domains: Sequence[str]) -> ServiceRequest:
        """Name every domain in the query; the key goes into a header."""
        query = urlencode([("domains[]", domain) for domain in domains])
        return ServiceRequest(
            f"{self._base}/api/v1.0/getPageRank?{query}", {"API-OPR": self.secret}
        )

    def parse_response(self, answer: FetchResult, domains: Sequence[str]) -> Ratings:
        """Read each domain's rating; those that are missing were not looked up."""
        refusal = REFUSALS.get(answer.status or 0)
        if answer.status != 200:
            return Ratings(refusal or Outcome.ERROR, detail=describe_failure(answer))
        content = read_json(answer)
        if not isinstance(content, dict) or not isinstance(content.get("response"), list):
            return Ratings(Outcome.ERROR, detail=describe_failure(answer))
        by_domain = dict(_ratings(content["response"], frozenset(domains)))
        if not by_domain:
            return Ratings(Outcome.ERROR, detail=describe_failure(answer))
        return ratings_in(by_domain)


def _ratings(entries: list[Any], requested: frozenset[str]) -> Iterator[tuple[str, Rating]]:
    for entry in entries:
        if not isinstance(entry, dict) or entry.get("domain") not in requested:
            continue
        if entry.get("status_code") == 404:
            yield entry["domain"], Rating()
        elif (value := parse_number(entry.get("page_rank_decimal"))) is not None:
            place = parse_number(entry.get("rank"))
            yield entry["domain"], Rating(value, int(place) if place else None)
