"""Rules on the status, the headers and the block page of an HTTP response."""

from __future__ import annotations

from datetime import timedelta

from brokenlinks.http.response import retry_after_seconds
from brokenlinks.liveness.followups import ERROR_SIGNALS, siblings_differ
from brokenlinks.liveness.rules import (
    DAY,
    MONTHLY,
    THREE_CHECKS_IN_NINE_DAYS,
    WEEKLY,
    Finding,
    suspect,
)
from brokenlinks.liveness.rules.content import find_placeholder
from brokenlinks.liveness.rules.lasting import host_is_down
from brokenlinks.liveness.topic import has_expected_content
from brokenlinks.models.evidence import (
    AUTH_STATUSES,
    GONE_STATUSES,
    NEVER_DEAD_STATUSES,
    PROTOCOL_STATUSES,
    RATE_STATUSES,
    REFUSING_STATUSES,
    SERVED_STATUSES,
    UNREADABLE_ERRORS,
    Evidence,
)
from brokenlinks.models.verdict import Confidence, Reason, Verdict, VerdictContext

MAX_SMALL_BODY_BYTES = 2_048
"""A 202 with no more than this is a challenge rather than a page."""


def bot_protection(evidence: Evidence, _: VerdictContext) -> Finding | None:
    protection = evidence.bot_protection
    if protection is None:
        return None
    return _blocked(Confidence.HIGH if protection.conclusive else Confidence.MEDIUM)


def login_or_payment_required(evidence: Evidence, _: VerdictContext) -> Finding | None:
    if evidence.status in AUTH_STATUSES:
        reason = Reason.AUTH
    elif evidence.to_login:
        reason = Reason.LOGIN_REDIRECT
    elif evidence.status == 402:
        reason = Reason.PAYWALL
    else:
        return None
    return Finding(Verdict.BLOCKED, reason, Confidence.HIGH, recheck=MONTHLY)


def access_denied(evidence: Evidence, _: VerdictContext) -> Finding | None:
    if "refusal" in evidence.signals:
        return _blocked(Confidence.LOW)
    if evidence.status not in REFUSING_STATUSES:
        return None
    if evidence.status == 451:
        return Finding(Verdict.BLOCKED, Reason.LEGAL_451, Confidence.MEDIUM, recheck=WEEKLY)
    return _blocked(Confidence.MEDIUM)


def rate_limited(evidence: Evidence, _: VerdictContext) -> Finding | None:
    retry_after = evidence.headers.get("retry-after")
    if evidence.status not in RATE_STATUSES and (evidence.status != 503 or retry_after is None):
        return None
    seconds = retry_after_seconds(retry_after or "", evidence.checked_at)
    first = timedelta(seconds=seconds) if seconds else timedelta(minutes=15)
    return Finding(
        Verdict.TRANSIENT, Reason.RATE, recheck=(first, 2 * first, 4 * first, max(8 * first, DAY))
    )


def gone_status_with_content(evidence: Evidence, _: VerdictContext) -> Finding | None:
    """Leave open a 404 that shows the page all the same, or an application that may show it."""
    if evidence.status not in GONE_STATUSES or not evidence.signals.keys().isdisjoint(
        ERROR_SIGNALS
    ):
        return None
    # Siblings of a missing page are asked for where title and heading are what the link says.
    shows_page = has_expected_content(evidence) or siblings_differ(evidence)
    if not shows_page and not evidence.script_shell:
        return None
    return Finding(
        Verdict.UNKNOWN, Reason(f"http_{evidence.status}"), Confidence.LOW, (3 * DAY, 7 * DAY)
    )


def gone_with_living_home(evidence: Evidence, context: VerdictContext) -> Finding | None:
    if evidence.status not in GONE_STATUSES or not _has_working_home(evidence):
        return None
    for_good = evidence.status == 410
    archived_gone = context.archive is not None and context.archive.gone_after_last_good
    sure = for_good or archived_gone
    confidence = Confidence.HIGH if sure else Confidence.MEDIUM
    reason = Reason(f"http_{evidence.status}")
    return suspect(Verdict.DEAD_GONE, reason, confidence, corroborated=sure)


def gone_without_living_home(evidence: Evidence, context: VerdictContext) -> Finding | None:
    if evidence.status not in GONE_STATUSES:
        return None
    if evidence.root is not None and (
        evidence.root.blocked or evidence.root.status in NEVER_DEAD_STATUSES
    ):
        return _blocked(Confidence.LOW)
    if placeholder := find_placeholder(evidence):
        return placeholder
    if context.archive is not None and context.archive.site_archived_recently:
        return _blocked(Confidence.LOW)
    return Finding(
        Verdict.DEAD_HOST,
        Reason(f"http_{evidence.status}"),
        Confidence.LOW,
        recheck=(3 * DAY, 6 * DAY, 7 * DAY),
        confirmed_after=THREE_CHECKS_IN_NINE_DAYS,
    )


def inconclusive_response(evidence: Evidence, _: VerdictContext) -> Finding | None:
    recheck = (3 * DAY, 7 * DAY)
    if evidence.error in UNREADABLE_ERRORS:
        return Finding(Verdict.UNKNOWN, Reason(evidence.error), Confidence.LOW, recheck)
    status = evidence.status
    if status is None or evidence.redirect_error is not None:
        return None
    if status == 202 and evidence.bytes_read < MAX_SMALL_BODY_BYTES:
        return _blocked(Confidence.LOW)
    odd_success = status // 100 == 2 and status not in SERVED_STATUSES
    no_page = status // 100 in {1, 3}
    other_refusal = status // 100 == 4 and status not in GONE_STATUSES
    if odd_success or no_page or other_refusal or status in PROTOCOL_STATUSES:
        return Finding(Verdict.UNKNOWN, Reason.HTTP_OTHER, Confidence.LOW, recheck)
    return None


def server_error(evidence: Evidence, _: VerdictContext) -> Finding | None:
    if evidence.status is None or evidence.status < 500:
        return None
    return Finding(
        Verdict.TRANSIENT,
        Reason.HTTP_5XX,
        Confidence.LOW,
        recheck=(DAY, 3 * DAY, 5 * DAY, 7 * DAY),
        dead_after=THREE_CHECKS_IN_NINE_DAYS if host_is_down(evidence) else None,
    )


def _blocked(confidence: Confidence) -> Finding:
    return Finding(Verdict.BLOCKED, Reason.BOT_PROTECTION, confidence, recheck=WEEKLY)


def _has_working_home(evidence: Evidence) -> bool:
    root = evidence.root
    return (
        root is not None
        and root.status is not None
        and root.status < 400
        and not root.blocked
        and not root.same_body
    )
