"""Services that say how much a domain weighs: a list in one large file, and two with a key."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from brokenlinks.demo.behaviours import answer, head, page
from brokenlinks.demo.server import Behaviour, ReceivedRequest

GZIP = "application/gzip"
GRAPHS = "/graphinfo.json"


class LoopbackRanks:
    """Common Crawl: names its newest graph, and serves `ranks`, its domain ranks, in parts too.

    Each answer ends after `truncate_after` bytes though more was promised, or goes on never when
    it `stalls`. With `ranges` off the whole file is sent whatever was asked for. While `failure`
    is set, it stands in place of the file.
    """

    def __init__(self, release: str, ranks: bytes) -> None:
        self.release = release
        self.ranks = ranks
        self.ranges = True
        self.truncate_after: int | None = None
        self.stalls = False
        self.failure: Behaviour | None = None

    async def __call__(self, asked: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        place = f"/projects/hyperlinkgraph/{self.release}/domain/{self.release}"
        if asked.path == GRAPHS:
            graphs = [{"id": self.release}, {"id": "cc-main-2017-feb-mar-apr"}]
            await answer(json.dumps(graphs), content_type="application/json")(asked, writer)
        elif asked.path != f"{place}-domain-ranks.txt.gz":
            await answer(page("404 Not Found", ""), 404)(asked, writer)
        elif self.failure is not None:
            await self.failure(asked, writer)
        else:
            self._file(asked, writer)
            if self.stalls:
                await writer.drain()
                await asyncio.Event().wait()

    def _file(self, asked: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        size, start, status = len(self.ranks), 0, 200
        described = {"Content-Type": GZIP}
        wanted = asked.headers.get("range", "")
        if self.ranges and wanted:
            start, status = int(wanted.removeprefix("bytes=").rstrip("-")), 206
            described["Content-Range"] = f"bytes {start}-{size - 1}/{size}"
            if start >= size:
                status, described["Content-Range"] = 416, f"bytes */{size}"
        body = self.ranks[start:]
        writer.write(head(status, described | {"Content-Length": str(len(body))}))
        writer.write(body[: self.truncate_after])


class LoopbackOpenPageRank:
    """Knows `ranks`, 0 to 10 by domain; asked about others, it says 404 for each, inside a 200.

    It echoes a key it does not know.
    """

    def __init__(self, ranks: Mapping[str, float], *, key: str, quota: int = 1_000) -> None:
        self._ranks = ranks
        self._key = key
        self._quota = quota

    async def __call__(self, asked: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        await self._behaviour(asked)(asked, writer)

    def _behaviour(self, asked: ReceivedRequest) -> Behaviour:
        given = asked.headers.get("api-opr", "")
        if given != self._key:
            return _json({"error": f"API key {given} is not valid"}, 403)
        self._quota -= 1
        if self._quota < 0:
            return _json({"error": "Rate limit exceeded"}, 429)
        domains = parse_qs(urlsplit(asked.path).query).get("domains[]", [])
        return _json({"status_code": 200, "response": [self._entry(name) for name in domains]})

    def _entry(self, domain: str) -> dict[str, object]:
        rank = self._ranks.get(domain)
        if rank is None:
            lacking = {"page_rank_integer": 0, "page_rank_decimal": 0, "rank": None}
            return {"status_code": 404, "error": "Domain not found", "domain": domain} | lacking
        known = {"page_rank_integer": round(rank), "page_rank_decimal": rank, "rank": "4711"}
        return {"status_code": 200, "error": "", "domain": domain} | known


class LoopbackAhrefs:
    """Knows `ratings`, 0 to 100 by domain, and null for every other."""

    def __init__(self, ratings: Mapping[str, float], *, key: str) -> None:
        self._ratings = ratings
        self._key = key

    async def __call__(self, asked: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        if asked.headers.get("authorization") != f"Bearer {self._key}":
            response = _json(
                {"error": "Unauthorized: " + asked.headers.get("authorization", "")}, 401
            )
        else:
            [target] = parse_qs(urlsplit(asked.path).query)["target"]
            response = _json({"domain_rating": {"domain_rating": self._ratings.get(target)}})
        await response(asked, writer)


def _json(content: Mapping[str, object], status: int = 200) -> Behaviour:
    return answer(json.dumps(content), status, "application/json")
