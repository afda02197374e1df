"""Serper: resells the result pages of Google."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Self

from brokenlinks.discovery.providers.base import Capabilities, SearchFlow, hits_of, results_of
from brokenlinks.http.service import Outcome, ServiceRequest
from brokenlinks.models.lookups import SearchHit
from brokenlinks.text.urls import host_of

STATUS_OUTCOMES = {
    400: Outcome.QUOTA,  # "Not enough credits"
    401: Outcome.MISCONFIGURED,
    403: Outcome.MISCONFIGURED,
    429: Outcome.QUOTA,
}
MAX_RESULTS = 20


class Serper:
    """Organic results only, one page of twenty for each query."""

    name = "serper"
    request_interval = 1.0
    max_queries = 20
    capabilities = Capabilities(quotes=True, operators=True)

    def __init__(self, base: str, key: str) -> None:
        self.service = host_of(base)
        self.secrets = (key,)
        self._base = base.rstrip("/")
        self._headers = {"X-API-KEY": key, "Content-Type": "application/json"}

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any], language: str) -> Self | None:
        """Is used when SERPER_API_KEY is set."""
        key = settings["SERPER_API_KEY"]
        return cls(settings["SERPER_URL"], key) if key else None

    def search(self, query: str) -> SearchFlow:
        """Ask once."""
        body = json.dumps({"q": query, "num": MAX_RESULTS, "page": 1}).encode()
        answer = yield ServiceRequest(f"{self._base}/search", self._headers, body)
        return results_of(answer, _hits, STATUS_OUTCOMES)


def _hits(content: Any) -> list[SearchHit]:
    return hits_of(content["organic"], url="link", text=("title", "snippet"))
