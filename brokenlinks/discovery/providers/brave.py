"""Brave Search: an index of its own, metered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from brokenlinks.discovery.providers.base import Capabilities, SearchFlow, hits_of, results_of
from brokenlinks.http.service import Outcome, ServiceRequest, build_url
from brokenlinks.models.lookups import SearchHit
from brokenlinks.text.urls import host_of

STATUS_OUTCOMES = {
    401: Outcome.MISCONFIGURED,
    403: Outcome.MISCONFIGURED,
    422: Outcome.MISCONFIGURED,
    402: Outcome.QUOTA,
    429: Outcome.QUOTA,
}
MAX_RESULTS = 20
TEXT_FIELDS = ("title", "description")


class Brave:
    """Web search, one page of twenty for each query."""

    name = "brave"
    request_interval = 1.1
    max_queries = 20
    capabilities = Capabilities(quotes=True, operators=True)

    def __init__(self, base: str, key: str) -> None:
        self.service = host_of(base)
        self.secrets = (key,)
        self._base = base
        self._headers = {"X-Subscription-Token": key, "Accept": "application/json"}

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any], language: str) -> Self | None:
        """Is used when BRAVE_API_KEY is set."""
        key = settings["BRAVE_API_KEY"]
        return cls(settings["BRAVE_URL"], key) if key else None

    def search(self, query: str) -> SearchFlow:
        """Ask once; without a hit, the answer has no part "web" at all."""
        url = build_url(self._base, "/res/v1/web/search", q=query, count=MAX_RESULTS)
        answer = yield ServiceRequest(url, self._headers)
        return results_of(answer, _hits, STATUS_OUTCOMES)


def _hits(content: Any) -> list[SearchHit]:
    return hits_of(content["web"]["results"], text=TEXT_FIELDS) if "web" in content else []
