"""The user's own numbers by domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OwnMetric:
    """The numbers of a CSV by registrable domain; `lower_is_better` where 1 is best."""

    file: str
    column: str
    lower_is_better: bool
    by_domain: dict[str, float]
    written_at: datetime
