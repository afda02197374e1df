"""A SearXNG instance of one's own: it asks many engines and answers as JSON, if allowed to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Self

from brokenlinks.http.api import (
    Ask,
    Capabilities,
    Conversation,
    Outcome,
    address,
    hits_of,
    read_json,
    results_of,
)
from brokenlinks.text.urls import host_of

REFUSALS = {403: Outcome.MISCONFIGURED, 429: Outcome.QUOTA}
JSON_IS_OFF = "JSON is off: add json to search.formats in the instance's settings.yml"
TEXT = ("title", "content")


class Searxng:
    """The first page of results for each query."""

    name = "searxng"
    pace = 2.0
    queries = 20
    secrets: tuple[str, ...] = ()
    capabilities = Capabilities(quotes=True, operators=True)

    def __init__(self, base: str, language: str) -> None:
        self.service = host_of(base)
        self._base = base
        self._language = language or "all"

    @classmethod
    def configured(cls, settings: Mapping[str, Any], language: str) -> Self | None:
        """Is used when SEARXNG_URL names the instance."""
        base = settings["SEARXNG_URL"]
        return cls(base, language) if base else None

    def search(self, query: str) -> Conversation:
        """Ask for the first page."""
        url = address(
            self._base, "/search", q=query, format="json", pageno=1, language=self._language
        )
        answer = yield Ask(url)
        found = results_of(answer, lambda said: hits_of(said["results"], text=TEXT), REFUSALS)
        if found.outcome is Outcome.MISCONFIGURED:
            return replace(found, detail=JSON_IS_OFF)
        if found.outcome is Outcome.EMPTY:
            down = read_json(answer).get("unresponsive_engines")
            if down:
                # An outage in the dress of an empty result.
                return replace(found, outcome=Outcome.BLOCKED, detail=f"engines down: {down}"[:200])
        return found
