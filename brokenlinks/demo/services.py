"""Services the demo asks: the action API of a Wikipedia, and a search engine."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from brokenlinks.demo.behaviours import answer, page
from brokenlinks.demo.server import Behaviour, ReceivedRequest

LIBRARIES = ("python-requests", "scrapy/", "aiohttp", "curl/", "python-urllib")
LINKS_PER_PART = 20
MWMBL_PAGE = 20


@dataclass(frozen=True, slots=True)
class Article:
    """What the encyclopedia has on a subject; `{port}` in external links is the web's."""

    title: str
    text: str
    extlinks: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


class LoopbackWikipedia:
    """Answers from `articles`: search with external links in parts, articles in outline."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = articles

    async def __call__(self, asked: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        await self._behaviour(asked)(asked, writer)

    def _behaviour(self, asked: ReceivedRequest) -> Behaviour:
        agent = asked.headers.get("user-agent", "").lower()
        if not agent or agent.startswith(LIBRARIES):
            return answer(page("Error", "<p>Please set a user-agent.</p>"), 403)
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        if query.get("action") == "parse":
            return self._outline(int(query["pageid"]))
        port = asked.headers["host"].rpartition(":")[2]
        if query.get("list") == "exturlusage":
            return self._usage(query, port)
        return self._search(query, port)

    def _usage(self, query: dict[str, str], port: str) -> Behaviour:
        """Tell the articles that link to an address; the first part is empty and goes on."""
        if "eucontinue" not in query:
            return _json({"query": {"exturlusage": []}, "continue": {"eucontinue": "1"}})
        wanted = query["euquery"]
        used = [
            {"pageid": number, "ns": 0, "title": article.title, "url": link}
            for number, article in enumerate(self._articles, 1)
            for link in (one.replace("{port}", port) for one in article.extlinks)
            if link.partition("://")[2].startswith(wanted)
        ]
        return _json({"batchcomplete": True, "query": {"exturlusage": used}})

    def _search(self, query: dict[str, str], port: str) -> Behaviour:
        words = query.get("gsrsearch", "").lower().split()
        hits = [
            number
            for number, article in enumerate(self._articles, 1)
            if all(_stem(word) in f"{article.title} {article.text}".lower() for word in words)
        ][: int(query.get("gsrlimit", 10))]
        links = [
            (number, link.replace("{port}", port))
            for number in hits
            for link in self._articles[number - 1].extlinks
        ]
        start = int(query.get("eloffset", 0))
        # One part in the middle is empty and goes on all the same, as with the real one.
        size = 0 if "empty" in query else LINKS_PER_PART
        part = links[start : start + size]
        response: dict[str, Any] = {"batchcomplete": True}
        if start + len(part) < len(links):
            response = {"continue": {"eloffset": str(start + len(part)), "continue": "||"}}
            if start == 0 and "empty" not in query:
                response["continue"]["empty"] = "1"
        if hits:
            response["query"] = {
                "pages": [self._hit(n, rank, part) for rank, n in enumerate(hits, 1)]
            }
        return _json(response)

    def _hit(self, number: int, rank: int, part: list[tuple[int, str]]) -> dict[str, Any]:
        hit: dict[str, Any] = {
            "pageid": number,
            "ns": 0,
            "title": self._articles[number - 1].title,
            "index": rank,
        }
        links = [{"url": link} for of, link in part if of == number]
        return hit | ({"extlinks": links} if links else {})

    def _outline(self, number: int) -> Behaviour:
        article = self._articles[number - 1]
        links = [{"ns": 0, "title": title, "exists": True} for title in article.links]
        sections = [{"toclevel": 1, "level": "2", "line": line} for line in article.sections]
        outline = {"title": article.title, "pageid": number, "links": links, "sections": sections}
        return _json({"parse": outline})


class LoopbackMwmbl:
    """Mwmbl: finds the pages of `index` (texts by address) with at least half of the words.

    It knows no operators and no paging. In addresses `{port}` is the web's.
    """

    def __init__(self, index: Mapping[str, str]) -> None:
        self._index = index

    async def __call__(self, asked: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        port = asked.headers["host"].rpartition(":")[2]
        query = parse_qs(urlsplit(asked.path).query).get("q", [""])[0]
        words = re.findall(r"\w+", query.lower())
        shares = {
            url: sum(word in text.lower() for word in words) / max(len(words), 1)
            for url, text in self._index.items()
        }
        hits = sorted((url for url in shares if shares[url] >= 0.5), key=lambda u: (-shares[u], u))
        results = [
            {
                "url": url.replace("{port}", port),
                "title": self._index[url].lower(),
                "content": "",
                "score": 1.0,
            }
            for url in hits[:MWMBL_PAGE]
        ]
        found = {"query": query, "number_of_results": len(results), "results": results}
        await _json(found)(asked, writer)


def _stem(word: str) -> str:
    """Return what inflections share: the search finds "beekeepers" by "beekeeping", too."""
    return re.sub(r"(?<=\w{4})(?:ing|ers?|s)$", "", word)


def _json(content: Mapping[str, Any]) -> Behaviour:
    return answer(json.dumps(content), content_type="application/json; charset=utf-8")
