"""Looks a dead target up: does a copy exist, and which was the last good one."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, timedelta

from brokenlinks.enrichment.wayback.cdx import (
    CdxOutcome,
    CdxResult,
    captured_page_keys,
    captures_query,
    good_captures,
    host_pages_query,
    is_unusable_snapshot,
    original_url,
    read_captures,
    record_from_captures,
    snapshots_to_read,
    with_snapshot,
)
from brokenlinks.html.document import parse_html
from brokenlinks.html.summary import make_brief
from brokenlinks.http.decoding import looks_like_html, text_of
from brokenlinks.http.response import FetchResult, redirect_url
from brokenlinks.http.service import Service, ServiceClient, ServiceRequest
from brokenlinks.models.lookups import ArchiveOutcome, ArchiveRecord
from brokenlinks.text.clock import Clock
from brokenlinks.text.urls import host_of

RECENT = timedelta(days=90)
MAX_RESPONSE_BYTES = 1_000_000
MAX_TEXT_LENGTH = 2_000_000


class Wayback:
    """The Wayback Machine at `base_url`, asked within its rates.

    `cdx_per_minute` and `playback_per_second` are requests; `pause` is for how many seconds both
    are paused after a 429, whatever its Retry-After: asking on gets an address banned.
    """

    def __init__(
        self,
        base_url: str,
        index_url: str = "",
        *,
        client: ServiceClient,
        clock: Clock,
        cdx_per_minute: float,
        playback_per_second: float,
        pause: float,
    ) -> None:
        self._base = base_url.rstrip("/")
        self._index = index_url or f"{self._base}/cdx/search/cdx"
        self._client = client
        self._clock = clock
        cdx, playback = (f"{host_of(base_url)} {lane}" for lane in ("cdx", "playback"))
        self._cdx = _archive_service(cdx, 60.0 / cdx_per_minute, pause, playback)
        self._playback = _archive_service(playback, 1.0 / playback_per_second, pause, cdx)
        self.paused = False
        """Whether the last answer was "too often"."""

    async def captured_pages_of_host(self, url: str) -> frozenset[str] | None:
        """Return the keys of all pages of the URL's host that have a copy, None if unknown."""
        answer = await self._send(self._cdx, host_pages_query(self._index, url))
        whole = None if answer.truncated else text_of(answer, MAX_RESPONSE_BYTES)
        return captured_page_keys(read_captures(answer, whole)) if whole is not None else None

    def no_snapshot(self) -> ArchiveRecord:
        """Return the record of a page that `captured_pages_of_host` does not have."""
        return ArchiveRecord(ArchiveOutcome.NONE, self._clock())

    async def look_up(self, url: str, *, check_host: bool = False) -> ArchiveRecord:
        """Look up `url`; `check_host` also looks whether its host was alive lately."""
        record = await self._look_up_page(url)
        if check_host and record.outcome is not ArchiveOutcome.NOT_LOOKED_UP:
            since = self._clock() - RECENT
            lately = await self._query_index(
                url, newest=1, only_good=True, whole_host=True, since=since
            )
            if lately.outcome not in {CdxOutcome.OK, CdxOutcome.EMPTY}:
                return self._not_looked_up(lately.detail)
            record = replace(record, site_archived_recently=lately.outcome is CdxOutcome.OK)
        return record

    async def redirect_target(self, capture: str) -> str:
        """Return the address that a capture of a redirect led to, "" when it led nowhere."""
        answer = await self._send(self._playback, capture)
        return original_url(redirect_url(answer, capture) or "")

    async def _look_up_page(self, url: str) -> ArchiveRecord:
        exists = await self._without_snapshot(url)
        if exists is not None:
            return exists
        reading = await self._query_index(url)
        if reading.outcome is CdxOutcome.EMPTY:  # of a page it just said it has
            reading = await self._query_index(url, newest=None)
        record = self._record_from(reading)
        if record.outcome is ArchiveOutcome.NONE and reading.outcome is CdxOutcome.OK:
            # The last good copy may be older than all the captures of its absence.
            gone = any(capture.statuscode in {"404", "410"} for capture in reading.captures)
            reading = await self._query_index(url, newest=1, only_good=True)
            record = self._record_from(reading)
            if reading.outcome is CdxOutcome.OK:
                record = replace(record, gone_after_last_good=gone)
        return await self._with_snapshot(record, reading)

    async def _with_snapshot(self, record: ArchiveRecord, reading: CdxResult) -> ArchiveRecord:
        """Read the last good copy; copies of error pages, parking pages and spam are skipped."""
        if record.outcome is not ArchiveOutcome.FOUND:
            return record
        latest = record
        for capture in snapshots_to_read(good_captures(reading.captures)):
            copy = f"{self._base}/web/{capture.timestamp}id_/{capture.original}"
            answer = await self._send(self._playback, copy)
            if self.paused:
                return latest
            if answer.status != 200 or not looks_like_html(answer.content_type, answer.body):
                continue
            html = text_of(answer, MAX_TEXT_LENGTH) or ""
            page = parse_html(html, capture.original)
            brief = await asyncio.to_thread(make_brief, html, capture.original)
            address = f"{self._base}/web/{capture.timestamp}/{capture.original}"
            captured_at = capture.datetime_timestamp.replace(tzinfo=UTC)
            latest = with_snapshot(record, address, captured_at, page, brief)
            if not is_unusable_snapshot(page):
                return latest
        return latest

    async def _without_snapshot(self, url: str) -> ArchiveRecord | None:
        """Ask playback for any copy, which costs less than the index; None when there is one."""
        answer = await self._send(self._playback, f"{self._base}/web/{url}")
        if answer.status is not None and answer.status // 100 in {2, 3}:
            return None
        if answer.status == 404:
            return ArchiveRecord(ArchiveOutcome.NONE, self._clock())
        return self._record_from(read_captures(answer, text_of(answer, MAX_RESPONSE_BYTES)))

    async def _query_index(self, url: str, **wanted: object) -> CdxResult:
        query = captures_query(self._index, url, **wanted)  # type: ignore[arg-type]
        answer = await self._send(self._cdx, query)
        return read_captures(answer, text_of(answer, MAX_RESPONSE_BYTES))

    async def _send(self, service: Service, url: str) -> FetchResult:
        answer = await self._client.send(service, ServiceRequest(url), max_bytes=MAX_RESPONSE_BYTES)
        self.paused = answer.status == 429
        return answer

    def _record_from(self, reading: CdxResult) -> ArchiveRecord:
        now = self._clock()
        if reading.outcome is CdxOutcome.OK:
            return record_from_captures(reading.captures, self._base, now)
        if reading.outcome is CdxOutcome.EMPTY:
            return ArchiveRecord(ArchiveOutcome.NONE, now)
        if reading.outcome is CdxOutcome.BLOCKED:
            return ArchiveRecord(ArchiveOutcome.EXCLUDED, now, detail=reading.detail)
        return self._not_looked_up(reading.detail)

    def _not_looked_up(self, detail: str) -> ArchiveRecord:
        return ArchiveRecord(ArchiveOutcome.NOT_LOOKED_UP, self._clock(), detail=detail)


def _archive_service(name: str, interval: float, pause: float, other: str) -> Service:
    return Service(
        name, interval, pause=pause, min_pause=pause, max_pause=pause, pauses_with=(other,)
    )
