"""Brave Search: an index of its own, metered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from brokenlinks.http.api import (
    Ask,
    Capabilities,
    Conversation,
    Hit,
    Outcome,
    address,
    hits_of,
    results_of,
)
from brokenlinks.text.urls import host_of

REFUSALS = {
    401: Outcome.MISCONFIGURED,
    403: Outcome.MISCONFIGURED,
    422: Outcome.MISCONFIGURED,
    402: Outcome.QUOTA,
    429: Outcome.QUOTA,
}
MOST_RESULTS = 20
TEXT = ("title", "description")


class Brave:
    """Web search, one page of twenty for each query."""

    name = "brave"
    pace = 1.1
    queries = 20
    capabilities = Capabilities(quotes=True, operators=True)

    def __init__(self, base: str, key: str) -> None:
        self.service = host_of(base)
        self.secrets = (key,)
        self._base = base
        self._headers = {"X-Subscription-Token": key, "Accept": "application/json"}

    @classmethod
    def configured(cls, settings: Mapping[str, Any], language: str) -> Self | None:
        """Is used when BRAVE_API_KEY is set."""
        key = settings["BRAVE_API_KEY"]
        return cls(settings["BRAVE_URL"], key) if key else None

    def search(self, query: str) -> Conversation:
        """Ask once; without a hit, the answer has no part "web" at all."""
        url = address(self._base, "/res/v1/web/search", q=query, count=MOST_RESULTS)
        answer = yield Ask(url, self._headers)
        return results_of(answer, _hits, REFUSALS)


def _hits(said: Any) -> list[Hit]:
    return hits_of(said["web"]["results"], text=TEXT) if "web" in said else []
