"""Reads the Wayback Machine's index and copies, with waybackpy's classes. No I/O here."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from urllib.parse import urlsplit

from waybackpy import WaybackMachineCDXServerAPI
from waybackpy.cdx_snapshot import CDXSnapshot
from waybackpy.cdx_utils import full_url

from brokenlinks.html.document import HtmlDocument
from brokenlinks.html.summary import Brief
from brokenlinks.http.response import FetchResult
from brokenlinks.liveness.signals.error_pages import error_phrase
from brokenlinks.liveness.signals.parking import parked_phrase
from brokenlinks.liveness.signals.spam import find_spam_terms
from brokenlinks.models.lookups import ArchiveOutcome, ArchiveRecord
from brokenlinks.text.urls import absolute_url

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
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
    payload: dict[str, str] = {}
    query.add_payload(payload)
    if newest is not None:
        payload["limit"] = str(-newest)
    return str(full_url(endpoint, payload))


def host_pages_query(endpoint: str, url: str) -> str:
    """Return the URL that asks which pages of a host were ever captured with status 200."""
    query = WaybackMachineCDXServerAPI(
        url, filters=[f"statuscode:{OK_STATUS}"], match_type="host", collapses=["urlkey"]
    )
    payload: dict[str, str] = {}
    query.add_payload(payload)
    payload["limit"] = str(MAX_HOST_PAGES)
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
        return CdxResult(CdxOutcome.QUOTA, detail="asked too often (429)")
    if answer.status != 200:
        return CdxResult(
            CdxOutcome.ERROR, detail=f"answered {answer.status}: {text[:EXCERPT_LENGTH]}"
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
    found = _PLAYBACK_URL.search(playback)
    return absolute_url(playback, found[1]) or "" if found else ""


def _parse_lines(text: str) -> CdxResult:
    if not text or text == "[]":
        return CdxResult(CdxOutcome.EMPTY)
    lines = text.splitlines()
    captures = tuple(filter(None, map(_parse_line, lines)))
    if not captures:
        return CdxResult(CdxOutcome.ERROR, detail=f"unexpected answer: {text[:EXCERPT_LENGTH]}")
    return CdxResult(CdxOutcome.OK, captures, skipped=len(lines) - len(captures))


def _parse_line(line: str) -> CDXSnapshot | None:
    """Parse one line, plain or CDXJ as other archives have it; None where it is no capture."""
    try:
        urlkey, timestamp, rest = line.split(" ", 2)
        values = _cdxj_values(rest) if rest.startswith("{") else rest.split(" ")
        return CDXSnapshot(dict(zip(FIELDS, (urlkey, timestamp, *values), strict=True)))
    except (ValueError, RecursionError, AttributeError):  # AttributeError: JSON that is no object
        return None


def _cdxj_values(text: str) -> list[str]:
    fields = json.loads(text)
    return [str(fields.get(name, "-")) for name in ("url", "mime", "status", "digest", "length")]


def _with_revisits(captures: Sequence[CDXSnapshot]) -> list[str]:
    """Give a revisit record the status of the capture it says is unchanged."""
    known: dict[str, str] = {}
    statuses = []
    for capture in captures:
        status = capture.statuscode
        if status == REVISIT:
            status = known.get(capture.digest, REVISIT)
        else:
            known[capture.digest] = status
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
