"""Services the demo asks: an archive, a registry, a Wikipedia's action API, a search engine."""

from __future__ import annotations

import asyncio
import json
import re
from abc import ABC, abstractmethod
from base64 import b32encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha1
from typing import Any
from urllib.parse import parse_qs, urlsplit

from brokenlinks.demo.behaviours import answer, missing, page, redirect
from brokenlinks.demo.server import Behaviour, ReceivedRequest

INDEX_PATH = "/cdx/search/cdx"
PLAYBACK_PATH = re.compile(r"/web/(?:(?P<timestamp>\d{14})(?:id_)?/)?(?P<url>.+)")
INDEX_FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
RDAP_JSON = "application/rdap+json"
RDAP_PATH = re.compile(r"/domain/(?P<name>[^/?]*)")
DOMAIN_NAME = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+")
YEAR = timedelta(days=365)
LIBRARIES = ("python-requests", "scrapy/", "aiohttp", "curl/", "python-urllib")
LINKS_PER_PART = 20
MWMBL_PAGE = 20


class Service(ABC):
    """Answers by what was asked."""

    async def __call__(self, request: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        await self.behaviour(request)(request, writer)

    @abstractmethod
    def behaviour(self, request: ReceivedRequest) -> Behaviour:
        """Return the behaviour for a request."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One capture: when (14 digits, UTC) and what the page answered then."""

    timestamp: str
    status: str = "200"
    mime: str = "text/html"
    body: str = "<title>Archived</title><p>As it was.</p>"

    def row(self, url: str) -> dict[str, str]:
        """Return the capture as a row of the index."""
        digest = b32encode(sha1(self.body.encode()).digest()).decode()  # noqa: S324 - as they do
        values = (surt(url), self.timestamp, url, self.mime, self.status, digest)
        return dict(zip(INDEX_FIELDS, (*values, str(len(self.body.encode()))), strict=True))


class LoopbackWayback(Service):
    """A Wayback Machine: answers from `captures`, oldest first, by host and path."""

    def __init__(self, captures: Mapping[str, Sequence[Capture]]) -> None:
        self._captures = {surt(f"//{key}"): (key, list(kept)) for key, kept in captures.items()}

    def behaviour(self, request: ReceivedRequest) -> Behaviour:
        """Return what the index or the playback answers."""
        path = request.path
        if path.startswith(f"{INDEX_PATH}?"):
            return self._index(parse_qs(urlsplit(path).query))
        wanted = PLAYBACK_PATH.fullmatch(path)
        return self._playback(wanted["timestamp"], wanted["url"]) if wanted else _NOT_ARCHIVED

    def _index(self, query: Mapping[str, list[str]]) -> Behaviour:
        if "url" not in query:
            return answer("the url parameter is required", 400, "text/plain")
        rows = [
            row
            for original, captures in self._found(query["url"][0], _first_value(query, "matchType"))
            for row in (capture.row(original) for capture in captures)
            if _passes(row, query.get("filter", []))
            and _first_value(query, "from") <= row["timestamp"]
            and row["timestamp"][: len(_first_value(query, "to"))] <= _first_value(query, "to")
        ]
        limit = int(_first_value(query, "limit") or len(rows))
        rows = rows[limit:] if limit < 0 else rows[:limit]
        fields = _first_value(query, "fl").split(",") if "fl" in query else INDEX_FIELDS
        table = [[row[name] for name in fields] for row in rows]
        if _first_value(query, "output") == "json":
            listed = [list(fields), *table] if table else []
            return answer(json.dumps(listed), content_type="application/json")
        text = "".join(" ".join(values) + "\n" for values in table)
        return answer(text, content_type="text/plain")

    def _playback(self, timestamp: str | None, url: str) -> Behaviour:
        _, captures = self._captures.get(surt(url), (url, []))
        if not captures:
            return _NOT_ARCHIVED
        for capture in captures:
            if capture.timestamp == timestamp:
                return answer(capture.body, int(capture.status), capture.mime)
        return redirect(f"/web/{captures[-1].timestamp}/{url}")

    def _found(self, url: str, match_type: str) -> Iterable[tuple[str, list[Capture]]]:
        surt_key = surt(url)
        if match_type != "host":
            return [(url, self._captures.get(surt_key, (url, []))[1])]
        host = surt_key.partition(")")[0] + ")"
        return [
            (f"http://{key}", captures)
            for surt_of_page, (key, captures) in self._captures.items()
            if surt_of_page.startswith(host)
        ]


def surt(url: str) -> str:
    """Return the key under which an archive files a URL: scheme, case and `www` do not matter.

    Nor does the port, here: it is the loopback web's own business.
    """
    parts = urlsplit(url if "//" in url else f"//{url}")
    host = (parts.hostname or "").removeprefix("www.")
    query = f"?{parts.query.lower()}" if parts.query else ""
    return f"{','.join(reversed(host.split('.')))}){parts.path.lower() or '/'}{query}"


def _first_value(query: Mapping[str, list[str]], name: str) -> str:
    return query.get(name, [""])[0]


def _passes(row: Mapping[str, str], filters: Sequence[str]) -> bool:
    """Return whether a capture passes filters such as `statuscode:200` or `!mimetype:text/.*`."""
    for text in filters:
        name, _, pattern = text.removeprefix("!").partition(":")
        if bool(re.fullmatch(pattern, row.get(name, ""))) is text.startswith("!"):
            return False
    return True


_NOT_ARCHIVED = missing("the archive")


class LoopbackRegistry(Service):
    """Answers over RDAP: knows the domains of `registered` and since when they are, no other."""

    def __init__(self, registered: Mapping[str, date]) -> None:
        self._registered = dict(registered)

    def behaviour(self, request: ReceivedRequest) -> Behaviour:
        """Return what the registry answers about one domain."""
        if RDAP_JSON not in request.headers.get("accept", ""):
            return _rdap_error(406, "Not Acceptable")
        query = RDAP_PATH.fullmatch(request.path)
        name = query["name"].lower() if query else ""
        if not DOMAIN_NAME.fullmatch(name):
            return _rdap_error(400, "Bad Request")
        since = self._registered.get(name)
        return _rdap_response(_domain(name, since)) if since else _rdap_error(404, "Not Found")


def _domain(name: str, since: date) -> dict[str, object]:
    """Return the domain's RDAP object; the registrar in it has dates of its own."""
    registrar = {
        "objectClassName": "entity",
        "handle": "292",
        "roles": ["registrar"],
        "events": _events(registration=since - 5 * YEAR),
    }
    return {
        "rdapConformance": ["rdap_level_0"],
        "objectClassName": "domain",
        "handle": f"D-{name.upper()}",
        "ldhName": name.upper(),
        "status": ["client transfer prohibited"],
        "events": [
            {"eventAction": "last update of RDAP database", "eventDate": "2026-11-22T22:41:09Z"},
            *_events(registration=since, expiration=since + 20 * YEAR),
        ],
        "entities": [registrar],
        "nameservers": [{"objectClassName": "nameserver", "ldhName": "NS.INVALID"}],
        "secureDNS": {"delegationSigned": False},
    }


def _events(**days: date) -> list[dict[str, str]]:
    return [
        {"eventAction": action, "eventDate": f"{day}T04:00:00Z"} for action, day in days.items()
    ]


def _rdap_error(status: int, title: str) -> Behaviour:
    error = {"errorCode": status, "title": title, "description": []}
    return _rdap_response({"rdapConformance": ["rdap_level_0"], **error}, status)


def _rdap_response(document: Mapping[str, object], status: int = 200) -> Behaviour:
    return answer(json.dumps(document), status, RDAP_JSON)


@dataclass(frozen=True, slots=True)
class Article:
    """What the encyclopedia has on a subject; `{port}` in external links is the web's."""

    title: str
    text: str
    extlinks: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


class LoopbackWikipedia(Service):
    """Answers from `articles`: search with external links in parts, articles in outline."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = articles

    def behaviour(self, request: ReceivedRequest) -> Behaviour:
        """Return what the action API answers."""
        agent = request.headers.get("user-agent", "").lower()
        if not agent or agent.startswith(LIBRARIES):
            return answer(page("Error", "<p>Please set a user-agent.</p>"), 403)
        query = {name: values[0] for name, values in parse_qs(urlsplit(request.path).query).items()}
        if query.get("action") == "parse":
            return self._outline(int(query["pageid"]))
        port = request.headers["host"].rpartition(":")[2]
        if query.get("list") == "exturlusage":
            return self._usage(query, port)
        return self._search(query, port)

    def _usage(self, query: dict[str, str], port: str) -> Behaviour:
        """Return the articles that link to an address; the first part is empty and has a next."""
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


class LoopbackMwmbl(Service):
    """Mwmbl: finds the pages of `index` (texts by address) with at least half of the words.

    It knows no operators and no paging. In addresses `{port}` is the web's.
    """

    def __init__(self, index: Mapping[str, str]) -> None:
        self._index = index

    def behaviour(self, request: ReceivedRequest) -> Behaviour:
        """Return what the search engine answers."""
        port = request.headers["host"].rpartition(":")[2]
        query = parse_qs(urlsplit(request.path).query).get("q", [""])[0]
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
        response = {"query": query, "number_of_results": len(results), "results": results}
        return _json(response)


def _stem(word: str) -> str:
    """Return what inflections share: the search finds "beekeepers" by "beekeeping", too."""
    return re.sub(r"(?<=\w{4})(?:ing|ers?|s)$", "", word)


def _json(content: Mapping[str, Any]) -> Behaviour:
    return answer(json.dumps(content), content_type="application/json; charset=utf-8")
