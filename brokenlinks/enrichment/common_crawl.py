"""Common Crawl, a second archive for who switches it on: one crawl of each year is asked."""

from __future__ import annotations

import asyncio
import json
import re
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from urllib.parse import urlencode

from brokenlinks.enrichment.wayback.snapshots import is_impostor, with_copy
from brokenlinks.html.document import read_html
from brokenlinks.html.summary import make_brief
from brokenlinks.http.content_type import looks_like_html
from brokenlinks.http.decoding import text_of
from brokenlinks.http.response import Answer, Exchange
from brokenlinks.http.service import RateBudget
from brokenlinks.models.archive import ArchiveFacts, ArchiveOutcome
from brokenlinks.text.clock import Clock

CRAWLS_ASKED = 6
FAILURES_IN_A_ROW = 3
"""After so many unanswered questions it is left alone until the next run."""
REFUSALS = frozenset({403, 429, 503})
NO_CAPTURES = "No Captures found"
LARGEST_RECORD = 2_000_000
INDEX_READ = 1_000_000
EXCERPT = 200
GZIP_MAGIC = b"\x1f\x8b"
_CRAWL = re.compile(r"CC-MAIN-(\d{4})-\d[\d-]*")
_FILE = re.compile(r"crawl-data/[\w./-]+\.warc\.gz")
_GZIP = 16 + zlib.MAX_WBITS


class CrawlError(ValueError):
    """Common Crawl did not answer what was asked; the message says what came instead."""


@dataclass(frozen=True, slots=True)
class CrawlCopy:
    """Where in a crawl's files a copy of a page lies: `offset` and `length` are bytes."""

    captured_at: datetime
    file: str
    offset: int
    length: int


class CommonCrawl:
    """The indexes under `index_url` and the files under `data_url`, asked within one rate.

    `pause` is for how many seconds all processes rest after a refusal.
    """

    def __init__(
        self,
        index_url: str,
        data_url: str,
        *,
        exchange: Exchange,
        budget: RateBudget,
        clock: Clock,
        per_minute: float,
        pause: float,
    ) -> None:
        self._index = index_url.rstrip("/")
        self._data = data_url.rstrip("/")
        self._exchange = exchange
        self._budget = budget
        self._clock = clock
        self._lane = ("commoncrawl", 60.0 / per_minute)
        self._pause = pause
        self._crawls: list[str] = []
        self._failures = 0

    async def look_up(self, url: str) -> ArchiveFacts:
        """Return the newest copy of `url` that was served and is no impostor's."""
        if self._failures >= FAILURES_IN_A_ROW:
            return self._facts(ArchiveOutcome.NOT_LOOKED_UP, "Common Crawl is left alone")
        try:
            found = await self._newest_copy(url)
        except CrawlError as error:
            self._failures += 1
            return self._facts(ArchiveOutcome.NOT_LOOKED_UP, f"Common Crawl {error}")
        self._failures = 0
        return found or self._facts(ArchiveOutcome.NONE)

    async def _newest_copy(self, url: str) -> ArchiveFacts | None:
        if not self._crawls:
            self._crawls = newest_of_each_year(await self._ask(f"{self._index}/collinfo.json"))
        for crawl in self._crawls[:CRAWLS_ASKED]:
            query = urlencode({"url": url, "output": "json", "filter": "status:200"})
            address = f"{self._index}/{crawl}-index?{query}"
            for copy in reversed(copies_in(await self._ask(address))):
                facts = await self._read(url, copy, address)
                if facts is not None:
                    return facts
        return None

    async def _read(self, url: str, copy: CrawlCopy, address: str) -> ArchiveFacts | None:
        """Return what the copy says; None for one that says nothing of the page as it was."""
        last = copy.offset + copy.length - 1
        answer = await self._ask(
            f"{self._data}/{copy.file}", {"Range": f"bytes={copy.offset}-{last}"}
        )
        page = page_in(answer.body, url)
        if not looks_like_html(page.headers.get("content-type", ""), page.body):
            return None
        html = text_of(page, LARGEST_RECORD) or ""
        reading = read_html(html, url)
        if is_impostor(reading):
            return None
        brief = await asyncio.to_thread(make_brief, html, url)
        found = self._facts(ArchiveOutcome.FOUND)
        return with_copy(found, address, copy.captured_at, reading, brief)

    async def _ask(self, url: str, headers: dict[str, str] | None = None) -> Answer:
        await self._budget.wait(*self._lane)
        most = LARGEST_RECORD if headers else INDEX_READ
        answer = await self._exchange(url, headers=headers, max_bytes=most)
        if answer.status in REFUSALS:
            await self._budget.pause(self._lane[0], self._pause)
        if answer.status == 404 and NO_CAPTURES in _said(answer):
            return Answer(url, 200)
        if answer.status != (206 if headers else 200):
            what = answer.trouble or f"{answer.status}: {_said(answer)[:EXCERPT]}"
            raise CrawlError(f"answered {what}")
        return answer

    def _facts(self, outcome: ArchiveOutcome, detail: str = "") -> ArchiveFacts:
        return ArchiveFacts(outcome, self._clock(), detail=detail)


def newest_of_each_year(answer: Answer) -> list[str]:
    """Return the crawls to ask, newest first. Raises CrawlError where the list is none."""
    try:
        names = [str(crawl["id"]) for crawl in json.loads(_said(answer))]
    except (ValueError, TypeError, KeyError) as error:
        raise CrawlError(f"gave an unexpected list: {_said(answer)[:EXCERPT]}") from error
    matches = filter(None, map(_CRAWL.fullmatch, names))
    by_year: dict[str, str] = {}
    for match in matches:
        by_year.setdefault(match[1], match[0])
    return list(by_year.values())


def copies_in(answer: Answer) -> list[CrawlCopy]:
    """Return the copies a crawl's index names, oldest first, leaving out what cannot be fetched."""
    return list(filter(None, map(_copy, _said(answer).splitlines())))


def page_in(record: bytes, url: str) -> Answer:
    """Return the page a compressed WARC record holds; an empty one where it holds none."""
    try:
        content = zlib.decompressobj(_GZIP).decompress(record, LARGEST_RECORD)
    except zlib.error as error:
        raise CrawlError("sent a damaged record") from error
    _, _, http = content.partition(b"\r\n\r\n")
    head, _, body = http.partition(b"\r\n\r\n")
    fields = BytesHeaderParser().parsebytes(head.partition(b"\r\n")[2])
    headers = {name.lower(): value for name, value in fields.items()}
    if not body.startswith(GZIP_MAGIC):  # older crawls keep the header of what they unpacked
        headers.pop("content-encoding", None)
    return Answer(url, 200, headers, body)


def _copy(line: str) -> CrawlCopy | None:
    try:
        told = json.loads(line)
        captured_at = datetime.strptime(told["timestamp"], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        copy = CrawlCopy(
            captured_at, str(told["filename"]), int(told["offset"]), int(told["length"])
        )
        is_good = told["status"] == "200"
    except (ValueError, TypeError, KeyError):
        return None
    is_usable = _FILE.fullmatch(copy.file) and 0 < copy.length <= LARGEST_RECORD
    return copy if is_good and is_usable else None


def _said(answer: Answer) -> str:
    return text_of(answer, INDEX_READ) or ""
