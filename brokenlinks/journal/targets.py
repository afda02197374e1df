"""Targets of outbound links: what was seen of them, the verdict, what an archive knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, or_, select, update

from brokenlinks.archive.facts import ArchiveFacts, ArchiveOutcome
from brokenlinks.items import Confidence, Judgement, Stage, Verdict
from brokenlinks.journal.schema import links, observations, pages, targets
from brokenlinks.liveness.evidence import Evidence

Judge = Callable[[Sequence[Evidence], ArchiveFacts | None], Judgement]

OBSERVATIONS_READ = 30
"""Observations looked back on: enough for months of re-checks."""
DEAD_VERDICTS = (
    Verdict.DEAD_GONE,
    Verdict.DEAD_DOMAIN,
    Verdict.DEAD_HOST,
    Verdict.SOFT_404,
    Verdict.REDIRECTED_HOME,
    Verdict.PARKED,
    Verdict.HIJACKED,
)
MISSES_KEPT = timedelta(days=7)
HITS_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class UnaskedTarget:
    """A dead target the archive has not been asked about; `demand` counts the sites linking."""

    id: int
    url: str
    verdict: Verdict
    demand: int


def judgement_of(row: Row[Any]) -> Judgement:
    """Return the verdict a target has in the journal."""
    return Judgement(
        verdict=Verdict(row.verdict),
        reason=row.reason,
        confidence=Confidence(row.confidence),
        stage=Stage(row.stage),
        rule=row.rule,
        sentence=row.sentence,
        next_check=row.next_check,
    )


def stored_judgement(connection: Connection, target_id: int) -> Judgement:
    """Return the verdict of one target."""
    return judgement_of(connection.execute(select(targets).where(targets.c.id == target_id)).one())


def history_of(connection: Connection, target_id: int) -> list[Evidence]:
    """Return a target's latest observations, oldest first."""
    rows = connection.execute(
        select(observations.c.evidence)
        .where(observations.c.target_id == target_id)
        .order_by(observations.c.id.desc())
        .limit(OBSERVATIONS_READ)
    )
    return [Evidence.from_json(row.evidence) for row in rows][::-1]


def record_observation(
    connection: Connection, target_id: int, run_id: int, evidence: Evidence, judge: Judge
) -> Judgement:
    """Append what was seen, and set the verdict `judge` reaches from it and all that was before."""
    row = connection.execute(_ONE_TARGET, {"target": target_id}).one()
    history = history_of(connection, target_id) if row.checks else []
    judgement = judge([*history, evidence], _archive_facts(row))
    connection.execute(
        _NEW_OBSERVATION,
        {
            "target_id": target_id,
            "checked_at": evidence.checked_at,
            "evidence": evidence.to_json(),
        },
    )
    is_dead = judgement.verdict in DEAD_VERDICTS
    connection.execute(
        _CHECKED_TARGET,
        {
            **_verdict_columns(judgement),
            "target": target_id,
            "final_url": evidence.final_url,
            "last_checked": evidence.checked_at,
            "checks": row.checks + 1,
            "checked_run": run_id,
            "dead_since": (row.dead_since or evidence.checked_at) if is_dead else None,
        },
    )
    return judgement


# Built once: putting these together costs more than running them, and every probe runs them.
_ONE_TARGET = select(targets).where(targets.c.id == bindparam("target"))
_CHECKED_TARGET = update(targets).where(targets.c.id == bindparam("target"))
_NEW_OBSERVATION = insert(observations)


def record_verdict(connection: Connection, target_id: int, judgement: Judgement) -> None:
    """Set a verdict that rests on no new observation: archive facts came in, or none was made."""
    connection.execute(
        update(targets).where(targets.c.id == target_id).values(**_verdict_columns(judgement))
    )


def record_archive(connection: Connection, target_id: int, facts: ArchiveFacts) -> None:
    """Store an archive's answer. A look-up that got none leaves the earlier answer alone."""
    if facts.outcome is ArchiveOutcome.NOT_LOOKED_UP:
        values: dict[str, Any] = {"archive_detail": facts.detail}
    else:
        values = {
            "archive_outcome": facts.outcome,
            "archive_url": facts.url,
            "archive_mime": facts.mime,
            "archive_detail": facts.detail,
            "archive_captured_at": facts.captured_at,
            "archive_gone_after": facts.gone_after_last_good,
            "archive_site_lately": facts.site_good_lately,
            "archive_looked_up_at": facts.looked_up_at,
        }
    connection.execute(update(targets).where(targets.c.id == target_id).values(**values))


def unasked_targets(
    connection: Connection, niche: str, now: datetime, ids: Sequence[int] | None = None
) -> list[UnaskedTarget]:
    """Return the niche's dead targets the archive should be asked about, most linked-to first.

    Answers are kept: hits for 30 days, misses for 7. `ids` asks about these targets only.
    """
    demand = func.count(pages.c.site.distinct())
    is_hit = targets.c.archive_outcome == ArchiveOutcome.FOUND
    query = (
        select(targets.c.id, targets.c.url, targets.c.verdict, demand.label("demand"))
        .join(links, links.c.target_id == targets.c.id)
        .join(pages, pages.c.id == links.c.page_id)
        .where(
            pages.c.niche == niche,
            links.c.gone_at.is_(None),
            targets.c.verdict.in_(DEAD_VERDICTS),
            or_(
                targets.c.archive_looked_up_at.is_(None),
                is_hit & (targets.c.archive_looked_up_at < now - HITS_KEPT),
                ~is_hit & (targets.c.archive_looked_up_at < now - MISSES_KEPT),
            ),
        )
        .group_by(targets.c.id, targets.c.url, targets.c.verdict)
        .order_by(demand.desc(), targets.c.id)
    )
    if ids is not None:
        query = query.where(targets.c.id.in_(ids))
    return [
        UnaskedTarget(row.id, row.url, Verdict(row.verdict), row.demand)
        for row in connection.execute(query)
    ]


def checked_in_run(connection: Connection, run_id: int) -> int:
    """Count the targets a run has probed."""
    query = select(func.count()).select_from(targets).where(targets.c.checked_run == run_id)
    return connection.execute(query).scalar_one()


def _verdict_columns(judgement: Judgement) -> dict[str, Any]:
    return {
        "verdict": judgement.verdict,
        "reason": judgement.reason,
        "confidence": judgement.confidence,
        "stage": judgement.stage,
        "rule": judgement.rule,
        "sentence": judgement.sentence,
        "next_check": judgement.next_check,
    }


def _archive_facts(row: Row[Any]) -> ArchiveFacts | None:
    """Return what the archive said of a target, None when it never answered."""
    if row.archive_looked_up_at is None:
        return None
    return ArchiveFacts(
        outcome=ArchiveOutcome(row.archive_outcome),
        looked_up_at=row.archive_looked_up_at,
        url=row.archive_url,
        captured_at=row.archive_captured_at,
        mime=row.archive_mime,
        gone_after_last_good=row.archive_gone_after,
        site_good_lately=row.archive_site_lately,
        detail=row.archive_detail,
    )
