"""Which Wikipedia articles link to an address: demand that nobody can fake quickly. No I/O."""

from __future__ import annotations

from typing import Any

from brokenlinks.discovery.providers.base import SearchFlow
from brokenlinks.discovery.providers.wikipedia import Wikipedia
from brokenlinks.http.service import Outcome
from brokenlinks.models.search import SearchHit, SearchResult

ARTICLES_PER_REQUEST, MAX_REQUESTS = 500, 4


class WikipediaCitations(Wikipedia):
    """Asks the action API for the articles that link to a URL; a hit is an article."""

    name = "citations"

    def search(self, query: str) -> SearchFlow:
        """Return the articles that link to the URL `query`, with or without TLS."""
        articles: dict[int, str] = {}
        more: dict[str, str] = {}
        for _ in range(MAX_REQUESTS):
            said = yield from self._ask(_usage_params(query) | more)
            if isinstance(said, SearchResult):
                return said
            articles |= _articles(said)
            onward = said.get("continue")
            if not isinstance(onward, dict) or not onward:
                break
            more = onward
        hits = tuple(SearchHit(title) for title in articles.values())
        return SearchResult(Outcome.OK if hits else Outcome.EMPTY, hits)


def _usage_params(url: str) -> dict[str, str]:
    return {
        "action": "query",
        "list": "exturlusage",
        "euquery": url.partition("://")[2],
        "eunamespace": "0",
        "eulimit": str(ARTICLES_PER_REQUEST),
    }


def _articles(said: dict[str, Any]) -> dict[int, str]:
    """Return the articles of one part of the answer; it may be empty and go on all the same."""
    query = said.get("query")
    used = query.get("exturlusage") if isinstance(query, dict) else None
    return {
        one["pageid"]: str(one.get("title"))
        for one in (used if isinstance(used, list) else [])
        if isinstance(one, dict) and isinstance(one.get("pageid"), int)
    }
