"""Common Crawl, an optional second archive: one crawl of each year is searched."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from urllib.parse import urlencode

from brokenlinks.enrichment.wayback import is_unusable_snapshot, with_snapshot
from brokenlinks.html.document import parse_html
from brokenlinks.html.summary import make_brief
from brokenlinks.html.worker import UnreadablePageError, read_within_limits
from brokenlinks.http.decoding import looks_like_html, text_of
from brokenlinks.http.response import FetchResult
from brokenlinks.http.service import (
    CircuitBreaker,
    Service,
    ServiceClient,
    ServiceRequest,
    read_json,
)
from brokenlinks.models.lookups import ArchiveOutcome, ArchiveRecord
from brokenlinks.text.clock import Clock
from brokenlinks.text.printable import excerpt
from brokenlinks.text.tables import parse_json

MAX_CRAWLS = 6
MAX_CONSECUTIVE_FAILURES = 3
"""Unanswered look-ups in a row after which the rest are left to the next run."""
REFUSAL_STATUSES = frozenset({403, 429, 503})
NO_CAPTURES = "No Captures found"
MAX_RECORD_BYTES = 2_000_000
MAX_INDEX_BYTES = 1_000_000
EXCERPT_LENGTH = 200
GZIP_MAGIC = b"\x1f\x8b"
_CRAWL = re.compile(r"CC-MAIN-(\d{4})-\d[\d-]*")
_FILE = re.compile(r"crawl-data/[\w./-]+\.warc\.gz")
_GZIP = 16 + zlib.MAX_WBITS


class CrawlError(ValueError):
    """Common Crawl gave no usable answer; the message says what came instead."""


@dataclass(frozen=True, slots=True)
class WarcLocation:
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
        client: ServiceClient,
        clock: Clock,
        per_minute: float,
        pause: float,
    ) -> None:
        self._index = index_url.rstrip("/")
        self._data = data_url.rstrip("/")
        self._client = client
        self._clock = clock
        self._service = Service(
            "commoncrawl",
            60.0 / per_minute,
            pause=pause,
            min_pause=pause,
            max_pause=pause,
            refusals=REFUSAL_STATUSES,
        )
        self._crawls: list[str] = []
        self._breaker = CircuitBreaker(MAX_CONSECUTIVE_FAILURES)

    async def look_up(self, url: str) -> ArchiveRecord:
        """Return the newest copy of `url` that is neither an error page nor parking nor spam."""
        if self._breaker.is_open(self._service.name):
            return self._new_record(ArchiveOutcome.NOT_LOOKED_UP, "Common Crawl did not answer")
        try:
            snapshot = await self._newest_snapshot(url)
        except CrawlError as error:
            self._breaker.record(self._service.name, answered=False)
            return self._new_record(ArchiveOutcome.NOT_LOOKED_UP, f"Common Crawl {error}")
        self._breaker.record(self._service.name, answered=True)
        return snapshot or self._new_record(ArchiveOutcome.NONE)

    async def _newest_snapshot(self, url: str) -> ArchiveRecord | None:
        if not self._crawls:
            self._crawls = newest_crawl_per_year(await self._fetch(f"{self._index}/collinfo.json"))
        for crawl in self._crawls[:MAX_CRAWLS]:
            query = urlencode({"url": url, "output": "json", "filter": "status:200"})
            address = f"{self._index}/{crawl}-index?{query}"
            for location in reversed(warc_locations(await self._fetch(address))):
                facts = await self._read(url, location, address)
                if facts is not None:
                    return facts
        return None

    async def _read(self, url: str, location: WarcLocation, address: str) -> ArchiveRecord | None:
        """Return what the copy says, None if it does not show the page as it was."""
        last = location.offset + location.length - 1
        answer = await self._fetch(
            f"{self._data}/{location.file}", {"Range": f"bytes={location.offset}-{last}"}
        )
        page = parse_warc_record(answer.body, url)
        if not looks_like_html(page.content_type, page.body):
            return None
        html = text_of(page, MAX_RECORD_BYTES) or ""
        try:
            reading = await read_within_limits(parse_html, html, url)
            if is_unusable_snapshot(reading):
                return None
            brief = await read_within_limits(make_brief, html, url)
        except UnreadablePageError:
            return None
        record = self._new_record(ArchiveOutcome.FOUND)
        return with_snapshot(record, address, location.captured_at, reading, brief)

    async def _fetch(self, url: str, headers: dict[str, str] | None = None) -> FetchResult:
        most = MAX_RECORD_BYTES if headers else MAX_INDEX_BYTES
        request = ServiceRequest(url, headers or {})
        answer = await self._client.send(self._service, request, max_bytes=most)
        if answer.status == 404 and NO_CAPTURES in _body_text(answer):
            return FetchResult(url, 200)
        if answer.status != (206 if headers else 200):
            what = answer.error or f"{answer.status}: {excerpt(_body_text(answer), EXCERPT_LENGTH)}"
            raise CrawlError(f"answered {what}")
        return answer

    def _new_record(self, outcome: ArchiveOutcome, detail: str = "") -> ArchiveRecord:
        return ArchiveRecord(outcome, self._clock(), detail=detail)


def newest_crawl_per_year(answer: FetchResult) -> list[str]:
    """Return the crawls to ask, newest first. Raises CrawlError if the list is invalid."""
    listed = read_json(answer)
    if not isinstance(listed, list):
        raise CrawlError(f"gave an unexpected list: {excerpt(_body_text(answer), EXCERPT_LENGTH)}")
    names = (str(crawl.get("id")) for crawl in listed if isinstance(crawl, dict))
    matches = filter(None, map(_CRAWL.fullmatch, names))
    by_year: dict[str, str] = {}
    for match in matches:
        by_year.setdefault(match[1], match[0])
    return list(by_year.values())


def warc_locations(answer: FetchResult) -> list[WarcLocation]:
    """Return the copies in a crawl's index, oldest first, without those that cannot be fetched."""
    return list(filter(None, map(_parse_location, _body_text(answer).splitlines())))


def parse_warc_record(record: bytes, url: str) -> FetchResult:
    """Return the page in a compressed WARC record, an empty one if there is none."""
    try:
        content = zlib.decompressobj(_GZIP).decompress(record, MAX_RECORD_BYTES)
    except zlib.error as error:
        raise CrawlError("sent a damaged record") from error
    _, _, http = content.partition(b"\r\n\r\n")
    head, _, body = http.partition(b"\r\n\r\n")
    fields = BytesHeaderParser().parsebytes(head.partition(b"\r\n")[2])
    headers = {name.lower(): str(value) for name, value in fields.items()}
    if not body.startswith(GZIP_MAGIC):  # older crawls keep the header of what they unpacked
        headers.pop("content-encoding", None)
    return FetchResult(url, 200, headers, body)


def _parse_location(line: str) -> WarcLocation | None:
    try:
        fields = parse_json(line)
        captured_at = datetime.strptime(fields["timestamp"], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        location = WarcLocation(
            captured_at, str(fields["filename"]), int(fields["offset"]), int(fields["length"])
        )
        is_good = fields["status"] == "200"
    except (ValueError, TypeError, KeyError, OverflowError):  # OverflowError: 1e999
        return None
    is_usable = location.offset >= 0 and 0 < location.length <= MAX_RECORD_BYTES
    return location if is_good and is_usable and _FILE.fullmatch(location.file) else None


def _body_text(answer: FetchResult) -> str:
    return text_of(answer, MAX_INDEX_BYTES) or ""
