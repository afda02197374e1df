"""Reads archived copies, and tells the good one from copies of an impostor. No I/O here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from waybackpy.cdx_snapshot import CDXSnapshot

from brokenlinks.html.document import Reading
from brokenlinks.html.summary import Brief
from brokenlinks.liveness.signals.error_pages import error_phrase, parked_phrase, spam_terms
from brokenlinks.models.archive import ArchiveFacts

COPIES_READ = 4


def worth_reading(good: Sequence[CDXSnapshot]) -> list[CDXSnapshot]:
    """Choose from good captures, oldest first: the newest, then ever older ones of other text."""
    distinct = list({capture.digest: capture for capture in good}.values())
    last = len(distinct) - 1
    steps = {round(last * (1 - n / (COPIES_READ - 1))) for n in range(COPIES_READ)}
    return [distinct[step] for step in sorted(steps, reverse=True) if step >= 0]


def is_impostor(reading: Reading) -> bool:
    """Tell a copy that is itself an error page, a lander or a squatter's page."""
    return bool(
        error_phrase(reading.title)
        or error_phrase(reading.h1)
        or parked_phrase(reading.title, reading.h1, reading.text, reading.words)
        or spam_terms(f"{reading.title} {reading.h1}").strong
    )


def with_copy(
    facts: ArchiveFacts, address: str, captured_at: datetime, reading: Reading, brief: Brief
) -> ArchiveFacts:
    """Add what the copy at `address` says to what the index said."""
    return replace(
        facts,
        url=address,
        captured_at=captured_at,
        title=reading.title,
        h1=reading.h1,
        language=reading.language,
        words=brief.words or reading.words,
        brief=brief.as_json(),
    )
