"""Common Crawl as an archive: a list of crawls, an index of each, and records in large files."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from brokenlinks.demo.behaviours import answer, head
from brokenlinks.demo.server import Behaviour, ReceivedRequest
from brokenlinks.demo.services import surt

CRAWLS = "/collinfo.json"
FILE = "crawl-data/{crawl}/segments/1/warc/part-00000.warc.gz"


class LoopbackCommonCrawl:
    """Holds pages' markup by crawl and host and path; `failure` stands in for any answer."""

    def __init__(self, crawls: Mapping[str, Mapping[str, str]]) -> None:
        self.failure: Behaviour | None = None
        self._files: dict[str, bytes] = {}
        self._lines: dict[str, dict[str, str]] = {}
        for crawl, pages in crawls.items():
            self._add_crawl(crawl, pages)

    async def __call__(self, asked: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        if asked.path.lstrip("/") in self._files and self.failure is None:
            self._part(asked, writer)
        else:
            await (self.failure or self._behaviour(asked.path))(asked, writer)

    def _add_crawl(self, crawl: str, pages: Mapping[str, str]) -> None:
        name = FILE.format(crawl=crawl)
        self._files[name], self._lines[crawl] = b"", {}
        for key, markup in pages.items():
            record = gzip.compress(_record(f"http://{key}", markup))
            entry = {
                "urlkey": surt(f"//{key}"),
                "timestamp": f"{crawl.split('-')[2]}0304050607",
                "url": f"http://{key}",
                "mime": "text/html",
                "status": "200",
                "length": str(len(record)),
                "offset": str(len(self._files[name])),
                "filename": name,
            }
            self._files[name] += record
            self._lines[crawl][surt(f"//{key}")] = json.dumps(entry) + "\n"

    def _behaviour(self, path: str) -> Behaviour:
        if path == CRAWLS:
            listed = [{"id": crawl, "name": crawl} for crawl in self._lines]
            return answer(json.dumps(listed), content_type="application/json")
        parts = urlsplit(path)
        crawl = parts.path.strip("/").removesuffix("-index")
        if crawl not in self._lines:
            return _error(f"No index found for collection: {crawl}")
        [url] = parse_qs(parts.query)["url"]
        line = self._lines[crawl].get(surt(url))
        if line is None:
            return _error(f"No Captures found for: {url}")
        return answer(line, content_type="text/x-ndjson")

    def _part(self, asked: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        whole = self._files[asked.path.lstrip("/")]
        first, last = map(int, asked.headers["range"].removeprefix("bytes=").split("-"))
        described = {
            "Content-Type": "application/octet-stream",
            "Content-Range": f"bytes {first}-{last}/{len(whole)}",
            "Content-Length": str(last + 1 - first),
        }
        writer.write(head(206, described) + whole[first : last + 1])


def _record(url: str, markup: str) -> bytes:
    body = markup.encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    about = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
    return f"{about}Content-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"


def _error(message: str) -> Behaviour:
    return answer(json.dumps({"message": message}), 404, "application/json")
