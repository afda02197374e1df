"""Web searches with a JSON API: one request and one page of results for each query."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Self

from brokenlinks.discovery.providers.base import Capabilities, SearchFlow, hits_of, results_of
from brokenlinks.http.service import Outcome, ServiceRequest, build_url, read_json
from brokenlinks.models.lookups import SearchHit
from brokenlinks.text.printable import excerpt
from brokenlinks.text.urls import host_of

STATUS_OUTCOMES = {401: Outcome.MISCONFIGURED, 403: Outcome.MISCONFIGURED, 429: Outcome.QUOTA}
JSON_DISABLED = "JSON is off: add json to search.formats in the instance's settings.yml"


class WebSearch(ABC):
    """What the searches have in common; the key goes into a header, or into no request at all."""

    name: str
    request_interval = 1.0
    max_queries = 20
    capabilities = Capabilities(quotes=True, operators=True)
    status_outcomes: ClassVar[Mapping[int, Outcome]] = STATUS_OUTCOMES
    text_fields: ClassVar[Sequence[str]] = ("title", "content")
    """What describes a result."""

    def __init__(self, base: str, key: str = "") -> None:
        self.service = host_of(base)
        self.secrets = (key,) if key else ()
        self._base = base.rstrip("/")
        self._key = key

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any], language: str) -> Self | None:
        """Build it if its key is set: in `BRAVE_API_KEY` for brave, and so on."""
        key = settings[f"{cls.name.upper()}_API_KEY"]
        return cls(settings[f"{cls.name.upper()}_URL"], key) if key else None

    @abstractmethod
    def build_request(self, query: str) -> ServiceRequest:
        """Build the request for the first page of results."""

    def parse_hits(self, content: Any) -> list[SearchHit]:
        """Read a response's hits; may raise what an unexpected structure raises."""
        return hits_of(content["results"], text=self.text_fields)

    def search(self, query: str) -> SearchFlow:
        """Ask once."""
        answer = yield self.build_request(query)
        return results_of(answer, self.parse_hits, self.status_outcomes)


class Mwmbl(WebSearch):
    """A free search engine run by volunteers: no operators, no paging. API v2, as v1 has no texts.

    It needs no account; a key is welcome.
    """

    name = "mwmbl"
    max_queries = 10
    capabilities = Capabilities()
    status_outcomes = STATUS_OUTCOMES | {403: Outcome.BLOCKED}

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any], language: str) -> Self | None:
        """Build it with or without a key."""
        return cls(settings["MWMBL_URL"], settings["MWMBL_API_KEY"])

    def build_request(self, query: str) -> ServiceRequest:
        """Put the query into the address."""
        headers = {"X-API-Key": self._key} if self._key else {}
        return ServiceRequest(build_url(self._base, "/api/v2/search/", q=query), headers)


class Searxng(WebSearch):
    """Your own SearXNG instance: it asks many engines, and answers in JSON if that is on."""

    name = "searxng"
    request_interval = 2.0
    status_outcomes: ClassVar = {403: Outcome.MISCONFIGURED, 429: Outcome.QUOTA}

    def __init__(self, base: str, language: str) -> None:
        super().__init__(base)
        self._language = language or "all"

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any], language: str) -> Self | None:
        """Build it if SEARXNG_URL names the instance."""
        base = settings["SEARXNG_URL"]
        return cls(base, language) if base else None

    def build_request(self, query: str) -> ServiceRequest:
        """Ask for the first page in the niche's language."""
        url = build_url(
            self._base, "/search", q=query, format="json", pageno=1, language=self._language
        )
        return ServiceRequest(url)

    def search(self, query: str) -> SearchFlow:
        """Ask once; an empty result may be an outage of the engines behind it."""
        answer = yield self.build_request(query)
        result = results_of(answer, self.parse_hits, self.status_outcomes)
        if result.outcome is Outcome.MISCONFIGURED:
            return replace(result, detail=JSON_DISABLED)
        if result.outcome is Outcome.EMPTY:
            down = read_json(answer).get("unresponsive_engines")
            if down:
                return replace(
                    result, outcome=Outcome.BLOCKED, detail=excerpt(f"engines down: {down}", 200)
                )
        return result


class Brave(WebSearch):
    """Brave's own index, metered."""

    name = "brave"
    request_interval = 1.1
    status_outcomes = STATUS_OUTCOMES | {422: Outcome.MISCONFIGURED, 402: Outcome.QUOTA}
    text_fields = ("title", "description")

    def build_request(self, query: str) -> ServiceRequest:
        """Ask for twenty results, the most it gives."""
        url = build_url(self._base, "/res/v1/web/search", q=query, count=20)
        headers = {"X-Subscription-Token": self._key, "Accept": "application/json"}
        return ServiceRequest(url, headers)

    def parse_hits(self, content: Any) -> list[SearchHit]:
        """Read the part "web", which is missing when nothing was found."""
        return super().parse_hits(content["web"]) if "web" in content else []


class Tavily(WebSearch):
    """Searches by meaning, so it is asked in a sentence; one credit for each query."""

    name = "tavily"
    max_queries = 10
    capabilities = Capabilities(semantic=True)
    status_outcomes = STATUS_OUTCOMES | {
        403: Outcome.BLOCKED,
        432: Outcome.QUOTA,
        433: Outcome.QUOTA,
    }

    def build_request(self, query: str) -> ServiceRequest:
        """Ask for a basic search."""
        body = json.dumps({"query": query, "max_results": 20}).encode()
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        return ServiceRequest(f"{self._base}/search", headers, body)


class Serper(WebSearch):
    """Resells the result pages of Google; organic results only."""

    name = "serper"
    status_outcomes = STATUS_OUTCOMES | {400: Outcome.QUOTA}  # "Not enough credits"

    def build_request(self, query: str) -> ServiceRequest:
        """Ask for twenty results."""
        body = json.dumps({"q": query, "num": 20, "page": 1}).encode()
        headers = {"X-API-KEY": self._key, "Content-Type": "application/json"}
        return ServiceRequest(f"{self._base}/search", headers, body)

    def parse_hits(self, content: Any) -> list[SearchHit]:
        """Read the organic results."""
        return hits_of(content["organic"], url="link", text=("title", "snippet"))


class Marginalia(WebSearch):
    """An index of small, old-fashioned, non-commercial sites.

    Free keys are for non-commercial use (CC BY-NC-SA): see docs/providers.md.
    """

    name = "marginalia"
    max_queries = 10
    capabilities = Capabilities(quotes=True)
    text_fields = ("title", "description")

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any], language: str) -> Self | None:
        """Build it if its key is set. Raises ValueError for "public" unless you allow that key."""
        if settings["MARGINALIA_API_KEY"] == "public" and not settings["MARGINALIA_PUBLIC"]:
            raise ValueError(
                "the key 'public' is for non-commercial use only (CC BY-NC-SA);"
                " -s MARGINALIA_PUBLIC=1 says that yours is"
            )
        return super().from_settings(settings, language)

    def build_request(self, query: str) -> ServiceRequest:
        """Ask for fifty results."""
        url = build_url(self._base, "/search", query=query, count=50, page=1)
        return ServiceRequest(url, {"API-Key": self._key})
