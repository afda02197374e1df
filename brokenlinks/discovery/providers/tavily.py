"""Tavily: searches by meaning, so it is asked in a sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Self

from brokenlinks.discovery.providers.base import Capabilities, SearchFlow, hits_of, results_of
from brokenlinks.http.service import Outcome, ServiceRequest
from brokenlinks.text.urls import host_of

STATUS_OUTCOMES = {
    401: Outcome.MISCONFIGURED,
    403: Outcome.BLOCKED,
    429: Outcome.QUOTA,
    432: Outcome.QUOTA,
    433: Outcome.QUOTA,
}
MAX_RESULTS = 20
TEXT_FIELDS = ("title", "content")


class Tavily:
    """Basic search, one credit for each query."""

    name = "tavily"
    request_interval = 1.0
    max_queries = 10
    capabilities = Capabilities(semantic=True)

    def __init__(self, base: str, key: str) -> None:
        self.service = host_of(base)
        self.secrets = (key,)
        self._base = base.rstrip("/")
        self._headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any], language: str) -> Self | None:
        """Is used when TAVILY_API_KEY is set."""
        key = settings["TAVILY_API_KEY"]
        return cls(settings["TAVILY_URL"], key) if key else None

    def search(self, query: str) -> SearchFlow:
        """Ask once."""
        body = json.dumps({"query": query, "max_results": MAX_RESULTS}).encode()
        answer = yield ServiceRequest(f"{self._base}/search", self._headers, body)
        return results_of(
            answer, lambda content: hits_of(content["results"], text=TEXT_FIELDS), STATUS_OUTCOMES
        )
