"""Serper: resells the result pages of Google."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Self

from brokenlinks.http.api import (
    Ask,
    Capabilities,
    Conversation,
    Hit,
    Outcome,
    hits_of,
    results_of,
)
from brokenlinks.text.urls import host_of

REFUSALS = {
    400: Outcome.QUOTA,  # "Not enough credits"
    401: Outcome.MISCONFIGURED,
    403: Outcome.MISCONFIGURED,
    429: Outcome.QUOTA,
}
MOST_RESULTS = 20


class Serper:
    """Organic results only, one page of twenty for each query."""

    name = "serper"
    pace = 1.0
    queries = 20
    capabilities = Capabilities(quotes=True, operators=True)

    def __init__(self, base: str, key: str) -> None:
        self.service = host_of(base)
        self.secrets = (key,)
        self._base = base.rstrip("/")
        self._headers = {"X-API-KEY": key, "Content-Type": "application/json"}

    @classmethod
    def configured(cls, settings: Mapping[str, Any], language: str) -> Self | None:
        """Is used when SERPER_API_KEY is set."""
        key = settings["SERPER_API_KEY"]
        return cls(settings["SERPER_URL"], key) if key else None

    def search(self, query: str) -> Conversation:
        """Ask once."""
        body = json.dumps({"q": query, "num": MOST_RESULTS, "page": 1}).encode()
        answer = yield Ask(f"{self._base}/search", self._headers, body)
        return results_of(answer, _hits, REFUSALS)


def _hits(said: Any) -> list[Hit]:
    return hits_of(said["organic"], url="link", text=("title", "snippet"))
