"""Reads archived copies, and tells the good one from copies of an impostor. No I/O here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from waybackpy.cdx_snapshot import CDXSnapshot

from brokenlinks.html.document import HtmlDocument
from brokenlinks.html.summary import Brief
from brokenlinks.liveness.signals.error_pages import error_phrase
from brokenlinks.liveness.signals.parking import parked_phrase
from brokenlinks.liveness.signals.spam import find_spam_terms
from brokenlinks.models.archive import ArchiveRecord

MAX_SNAPSHOTS_READ = 4


def snapshots_to_read(good: Sequence[CDXSnapshot]) -> list[CDXSnapshot]:
    """Choose from good captures, oldest first: the newest, then ever older ones of other text."""
    distinct = list({capture.digest: capture for capture in good}.values())
    last = len(distinct) - 1
    steps = {round(last * (1 - n / (MAX_SNAPSHOTS_READ - 1))) for n in range(MAX_SNAPSHOTS_READ)}
    return [distinct[step] for step in sorted(steps, reverse=True) if step >= 0]


def is_unusable_snapshot(reading: HtmlDocument) -> bool:
    """Tell a copy that is itself an error page, a lander or a squatter's page."""
    return bool(
        error_phrase(reading.title)
        or error_phrase(reading.h1)
        or parked_phrase(reading.title, reading.h1, reading.text, reading.words)
        or find_spam_terms(f"{reading.title} {reading.h1}").strong
    )


def with_snapshot(
    record: ArchiveRecord, url: str, captured_at: datetime, reading: HtmlDocument, brief: Brief
) -> ArchiveRecord:
    """Add what the copy at `url` says to what the index said."""
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
