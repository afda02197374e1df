"""Targets of outbound links: observations and verdicts."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from brokenlinks.models.evidence import Evidence
from brokenlinks.models.verdict import (
    MIN_SHARED_REDIRECTS,
    Confidence,
    Judgement,
    Stage,
    Verdict,
    VerdictContext,
)
from brokenlinks.store.lookups import archive_record, registration_of, registrations_of
from brokenlinks.store.schema import links, observations, targets
from brokenlinks.text.urls import host_of, is_root, registrable_domain, site_of

logger = logging.getLogger(__name__)

Judge = Callable[[Sequence[Evidence], VerdictContext], Judgement]

MAX_ANCHORS = 5
MAX_REDIRECT_PEERS = 50
"""Targets of a site with the same redirect destination; enough for each of its hosts."""
MAX_OBSERVATIONS = 30
"""Latest observations that a verdict rests on: enough for months of re-checks."""


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
    return _histories(connection, [target_id])[target_id]


def record_observations(
    connection: Connection, observed: Sequence[tuple[int, Evidence]], *, run_id: int, judge: Judge
) -> list[Judgement]:
    """Append observations, at most one a target, and set the verdicts that `judge` reaches.

    A verdict rests on all observations of its target, the archive, the registry and the redirects
    of the host's other targets.
    """
    rows = {
        row.id: row for row in connection.execute(_TARGETS, {"ids": [id_ for id_, _ in observed]})
    }
    histories = _histories(connection, [row.id for row in rows.values() if row.checks])
    registered = registrations_of(connection, {_domain_of(row) for row in rows.values()})
    destinations = _SharedDestinations(connection, observed)
    judgements, stored, changed, outdated = [], [], [], []
    for target_id, evidence in observed:
        row, now = rows[target_id], evidence.checked_at
        peers = destinations.add(row, evidence)
        registration = registered.get(_domain_of(row))
        context = VerdictContext(archive_record(row), registration, len(peers) + 1)
        judgement = judge([*histories[target_id], evidence], context)
        judgements.append(judgement)
        stored.append({"target_id": target_id, "checked_at": now, "evidence": evidence.to_json()})
        changed.append(
            {
                **_verdict_columns(judgement, row, now),
                "target": target_id,
                "final_url": evidence.final_url,
                "last_checked": now,
                "checks": row.checks + 1,
                "checked_run": run_id,
            }
        )
        if len(peers) + 1 == MIN_SHARED_REDIRECTS:
            # The threshold was reached just now: the earlier ones were judged without it.
            outdated += [(peer, now) for peer in peers]
    connection.execute(insert(observations), stored)
    connection.execute(_CHANGED_TARGET, changed)
    for peer, now in outdated:
        refresh_verdict(connection, peer, now, judge)
    return judgements


def _histories(connection: Connection, ids: Sequence[int]) -> defaultdict[int, list[Evidence]]:
    """Return the latest observations of each target, oldest first, but damaged ones."""
    texts: defaultdict[int, list[str]] = defaultdict(list)
    if ids:
        for row in connection.execute(_OBSERVATIONS, {"ids": ids}):
            texts[row.target_id].append(row.evidence)
    histories: defaultdict[int, list[Evidence]] = defaultdict(list)
    for target_id, stored in texts.items():
        for text in stored[-MAX_OBSERVATIONS:]:
            try:
                histories[target_id].append(Evidence.from_json(text))
            except ValueError as error:
                logger.warning("Left out an observation of link %d: %s", target_id, error)
    return histories


class _SharedDestinations:
    """Finds targets of one host with the same redirect destination, stored ones and new ones.

    Only MIN_SHARED_REDIRECTS are kept per host, so that the count passes the threshold once.
    """

    def __init__(self, connection: Connection, observed: Sequence[tuple[int, Evidence]]) -> None:
        redirected = [evidence for _, evidence in observed if _is_deep_redirect(evidence)]
        self._targets: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        """Targets by host and destination."""
        if redirected:
            updated = {target_id for target_id, _ in observed}
            ends = list({evidence.final_url for evidence in redirected})
            sites = list({site_of(evidence.url) for evidence in redirected})
            for row in connection.execute(_SAME_DESTINATION, {"ends": ends, "sites": sites}):
                if row.id not in updated:
                    self._remember(row.id, row.url, row.final_url)

    def add(self, row: Row[Any], evidence: Evidence) -> set[int]:
        """Add a target; return the host's other deep targets redirected to the same URL."""
        final_url, peers = evidence.final_url, set[int]()
        if _is_deep_redirect(evidence):
            peers = self._targets[host_of(row.url), final_url] - {row.id}
        if final_url:
            self._remember(row.id, row.url, final_url)
        return peers

    def _remember(self, target_id: int, url: str, final_url: str) -> None:
        same = self._targets[host_of(url), final_url]
        if len(same) < MIN_SHARED_REDIRECTS and url != final_url and not is_root(url):
            same.add(target_id)


