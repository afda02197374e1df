"""The verdict: what the decision table finds now and found before. Pure.

Repeated failures confirm a suspected link; a working page clears it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from brokenlinks.liveness.messages import message_for
from brokenlinks.liveness.rules import Finding
from brokenlinks.liveness.rules.lasting import shows_life, stage_of_lasting_failure
from brokenlinks.liveness.rules.table import first_match
from brokenlinks.models.evidence import Evidence
from brokenlinks.models.verdict import Confidence, Judgement, Reason, Stage, Verdict, VerdictContext

NO_CONTEXT = VerdictContext()


def judge(history: Sequence[Evidence], context: VerdictContext = NO_CONTEXT) -> Judgement:
    """Return the verdict after the observations `history` (oldest first, at least one)."""
    latest = history[-1]
    finding, rule = first_match(latest, context)
    since_alive = _since_alive(history, finding, context)
    # A refusal, a failure of our own network or a passing failure in between is left out.
    streak = [seen for seen, found in since_alive if _family(found) == _family(finding)]
    if any(shows_life(seen) and not found.verdict.is_dead for seen, found in since_alive):
        finding = replace(finding, dead_after=None)
    finding, stage = _apply_history(finding, streak, context)
    other_status = finding.reason is Reason.HTTP_OTHER
    return Judgement(
        verdict=finding.verdict,
        reason=f"http_{latest.status}" if other_status else finding.reason,
        confidence=finding.confidence,
        stage=stage,
        rule=rule,
        sentence=message_for(finding.reason, latest, streak),
        next_check=_next_check(finding, streak),
    )


def _since_alive(
    history: Sequence[Evidence], finding: Finding, context: VerdictContext
) -> list[tuple[Evidence, Finding]]:
    """Return the observations since the last living page, with what each alone shows."""
    since = [(history[-1], finding)]
    for evidence in reversed(history[:-1]):
        other, _ = first_match(evidence, context)
        if other.verdict.is_living and not finding.verdict.is_living:
            break
        since.append((evidence, other))
    return since[::-1]


def _family(finding: Finding) -> str:
    """Group the findings that count together: a host that is down fails in many ways."""
    return "down" if finding.dead_after is not None else finding.verdict


def _lasted(streak: Sequence[Evidence], need: tuple[int, timedelta] | None) -> bool:
    if need is None:
        return False
    checks, span = need
    return len(streak) >= checks and streak[-1].checked_at - streak[0].checked_at >= span


def _apply_history(
    finding: Finding, streak: Sequence[Evidence], context: VerdictContext
) -> tuple[Finding, Stage]:
    if _lasted(streak, finding.dead_after):
        stage = stage_of_lasting_failure(streak, context.archive)
        if stage is not Stage.NONE:
            return replace(finding, verdict=Verdict.DEAD_HOST), stage
    if finding.confirmed_at_once:
        return finding, Stage.CONFIRMED
    if _lasted(streak, finding.confirmed_after):
        return replace(finding, confidence=_raised_confidence(finding)), Stage.CONFIRMED
    if finding.confirmed_after is not None:
        return finding, Stage.SUSPECTED
    if finding.dead_after is None and finding.verdict is not Verdict.TRANSIENT:
        return finding, Stage.NONE
    return replace(finding, confidence=Confidence.NONE), Stage.NONE


def _raised_confidence(finding: Finding) -> Confidence:
    """Trust an absence that lasted for a day or more, unless its rule alone is weak.

    Time adds nothing about a served page: a consent page or an odd title stays as it is.
    """
    lasting = finding.verdict.is_absent and finding.confidence is not Confidence.LOW
    return Confidence.HIGH if lasting else finding.confidence


def _next_check(finding: Finding, streak: Sequence[Evidence]) -> datetime | None:
    if not finding.recheck:
        return None
    wait = finding.recheck[min(len(streak), len(finding.recheck)) - 1]
    try:
        return streak[-1].checked_at + wait
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)
