"""What makes a dead host of a failure that lasts. Time alone is no proof: a wall lasts as well.

The home page must fail as well, nothing may have worked since the last living page or look like a
wall or maintenance, and the archive must not have had a good copy since the first failure.
"""

from __future__ import annotations

from collections.abc import Sequence

from brokenlinks.http.response import CONNECTION_ERRORS, FetchError
from brokenlinks.liveness.rules import THREE_CHECKS_IN_NINE_DAYS
from brokenlinks.liveness.signals.outages import OUTAGE_SIGNALS
from brokenlinks.models.evidence import (
    FAILING_STATUSES,
    NO_RESPONSE_ERRORS,
    UNREADABLE_ERRORS,
    Evidence,
)
from brokenlinks.models.lookups import ArchiveOutcome, ArchiveRecord
from brokenlinks.models.verdict import Stage
from brokenlinks.text.urls import is_root

SIGNS_OF_LIFE = frozenset({*OUTAGE_SIGNALS, "unexplained"})
"""No list has every wording of bans and notices: of 276 such pages that others wrote, words alone
missed one in four. So a page with text must name a failure, too, before time makes it dead."""
SILENT_ERRORS = frozenset({FetchError.TIMEOUT, FetchError.EMPTY_REPLY})
"""Somebody takes the connection and says nothing, as tarpits and nginx's 444 do to programs."""


def host_is_down(evidence: Evidence) -> bool:
    """Return whether page and home page fail, without a sign that others are served."""
    if shows_life(evidence):
        return False
    if evidence.error in CONNECTION_ERRORS or is_root(evidence.final_url):
        return True  # the same for any path
    root = evidence.root
    # The home page did not answer, else it would have shown life; it may not have been asked.
    return root is not None and (root.status is not None or root.error in NO_RESPONSE_ERRORS)


def shows_life(evidence: Evidence) -> bool:
    """Return whether anything of the host worked, or a wall or a notice spoke in its place."""
    if evidence.offline or evidence.skip_reason is not None:
        return False  # says nothing about the host
    root = evidence.root
    return (
        evidence.host_responds
        or evidence.bot_protection is not None
        or not evidence.signals.keys().isdisjoint(SIGNS_OF_LIFE)
        or "retry-after" in evidence.headers
        or evidence.error in UNREADABLE_ERRORS
        or _answers(evidence.status)
        or (root is not None and (root.blocked or _answers(root.status)))
    )


def _answers(status: int | None) -> bool:
    return status is not None and status not in FAILING_STATUSES


def stage_of_lasting_failure(failures: Sequence[Evidence], archive: ArchiveRecord | None) -> Stage:
    """Return how far the archive bears out that a host is dead; NONE where it speaks against it.

    Suspected until the archive was asked after the failure had lasted.
    """
    first = failures[0].checked_at
    if archive is None:
        return Stage.SUSPECTED
    if archive.captured_at is not None and archive.captured_at >= first:
        return Stage.NONE
    asked_since = archive.looked_up_at >= first + THREE_CHECKS_IN_NINE_DAYS[1]
    if archive.outcome is ArchiveOutcome.NOT_LOOKED_UP or not asked_since:
        return Stage.SUSPECTED
    silent = any(evidence.error in SILENT_ERRORS for evidence in failures)
    # A host that is silent to us needs a witness that was let in once and no longer finds it.
    knows_host = archive.outcome is ArchiveOutcome.FOUND or (
        archive.outcome is ArchiveOutcome.NONE and not silent
    )
    return Stage.CONFIRMED if knows_host and not archive.site_archived_recently else Stage.NONE
