"""Looks a dead target up: does a copy exist, and which was the last good one."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, timedelta

from brokenlinks.enrichment.title_match import original_of
from brokenlinks.enrichment.wayback.cdx import (
    CdxOutcome,
    CdxReading,
    captures_query,
    facts_from,
    good_captures,
    host_query,
    known_pages,
    read_captures,
)
from brokenlinks.enrichment.wayback.snapshots import is_impostor, with_copy, worth_reading
from brokenlinks.html.document import read_html
from brokenlinks.html.summary import make_brief
from brokenlinks.http.content_type import looks_like_html
from brokenlinks.http.decoding import text_of
from brokenlinks.http.response import Answer, Fetch
from brokenlinks.http.service import RateBudget
from brokenlinks.models.archive import ArchiveFacts, ArchiveOutcome
from brokenlinks.text.clock import Clock
from brokenlinks.text.urls import absolute_url, host_of

LATELY = timedelta(days=90)
ANSWER_READ = 1_000_000
TEXT_DECODED = 2_000_000


class Wayback:
    """The Wayback Machine at `base_url`, asked within its rates.

    `cdx_per_minute` and `playback_per_second` are requests; `pause` is for how many seconds all
    rest after a 429, which may carry no Retry-After: asking on gets an address banned.
    """

    def __init__(
        self,
        base_url: str,
        index_url: str = "",
        *,
        fetch: Fetch,
        budget: RateBudget,
        clock: Clock,
        cdx_per_minute: float,
        playback_per_second: float,
        pause: float,
    ) -> None:
        self._base = base_url.rstrip("/")
        self._index = index_url or f"{self._base}/cdx/search/cdx"
        self._fetch = fetch
        self._budget = budget
        self._clock = clock
        self._pause = pause
        host = host_of(base_url)
        self._cdx = (f"{host} cdx", 60.0 / cdx_per_minute)
        self._playback = (f"{host} playback", 1.0 / playback_per_second)
        self.paused = False
        """The last answer was "too often": every lane rests."""

    async def survey(self, url: str) -> frozenset[str] | None:
        """Return the keys of all pages of the URL's host that have a copy; None: not to be told."""
        await self._budget.wait(*self._cdx)
        answer = await self._fetch(host_query(self._index, url), max_bytes=ANSWER_READ)
        await self._mind(answer)
        whole = None if answer.truncated else text_of(answer, ANSWER_READ)
        return known_pages(read_captures(answer, whole)) if whole is not None else None

    def no_copy(self) -> ArchiveFacts:
        """Return that there is none, as a survey of the host told."""
        return ArchiveFacts(ArchiveOutcome.NONE, self._clock())

    async def look_up(self, url: str, *, and_its_site: bool = False) -> ArchiveFacts:
        """Return what the archive knows of `url`; `and_its_site` whether its host lived lately."""
        facts = await self._page(url)
        if and_its_site and facts.outcome is not ArchiveOutcome.NOT_LOOKED_UP:
            since = self._clock() - LATELY
            lately = await self._ask_index(
                url, newest=1, only_good=True, whole_host=True, since=since
            )
            if lately.outcome not in {CdxOutcome.OK, CdxOutcome.EMPTY}:
                return self._unanswered(lately.detail)
            facts = replace(facts, site_good_lately=lately.outcome is CdxOutcome.OK)
        return facts

    async def redirect_of(self, capture: str) -> str:
        """Return the address that a capture of a redirect led to, "" when it led nowhere."""
        answer = await self._play_back(capture)
        location = answer.headers.get("location")
        return original_of(absolute_url(capture, location) or "") if location else ""

    async def _page(self, url: str) -> ArchiveFacts:
        exists = await self._exists(url)
        if exists is not None:
            return exists
        reading = await self._ask_index(url)
        if reading.outcome is CdxOutcome.EMPTY:  # of a page it just said it has
            reading = await self._ask_index(url, newest=None)
        facts = self._facts(reading)
        if facts.outcome is ArchiveOutcome.NONE and reading.outcome is CdxOutcome.OK:
            # The last good copy may be older than all the captures of its absence.
            gone = any(capture.statuscode in {"404", "410"} for capture in reading.captures)
            reading = await self._ask_index(url, newest=1, only_good=True)
            facts = self._facts(reading)
            if reading.outcome is CdxOutcome.OK:
                facts = replace(facts, gone_after_last_good=gone)
        return await self._with_copy(facts, reading)

    async def _with_copy(self, facts: ArchiveFacts, reading: CdxReading) -> ArchiveFacts:
        """Read the last good copy, stepping over copies of an error page or a squatter."""
        if facts.outcome is not ArchiveOutcome.FOUND:
            return facts
        told = facts
        for capture in worth_reading(good_captures(reading.captures)):
            copy = f"{self._base}/web/{capture.timestamp}id_/{capture.original}"
            answer = await self._play_back(copy)
            if self.paused:
                return told
            kind = answer.headers.get("content-type", "")
            if answer.status != 200 or not looks_like_html(kind, answer.body):
                continue
            html = text_of(answer, TEXT_DECODED) or ""
            page = read_html(html, capture.original)
            brief = await asyncio.to_thread(make_brief, html, capture.original)
            address = f"{self._base}/web/{capture.timestamp}/{capture.original}"
            captured_at = capture.datetime_timestamp.replace(tzinfo=UTC)
            told = with_copy(facts, address, captured_at, page, brief)
            if not is_impostor(page):
                return told
        return told

    async def _exists(self, url: str) -> ArchiveFacts | None:
        """Ask playback for any copy, which costs less than the index; None when there is one."""
        answer = await self._play_back(f"{self._base}/web/{url}")
        if answer.status is not None and answer.status // 100 in {2, 3}:
            return None
        if answer.status == 404:
            return ArchiveFacts(ArchiveOutcome.NONE, self._clock())
        return self._facts(read_captures(answer, text_of(answer, ANSWER_READ)))

    async def _play_back(self, address: str) -> Answer:
        await self._budget.wait(*self._playback)
        answer = await self._fetch(address, max_bytes=ANSWER_READ)
        await self._mind(answer)
        return answer

    async def _ask_index(self, url: str, **wanted: object) -> CdxReading:
        await self._budget.wait(*self._cdx)
        query = captures_query(self._index, url, **wanted)  # type: ignore[arg-type]
        answer = await self._fetch(query, max_bytes=ANSWER_READ)
        await self._mind(answer)
        return read_captures(answer, text_of(answer, ANSWER_READ))

    async def _mind(self, answer: Answer) -> None:
        self.paused = answer.status == 429
        if self.paused:
            for service, _ in (self._cdx, self._playback):
                await self._budget.pause(service, self._pause)

    def _facts(self, reading: CdxReading) -> ArchiveFacts:
        now = self._clock()
        if reading.outcome is CdxOutcome.OK:
            return facts_from(reading.captures, self._base, now)
        if reading.outcome is CdxOutcome.EMPTY:
            return ArchiveFacts(ArchiveOutcome.NONE, now)
        if reading.outcome is CdxOutcome.BLOCKED:
            return ArchiveFacts(ArchiveOutcome.EXCLUDED, now, detail=reading.detail)
        return self._unanswered(reading.detail)

    def _unanswered(self, detail: str) -> ArchiveFacts:
        return ArchiveFacts(ArchiveOutcome.NOT_LOOKED_UP, self._clock(), detail=detail)
