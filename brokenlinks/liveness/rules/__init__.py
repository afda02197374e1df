"""The decision table: rules over one observation, in four parts. Pure; the first match wins.

A rule returns a `Finding` or None. Its name is stored with the verdict.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from brokenlinks.models.evidence import Evidence
from brokenlinks.models.verdict import Confidence, Reason, Verdict, VerdictContext

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEKLY = (7 * DAY,)
MONTHLY = (30 * DAY,)
TWO_CHECKS_A_DAY_APART = (2, DAY)
"""Enough for what a server says plainly: deployments and outages that look alike last hours."""
THREE_CHECKS_IN_NINE_DAYS = (3, 9 * DAY)
"""For silence and failures: these may last over a weekend and a week of holidays."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one observation alone shows.

    `dead_after` (checks, span): when a failure that may pass becomes `DEAD_HOST`,
    if nothing speaks against it (see `lasting`).
    `confirmed_after` (checks, span): when a suspected finding is confirmed. `recheck`: the waiting
    times after the first, second, ... such observation; none: only a new run checks again.
    """

    verdict: Verdict
    reason: Reason
    confidence: Confidence = Confidence.NONE
    recheck: tuple[timedelta, ...] = ()
    dead_after: tuple[int, timedelta] | None = None
    confirmed_after: tuple[int, timedelta] | None = None
    confirmed_at_once: bool = False


Rule = Callable[[Evidence, VerdictContext], Finding | None]


def suspect(
    verdict: Verdict, reason: Reason, confidence: Confidence, *, corroborated: bool = False
) -> Finding:
    """Return a finding that a second check a day later, or a second signal, confirms."""
    return Finding(
        verdict,
        reason,
        confidence,
        recheck=(DAY, 7 * DAY, 30 * DAY),
        confirmed_after=TWO_CHECKS_A_DAY_APART,
        confirmed_at_once=corroborated,
    )


def doubt(reason: Reason) -> Finding:
    """Return a finding that the page has changed, for a reason that is not clear."""
    return Finding(Verdict.DRIFTED, reason, Confidence.LOW, recheck=WEEKLY)
