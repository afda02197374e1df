"""Search engines: each answers in its own form, and refuses in its own way."""

from __future__ import annotations

import asyncio
import json
from abc import ABC, abstractmethod
from typing import Any
from urllib.parse import parse_qs, urlsplit

from brokenlinks.demo.behaviours import answer, page
from brokenlinks.demo.server import Behaviour, ReceivedRequest
from brokenlinks.demo.services.index import Index, matches

PAGE_SIZE = 20
UNLIMITED = 1_000_000
BRAVE_MAX_LENGTH, BRAVE_MAX_WORDS = 400, 50


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


class LoopbackMwmbl(Engine):
    """No operators, no paging."""

    def _behaviour(self, asked: ReceivedRequest) -> Behaviour:
        if self._quota < 0:
            return _json({"detail": "Request was throttled. Expected available in 1 second."}, 429)
        query = _parameter(asked, "q")
        hits = self._hits(query, operators=False)
        results = [
            {"url": url, "title": text, "content": "", "score": 1.0} for url, text in hits.items()
        ]
        return _json({"query": query, "number_of_results": len(hits), "results": results})


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
        query = _parameter(asked, "q")
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
        return _json({"query": query, "results": results, "unresponsive_engines": down})


class LoopbackBrave(Engine):
    """Says what is wrong in JSON, echoes the key in errors, and has no part `web` without hits."""

    def _behaviour(self, asked: ReceivedRequest) -> Behaviour:
        given = asked.headers.get("x-subscription-token", "")
        if given != self._key:
            detail = f"The provided subscription token is invalid: {given}"
            return _json({"type": "ErrorResponse", "error": {"status": 422, "detail": detail}}, 422)
        if self._quota < 0:
            return _json({"type": "ErrorResponse", "error": {"status": 429}}, 429)
        query = _parameter(asked, "q")
        if len(query) > BRAVE_MAX_LENGTH or len(query.split()) > BRAVE_MAX_WORDS:
            return _json({"type": "ErrorResponse", "error": {"status": 422}}, 422)
        hits = self._hits(query)
        found = {
            "web": {
                "type": "search",
                "results": [{"url": url, "title": text} for url, text in hits.items()],
            }
        }
        return _json({"type": "search", "query": {"original": query}} | (found if hits else {}))


class LoopbackTavily(Engine):
    """Searches by meaning: any few words will do."""

    def _behaviour(self, asked: ReceivedRequest) -> Behaviour:
        if asked.headers.get("authorization") != f"Bearer {self._key}":
            return _json({"detail": {"error": "Unauthorized: missing or invalid API key."}}, 401)
        if self._quota < 0:
            return _json({"detail": {"error": "This request exceeds your plan's limit."}}, 432)
        body = json.loads(asked.body)
        hits = self._hits(body["query"], body["max_results"], operators=False)
        return _json(
            {
                "query": body["query"],
                "results": [{"url": url, "title": text} for url, text in hits.items()],
            }
        )


class LoopbackSerper(Engine):
    """Answers like a page of Google's."""

    def _behaviour(self, asked: ReceivedRequest) -> Behaviour:
        if asked.headers.get("x-api-key") != self._key:
            return _json({"message": "Unauthorized.", "statusCode": 403}, 403)
        if self._quota < 0:
            return _json({"message": "Not enough credits", "statusCode": 400}, 400)
        body = json.loads(asked.body)
        hits = self._hits(body["q"], body["num"])
        organic = [
            {"title": text, "link": url, "position": n}
            for n, (url, text) in enumerate(hits.items(), 1)
        ]
        return _json({"searchParameters": body, "organic": organic})


class LoopbackMarginalia(Engine):
    """Refuses in plain text."""

    def _behaviour(self, asked: ReceivedRequest) -> Behaviour:
        if asked.headers.get("api-key") != self._key:
            return answer("Unauthorized", 401, "text/plain")
        if self._quota < 0:
            return answer("Slow down", 429, "text/plain")
        query = _parameter(asked, "query")
        hits = self._hits(query)
        return _json(
            {
                "license": "CC-BY-NC-SA 4.0",
                "results": [{"url": url, "title": text} for url, text in hits.items()],
            }
        )


def _parameter(asked: ReceivedRequest, name: str) -> str:
    return parse_qs(urlsplit(asked.path).query).get(name, [""])[0]


def _json(content: dict[str, Any], status: int = 200) -> Behaviour:
    return answer(json.dumps(content), status, "application/json")
