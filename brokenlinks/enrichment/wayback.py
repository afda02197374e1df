"""What a dead target was, as the Wayback Machine remembers it: does a copy exist, which was good.

The index (CDX) and its captures are read with waybackpy's classes; `Wayback` asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from waybackpy import WaybackMachineCDXServerAPI
from waybackpy.cdx_snapshot import CDXSnapshot
from waybackpy.cdx_utils import full_url

from brokenlinks.html.document import HtmlDocument, parse_html
from brokenlinks.html.summary import Brief, make_brief
from brokenlinks.html.worker import UnreadablePageError, read_within_limits
from brokenlinks.http.decoding import looks_like_html, text_of
from brokenlinks.http.response import FetchResult, redirect_url
from brokenlinks.http.service import Service, ServiceClient, ServiceRequest
from brokenlinks.liveness.signals.error_pages import error_phrase
from brokenlinks.liveness.signals.parking import parked_phrase
from brokenlinks.liveness.signals.spam import find_spam_terms
from brokenlinks.models.lookups import ArchiveOutcome, ArchiveRecord
from brokenlinks.text.clock import Clock
from brokenlinks.text.printable import excerpt
from brokenlinks.text.tables import parse_json
from brokenlinks.text.urls import absolute_url, host_of

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
CDXJ_FIELDS = ("url", "mime", "status", "digest", "length")
NEWEST_CAPTURES = 40
"""Usually these reach back beyond the captures of an error page, and fit one answer."""
MAX_HOST_PAGES = 5_000
OK_STATUS = "200"
REVISIT = "-"
PERMANENT = frozenset({"301", "308"})
GONE = frozenset({"404", "410"})
EXCLUDED_TEXT = "Blocked Site Error"
EXCERPT_LENGTH = 200
MAX_SNAPSHOTS_READ = 4
"""Parked domains are captured for years: four copies, spread over time, go back far enough."""
_PLAYBACK_URL = re.compile(r"/web/\d+(?:[a-z]{2}_)?/(https?://.+)")
RECENT = timedelta(days=90)
MAX_RESPONSE_BYTES = 1_000_000
MAX_TEXT_LENGTH = 2_000_000


class CdxOutcome(StrEnum):
    """How the index answered; only `OK` and `EMPTY` say anything about captures."""

    OK = "ok"
    EMPTY = "empty"
    BLOCKED = "blocked"
    QUOTA = "quota"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class CdxResult:
    """Captures, oldest first; without any, `detail` says what came instead.

    `skipped` counts lines that are no captures.
    """

    outcome: CdxOutcome
    captures: tuple[CDXSnapshot, ...] = ()
    detail: str = ""
    skipped: int = 0


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
        if reading.outcome is CdxOutcome.EMPTY:  # though the index lists a copy
            reading = await self._query_index(url, newest=None)
        record = self._record_from(reading)
        if record.outcome is ArchiveOutcome.NONE and reading.outcome is CdxOutcome.OK:
            # The last good copy may be older than all the captures of its absence.
            gone = any(capture.statuscode in GONE for capture in reading.captures)
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
            try:
                page = await read_within_limits(parse_html, html, capture.original)
                brief = await read_within_limits(make_brief, html, capture.original)
            except UnreadablePageError:
                continue
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


def captures_query(
    endpoint: str,
    url: str,
    *,
    newest: int | None = NEWEST_CAPTURES,
    only_good: bool = False,
    whole_host: bool = False,
    since: datetime | None = None,
) -> str:
    """Return the URL that asks the index for the `newest` captures of `url` (or its host).

    `newest=None` asks for all: other archives cannot count from the end.
    """
    query = WaybackMachineCDXServerAPI(
        url,
        filters=[f"statuscode:{OK_STATUS}"] if only_good else [],
        match_type="host" if whole_host else None,
        start_timestamp=since.astimezone(UTC).strftime("%Y%m%d%H%M%S") if since else None,
    )
    return _query_url(endpoint, query, None if newest is None else -newest)


def host_pages_query(endpoint: str, url: str) -> str:
    """Return the URL that asks which pages of a host were ever captured with status 200."""
    query = WaybackMachineCDXServerAPI(
        url, filters=[f"statuscode:{OK_STATUS}"], match_type="host", collapses=["urlkey"]
    )
    return _query_url(endpoint, query, MAX_HOST_PAGES)


def _query_url(endpoint: str, query: WaybackMachineCDXServerAPI, limit: int | None) -> str:
    payload: dict[str, str] = {}
    query.add_payload(payload)
    if limit is not None:
        payload["limit"] = str(limit)
    return str(full_url(endpoint, payload))


def captured_page_keys(result: CdxResult) -> frozenset[str] | None:
    """Return the keys of a host's captured pages, None if the answer does not have them all."""
    if result.outcome not in {CdxOutcome.OK, CdxOutcome.EMPTY}:
        return None
    if result.skipped or len(result.captures) >= MAX_HOST_PAGES:
        return None
    return frozenset(page_key(capture.original) for capture in result.captures)


