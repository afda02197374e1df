"""Your own SearXNG instance: it asks many engines, and answers in JSON if that is switched on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Self

from brokenlinks.discovery.providers.base import Capabilities, SearchFlow, hits_of, results_of
from brokenlinks.http.service import Outcome, ServiceRequest, build_url, read_json
from brokenlinks.text.urls import host_of

STATUS_OUTCOMES = {403: Outcome.MISCONFIGURED, 429: Outcome.QUOTA}
JSON_DISABLED = "JSON is off: add json to search.formats in the instance's settings.yml"
TEXT_FIELDS = ("title", "content")


class Searxng:
    """The first page of results for each query."""

    name = "searxng"
    request_interval = 2.0
    max_queries = 20
    secrets: tuple[str, ...] = ()
    capabilities = Capabilities(quotes=True, operators=True)

    def __init__(self, base: str, language: str) -> None:
        self.service = host_of(base)
        self._base = base
        self._language = language or "all"

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any], language: str) -> Self | None:
        """Is used when SEARXNG_URL names the instance."""
        base = settings["SEARXNG_URL"]
        return cls(base, language) if base else None

    def search(self, query: str) -> SearchFlow:
        """Ask for the first page."""
        url = build_url(
            self._base, "/search", q=query, format="json", pageno=1, language=self._language
        )
        answer = yield ServiceRequest(url)
        found = results_of(
            answer, lambda content: hits_of(content["results"], text=TEXT_FIELDS), STATUS_OUTCOMES
        )
        if found.outcome is Outcome.MISCONFIGURED:
            return replace(found, detail=JSON_DISABLED)
        if found.outcome is Outcome.EMPTY:
            down = read_json(answer).get("unresponsive_engines")
            if down:
                # An outage in the dress of an empty result.
                return replace(found, outcome=Outcome.BLOCKED, detail=f"engines down: {down}"[:200])
        return found
