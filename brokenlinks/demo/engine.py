"""A search engine for the loopback web: a small index, asked as Mwmbl is."""

from __future__ import annotations

import asyncio
import json
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from brokenlinks.demo.behaviours import answer
from brokenlinks.demo.server import Behaviour, ReceivedRequest

PAGE_SIZE = 20
UNLIMITED = 1_000_000
Index = Mapping[str, str]
"""The text of pages by address."""
_PART = re.compile(r'(?:(intitle|inurl|site):)?(?:"([^"]+)"|(\S+))')


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
            return as_json(
                {"detail": "Request was throttled. Expected available in 1 second."}, 429
            )
        query = parameter(asked, "q")
        hits = self._hits(query, operators=False)
        results = [
            {"url": url, "title": text, "content": "", "score": 1.0} for url, text in hits.items()
        ]
        return as_json({"query": query, "number_of_results": len(hits), "results": results})


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
