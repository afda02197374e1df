"""The Wayback Machine's index: waybackpy speaks, Scrapy's downloader carries. No I/O here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from urllib.parse import urlsplit

from waybackpy import WaybackMachineCDXServerAPI
from waybackpy.cdx_snapshot import CDXSnapshot
from waybackpy.cdx_utils import full_url

from brokenlinks.http.response import FetchResult
from brokenlinks.models.archive import ArchiveOutcome, ArchiveRecord

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
NEWEST_CAPTURES = 40
MAX_HOST_PAGES = 5_000
OK_STATUS = "200"
REVISIT = "-"
PERMANENT = frozenset({"301", "308"})
GONE = frozenset({"404", "410"})
EXCLUDED_TEXT = "Blocked Site Error"
EXCERPT_LENGTH = 200


class CdxOutcome(StrEnum):
    """How the index answered; only `OK` and `EMPTY` say something about captures."""

    OK = "ok"
    EMPTY = "empty"
    BLOCKED = "blocked"
    QUOTA = "quota"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class CdxResult:
    """Captures oldest first, or in `detail` what came instead."""

    outcome: CdxOutcome
    captures: tuple[CDXSnapshot, ...] = ()
    detail: str = ""


def captures_query(
    endpoint: str,
    url: str,
    *,
    newest: int | None = NEWEST_CAPTURES,
    only_good: bool = False,
    whole_host: bool = False,
    since: datetime | None = None,
) -> str:
    """Return the address that asks the index for the `newest` captures of `url` (or its host).

    None for all: archives other than the Wayback Machine do not count from the end.
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
    """Return the address that asks which pages of a host were ever captured as served."""
    query = WaybackMachineCDXServerAPI(
        url, filters=[f"statuscode:{OK_STATUS}"], match_type="host", collapses=["urlkey"]
    )
    payload: dict[str, str] = {}
    query.add_payload(payload)
    payload["limit"] = str(MAX_HOST_PAGES)
    return str(full_url(endpoint, payload))


def captured_page_keys(result: CdxResult) -> frozenset[str] | None:
    """Return the keys of a host's captured pages; None where the answer does not tell them all."""
    if result.outcome not in {CdxOutcome.OK, CdxOutcome.EMPTY}:
        return None
    if len(result.captures) >= MAX_HOST_PAGES:
        return None
    return frozenset(page_key(capture.original) for capture in result.captures)


def page_key(url: str) -> str:
    """Return what an index files a page under, whatever its scheme, case and `www`."""
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
    """Tell the last good copy, and whether the page was seen gone after it."""
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
    """Return the captures of a page that was served, oldest first."""
    told = zip(captures, _with_revisits(captures), strict=True)
    return [capture for capture, status in told if status == OK_STATUS]


def _parse_lines(text: str) -> CdxResult:
    if not text or text == "[]":
        return CdxResult(CdxOutcome.EMPTY)
    try:
        return CdxResult(CdxOutcome.OK, tuple(_parse_line(line) for line in text.splitlines()))
    except ValueError:
        return CdxResult(CdxOutcome.ERROR, detail=f"unexpected answer: {text[:EXCERPT_LENGTH]}")


def _parse_line(line: str) -> CDXSnapshot:
    """Parse one line, plain or in the CDXJ of other archives. Raises ValueError when it is none."""
    urlkey, timestamp, rest = line.split(" ", 2)
    values = _cdxj_values(rest) if rest.startswith("{") else rest.split(" ")
    return CDXSnapshot(dict(zip(FIELDS, (urlkey, timestamp, *values), strict=True)))


def _cdxj_values(text: str) -> list[str]:
    told = json.loads(text)
    return [str(told.get(name, "-")) for name in ("url", "mime", "status", "digest", "length")]


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
