"""Tavily: searches by meaning, so it is asked in a sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Self

from brokenlinks.http.api import (
    Ask,
    Capabilities,
    Conversation,
    Outcome,
    hits_of,
    results_of,
)
from brokenlinks.text.urls import host_of

REFUSALS = {
    401: Outcome.MISCONFIGURED,
    403: Outcome.BLOCKED,
    429: Outcome.QUOTA,
    432: Outcome.QUOTA,
    433: Outcome.QUOTA,
}
MOST_RESULTS = 20
TEXT = ("title", "content")


class Tavily:
    """Basic search, one credit for each query."""

    name = "tavily"
    pace = 1.0
    queries = 10
    capabilities = Capabilities(semantic=True)

    def __init__(self, base: str, key: str) -> None:
        self.service = host_of(base)
        self.secrets = (key,)
        self._base = base.rstrip("/")
        self._headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}

    @classmethod
    def configured(cls, settings: Mapping[str, Any], language: str) -> Self | None:
        """Is used when TAVILY_API_KEY is set."""
        key = settings["TAVILY_API_KEY"]
        return cls(settings["TAVILY_URL"], key) if key else None

    def search(self, query: str) -> Conversation:
        """Ask once."""
        body = json.dumps({"query": query, "max_results": MOST_RESULTS}).encode()
        answer = yield Ask(f"{self._base}/search", self._headers, body)
        return results_of(answer, lambda said: hits_of(said["results"], text=TEXT), REFUSALS)