def page_key(url: str) -> str:
    """Return the key of a page in the index: without scheme, `www` and upper case."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.lower().rstrip('/')}?{parts.query.lower()}"


def read_captures(answer: FetchResult, text: str | None) -> CdxResult:
    """Read the index's answer, whose decoded body is `text`."""
    text = (text or "").strip()
    if answer.error is not None:
        return CdxResult(CdxOutcome.ERROR, detail=f"no answer: {answer.error}")
    if EXCLUDED_TEXT in text:
        return CdxResult(CdxOutcome.BLOCKED, detail="excluded from the archive")
    if answer.status == 429:
        return CdxResult(CdxOutcome.QUOTA, detail="too many requests (429)")
    if answer.status != 200:
        return CdxResult(
            CdxOutcome.ERROR, detail=f"answered {answer.status}: {excerpt(text, EXCERPT_LENGTH)}"
        )
    return _parse_lines(text)


def record_from_captures(
    captures: Sequence[CDXSnapshot], playback: str, now: datetime
) -> ArchiveRecord:
    """Return the last good copy, and whether later captures show the page gone."""
    statuses = _with_revisits(captures)
    good = [index for index, status in enumerate(statuses) if status == OK_STATUS]
    if not good:
        return ArchiveRecord(ArchiveOutcome.NONE, now, detail="no good copy among the captures")
    last = captures[good[-1]]
    return ArchiveRecord(
        ArchiveOutcome.FOUND,
        now,
        url=f"{playback}/web/{last.timestamp}/{last.original}",
        captured_at=last.datetime_timestamp.replace(tzinfo=UTC),
        mime=_mime(captures, last),
        gone_after_last_good=any(status in GONE for status in statuses[good[-1] + 1 :]),
        redirect=_redirect(captures[good[-1] + 1 :], playback),
    )


def good_captures(captures: Sequence[CDXSnapshot]) -> list[CDXSnapshot]:
    """Return the captures with status 200, oldest first."""
    pairs = zip(captures, _with_revisits(captures), strict=True)
    return [capture for capture, status in pairs if status == OK_STATUS]


def snapshots_to_read(good: Sequence[CDXSnapshot]) -> list[CDXSnapshot]:
    """Choose from good captures (oldest first): the newest, then older ones with another text."""
    distinct = list({capture.digest: capture for capture in good}.values())
    last = len(distinct) - 1
    steps = {round(last * (1 - n / (MAX_SNAPSHOTS_READ - 1))) for n in range(MAX_SNAPSHOTS_READ)}
    return [distinct[step] for step in sorted(steps, reverse=True) if step >= 0]


def is_unusable_snapshot(reading: HtmlDocument) -> bool:
    """Whether a copy is itself an error page, a parking page or spam."""
    return bool(
        error_phrase(reading.title)
        or error_phrase(reading.h1)
        or parked_phrase(reading.title, reading.h1, reading.text, reading.words)
        or find_spam_terms(f"{reading.title} {reading.h1}").strong
    )


def with_snapshot(
    record: ArchiveRecord, url: str, captured_at: datetime, reading: HtmlDocument, brief: Brief
) -> ArchiveRecord:
    """Add what the copy at `url` says to the record from the index."""
    return replace(
        record,
        url=url,
        captured_at=captured_at,
        title=reading.title,
        h1=reading.h1,
        language=reading.language,
        words=brief.words or reading.words,
        brief=brief.as_json(),
    )


def original_url(playback: str) -> str:
    """Return the URL whose capture a playback URL shows, "" when it shows none."""
    match = _PLAYBACK_URL.search(playback)
    return absolute_url(playback, match[1]) or "" if match else ""


def _parse_lines(text: str) -> CdxResult:
    if not text or text == "[]":
        return CdxResult(CdxOutcome.EMPTY)
    lines = text.splitlines()
    captures = tuple(filter(None, map(_parse_line, lines)))
    if not captures:
        return CdxResult(
            CdxOutcome.ERROR, detail=f"unexpected answer: {excerpt(text, EXCERPT_LENGTH)}"
        )
    return CdxResult(CdxOutcome.OK, captures, skipped=len(lines) - len(captures))


def _parse_line(line: str) -> CDXSnapshot | None:
    """Parse one line, plain or CDXJ as other archives have it; None where it is no capture."""
    try:
        urlkey, timestamp, rest = line.split(" ", 2)
        values = rest.split(" ")
        if rest.startswith("{"):
            fields = parse_json(rest)
            values = [str(fields.get(name, "-")) for name in CDXJ_FIELDS]
        capture = CDXSnapshot(dict(zip(FIELDS, (urlkey, timestamp, *values), strict=True)))
    except (ValueError, AttributeError):  # AttributeError: JSON that is no object
        return None
    return capture if absolute_url("", capture.original) else None


def _with_revisits(captures: Sequence[CDXSnapshot]) -> list[str]:
    """Give a revisit record the status of the capture it says is unchanged."""
    by_digest: dict[str, str] = {}
    statuses = []
    for capture in captures:
        status = capture.statuscode
        if status == REVISIT:
            status = by_digest.get(capture.digest, REVISIT)
        else:
            by_digest[capture.digest] = status
        statuses.append(status)
    return statuses


def _redirect(later: Sequence[CDXSnapshot], playback: str) -> str:
    """Return the newest capture of a permanent redirect, as it was served."""
    moved = [capture for capture in later if capture.statuscode in PERMANENT]
    return f"{playback}/web/{moved[-1].timestamp}id_/{moved[-1].original}" if moved else ""


def _mime(captures: Sequence[CDXSnapshot], last: CDXSnapshot) -> str:
    """Return the type of the content, which a revisit record only points at."""
    same = (c for c in captures if c.digest == last.digest and c.statuscode != REVISIT)
    return str(next(same, last).mimetype)