def _is_deep_redirect(evidence: Evidence) -> bool:
    return bool(evidence.hops and evidence.final_url) and not is_root(evidence.url)


def refresh_verdict(connection: Connection, target_id: int, now: datetime, judge: Judge) -> None:
    """Judge a target again after a look-up, without a new observation."""
    row = connection.execute(_ONE_TARGET, {"target": target_id}).one()
    history = history_of(connection, target_id)
    if history:
        peers = _SharedDestinations(connection, [(target_id, history[-1])]).add(row, history[-1])
        registration = registration_of(connection, _domain_of(row))
        context = VerdictContext(archive_record(row), registration, len(peers) + 1)
        judgement = judge(history, context)
        columns = _verdict_columns(judgement, row, now)
        connection.execute(_CHANGED_TARGET, {**columns, "target": target_id})


def record_verdict(connection: Connection, target_id: int, judgement: Judgement) -> None:
    """Set the verdict of a target that was not probed."""
    row = connection.execute(_ONE_TARGET, {"target": target_id}).one()
    columns = _verdict_columns(judgement, row, row.first_seen)
    connection.execute(_CHANGED_TARGET, {**columns, "target": target_id})


def verdicts_of_run(connection: Connection, run_id: int) -> dict[str, int]:
    """Count the targets a run has probed by the verdict they have now."""
    query = select(targets.c.verdict, func.count()).where(targets.c.checked_run == run_id)
    rows = connection.execute(query.group_by(targets.c.verdict))
    return {row[0]: row[1] for row in rows}


def checked_in_run(connection: Connection, run_id: int) -> int:
    """Count the targets a run has probed."""
    query = select(func.count()).select_from(targets).where(targets.c.checked_run == run_id)
    return connection.execute(query).scalar_one()


def anchors_of(connection: Connection, ids: Sequence[int]) -> list[list[str]]:
    """Return the anchors of the links to each target, the most frequent first."""
    anchors: dict[int, list[str]] = {target_id: [] for target_id in ids}
    for row in connection.execute(_ANCHORS, {"ids": list(ids)}):
        if row.anchor and len(anchors[row.target_id]) < MAX_ANCHORS:
            anchors[row.target_id].append(row.anchor)
    return [anchors[target_id] for target_id in ids]


def _verdict_columns(judgement: Judgement, row: Row[Any], now: datetime) -> dict[str, Any]:
    recovered = judgement.verdict is Verdict.ALIVE and row.dead_since is not None
    is_confirmed = judgement.stage is Stage.CONFIRMED
    dead_since = row.dead_since or (now if judgement.verdict.is_dead else None)
    return {
        **{name: getattr(judgement, name) for name in Judgement.__dataclass_fields__},
        # A refusal or failure in between proves nothing: the date stays until the page works.
        "dead_since": None if judgement.verdict.is_living else dead_since,
        "confirmed_at": (row.confirmed_at or now) if is_confirmed else None,
        "recovered_at": now if recovered else row.recovered_at,
    }


def _domain_of(row: Row[Any]) -> str:
    return registrable_domain(host_of(row.url))


# Built once: building these costs more than running them, and every batch runs them.
_ONE_TARGET = select(targets).where(targets.c.id == bindparam("target"))
_TARGETS = select(targets).where(targets.c.id.in_(bindparam("ids", expanding=True)))
_CHANGED_TARGET = update(targets).where(targets.c.id == bindparam("target"))
_OBSERVATIONS = (
    select(observations.c.target_id, observations.c.evidence)
    .where(observations.c.target_id.in_(bindparam("ids", expanding=True)))
    .order_by(observations.c.id)
)
_REDIRECT_PEERS = (
    select(
        targets.c.id,
        targets.c.url,
        targets.c.final_url,
        func.row_number().over(partition_by=(targets.c.final_url, targets.c.site)).label("place"),
    )
    .where(
        targets.c.final_url.in_(bindparam("ends", expanding=True)),
        targets.c.site.in_(bindparam("sites", expanding=True)),
    )
    .subquery()
)
_SAME_DESTINATION = select(_REDIRECT_PEERS).where(_REDIRECT_PEERS.c.place <= MAX_REDIRECT_PEERS)
_ANCHORS = (
    select(links.c.target_id, links.c.anchor)
    .where(links.c.target_id.in_(bindparam("ids", expanding=True)), links.c.gone_at.is_(None))
    .group_by(links.c.target_id, links.c.anchor)
    .order_by(func.count().desc(), links.c.anchor)
)
