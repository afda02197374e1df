"""Search engines: each answers in its own form, and refuses in its own way."""

from __future__ import annotations

import asyncio
import json
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from brokenlinks.demo.behaviours import answer, page
from brokenlinks.demo.server import Behaviour, ReceivedRequest

BRAVE_MAX_LENGTH, BRAVE_MAX_WORDS = 400, 50
PAGE_SIZE = 20
UNLIMITED = 1_000_000
Index = Mapping[str, str]
"""The text of pages by address."""
_PART = re.compile(r'(?:(intitle|inurl|site):)?(?:"([^"]+)"|(\S+))')
MWMBL_THROTTLED = answer(
    '{"detail": "Request was throttled. Expected available in 1 second."}', 429, "application/json"
)
WIKIPEDIA_THROTTLED = answer("Too many requests", 429, "text/plain", {"Retry-After": "120"})
WIKIPEDIA_LAGGING = answer(
    '{"error": {"code": "maxlag", "info": "Waiting for 10.64.16.7: 7 seconds lagged", "lag": 7}}',
    content_type="application/json",
    headers={"Retry-After": "5"},
)


class Engine(ABC):
    """Answers from `index`, to who knows `key`, until `quota` requests are used up.

    In the index's addresses `{port}` is the web's.
    """

    def __init__(self, index: Index, *, key: str = "", quota: int = UNLIMITED) -> None:
        self._index = index
        self._key = key
        self._quota = quota

    async def __call__(self, asked: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        self._quota -= 1
        self._port = asked.headers["host"].rpartition(":")[2]
        await self._behaviour(asked)(asked, writer)

    def _hits(
        self, query: str, limit: int = PAGE_SIZE, *, operators: bool = True
    ) -> dict[str, str]:
        """Return the addresses that match and the texts they were found by."""
        found = matches(self._index, query, operators=operators)[:limit]
        return {url.replace("{port}", self._port): self._index[url] for url in found}

    @abstractmethod
    def _behaviour(self, asked: ReceivedRequest) -> Behaviour:
        """Return what to do with a request."""


class LoopbackSearxng(Engine):
    """JSON is off by default; engines that do not answer leave an empty success."""

    def __init__(
        self, index: Index, *, json_enabled: bool = True, engines_down: bool = False
    ) -> None:
        super().__init__(index)
        self._json_enabled = json_enabled
        self._engines_down = engines_down

    def _behaviour(self, asked: ReceivedRequest) -> Behaviour:
        if not self._json_enabled:
            return answer(page("403 Forbidden", "<p>Forbidden</p>"), 403)
        query = parameter(asked, "q")
        hits = {} if self._engines_down else self._hits(query)
        down = [["google", "CAPTCHA"], ["duckduckgo", "timeout"]] if self._engines_down else []
        results = [
            {
                "url": url,
                "title": text,
                "content": "",
                "engine": "x",
                "engines": ["x"],
                "score": 1.0,
            }
            for url, text in hits.items()
        ]
        return as_json({"query": query, "results": results, "unresponsive_engines": down})


class LoopbackBrave(Engine):
    """Says what is wrong in JSON, echoes the key in errors, and has no part `web` without hits."""

    def _behaviour(self, asked: ReceivedRequest) -> Behaviour:
        given = asked.headers.get("x-subscription-token", "")
        if given != self._key:
            detail = f"The provided subscription token is invalid: {given}"
            return as_json(
                {"type": "ErrorResponse", "error": {"status": 422, "detail": detail}}, 422
            )
        if self._quota < 0:
            return as_json({"type": "ErrorResponse", "error": {"status": 429}}, 429)
        query = parameter(asked, "q")
        if len(query) > BRAVE_MAX_LENGTH or len(query.split()) > BRAVE_MAX_WORDS:
            return as_json({"type": "ErrorResponse", "error": {"status": 422}}, 422)
        hits = self._hits(query)
        found = {
            "web": {
                "type": "search",
                "results": [{"url": url, "title": text} for url, text in hits.items()],
            }
        }
        return as_json({"type": "search", "query": {"original": query}} | (found if hits else {}))


class LoopbackTavily(Engine):
    """Searches by meaning: any few words will do."""

    def _behaviour(self, asked: ReceivedRequest) -> Behaviour:
        if asked.headers.get("authorization") != f"Bearer {self._key}":
            return as_json({"detail": {"error": "Unauthorized: missing or invalid API key."}}, 401)
        if self._quota < 0:
            return as_json({"detail": {"error": "This request exceeds your plan's limit."}}, 432)
        body = json.loads(asked.body)
        hits = self._hits(body["query"], body["max_results"], operators=False)
        return as_json(
            {
                "query": body["query"],
                "results": [{"url": url, "title": text} for url, text in hits.items()],
            }
        )


class LoopbackSerper(Engine):
    """Answers like a page of Google's."""

    def _behaviour(self, asked: ReceivedRequest) -> Behaviour:
        if asked.headers.get("x-api-key") != self._key:
            return as_json({"message": "Unauthorized.", "statusCode": 403}, 403)
        if self._quota < 0:
            return as_json({"message": "Not enough credits", "statusCode": 400}, 400)
        body = json.loads(asked.body)
        hits = self._hits(body["q"], body["num"])
        organic = [
            {"title": text, "link": url, "position": n}
            for n, (url, text) in enumerate(hits.items(), 1)
        ]
        return as_json({"searchParameters": body, "organic": organic})


class LoopbackMarginalia(Engine):
    """Refuses in plain text."""

    def _behaviour(self, asked: ReceivedRequest) -> Behaviour:
        if asked.headers.get("api-key") != self._key:
            return answer("Unauthorized", 401, "text/plain")
        if self._quota < 0:
            return answer("Slow down", 429, "text/plain")
        query = parameter(asked, "query")
        hits = self._hits(query)
        return as_json(
            {
                "license": "CC-BY-NC-SA 4.0",
                "results": [{"url": url, "title": text} for url, text in hits.items()],
            }
        )


def matches(index: Index, query: str, *, operators: bool = True) -> list[str]:
    """Return the addresses of the pages that match a query, those with most of its words first.

    With `operators` quoted phrases, intitle:, inurl: and site: must hold; without, they are words.
    At least half of the words must be found.
    """
    found: list[tuple[float, str]] = []
    for url, text in index.items():
        score = _score(url, text.lower(), query.lower(), operators=operators)
        if score >= 0.5:
            found.append((-score, url))
    return [url for _, url in sorted(found)]


def _score(url: str, text: str, query: str, *, operators: bool) -> float:
    if not operators:
        words = re.findall(r"\w+", query)
        return sum(word in text for word in words) / max(len(words), 1)
    hits = []
    for operator, phrase, word in _PART.findall(query):
        wanted = phrase or word
        place = url.lower() if operator in {"inurl", "site"} else text
        here = wanted in place
        if not here and (operator or phrase):
            return 0.0
        hits.append(here)
    return sum(hits) / max(len(hits), 1)


def parameter(asked: ReceivedRequest, name: str) -> str:
    """Return a parameter of the query, "" when it is missing."""
    return parse_qs(urlsplit(asked.path).query).get(name, [""])[0]


def as_json(content: dict[str, Any], status: int = 200) -> Behaviour:
    """Answer in JSON."""
    return answer(json.dumps(content), status, "application/json")
