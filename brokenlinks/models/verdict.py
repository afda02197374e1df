"""Verdicts on a link's target, with stage, confidence and grounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from brokenlinks.models.archive import ArchiveRecord
from brokenlinks.models.registration import RegistrationRecord


class Verdict(StrEnum):
    """What the evidence says of an outbound link's target."""

    ALIVE = "alive"
    MOVED = "moved"
    DEAD_GONE = "dead_gone"
    DEAD_DOMAIN = "dead_domain"
    DEAD_HOST = "dead_host"
    SOFT_404 = "soft_404"
    REDIRECTED_HOME = "redirected_home"
    PARKED = "parked"
    HIJACKED = "hijacked"
    DRIFTED = "drifted"
    BLOCKED = "blocked"
    TRANSIENT = "transient"
    UNKNOWN = "unknown"
    UNCHECKED = "unchecked"
    PENDING = "pending"
    """Journalled, not probed yet: a state of the work, not of the target."""


class Stage(StrEnum):
    """Time is evidence: one bad answer makes a suspect, several make a case."""

    NONE = ""
    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"


class Confidence(StrEnum):
    """How far the rule that fired can be trusted; empty where nothing was claimed."""

    NONE = ""
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One verdict with its grounds.

    `rule` names the row of the decision table, `sentence` says it to a person,
    `next_check` is when the target is due again (None: never by itself).
    """

    verdict: Verdict
    reason: str = ""
    confidence: Confidence = Confidence.NONE
    stage: Stage = Stage.NONE
    rule: str = ""
    sentence: str = ""
    next_check: datetime | None = None


MIN_SHARED_REDIRECTS = 3


@dataclass(frozen=True, slots=True)
class VerdictContext:
    """What the archive, the registry and the host's other links say; None: not asked.

    `shared_redirects` counts the deep addresses of the same host, this one included, that were
    all sent on to where this one was.
    """

    archive: ArchiveRecord | None = None
    registration: RegistrationRecord | None = None
    shared_redirects: int = 0
