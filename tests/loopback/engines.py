"""Search engines: each answers in its own form, and refuses in its own way."""

from __future__ import annotations

import json

from brokenlinks.demo.behaviours import answer, page
from brokenlinks.demo.engine import Engine, Index, as_json, parameter
from brokenlinks.demo.server import Behaviour, ReceivedRequest

BRAVE_MAX_LENGTH, BRAVE_MAX_WORDS = 400, 50


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
