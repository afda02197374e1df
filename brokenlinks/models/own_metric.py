"""A metric of the user's own by domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OwnMetric:
    """A column of a CSV by registrable domain; `lower_is_better` if 1 is best."""

    file: str
    column: str
    lower_is_better: bool
    by_domain: dict[str, float]
    written_at: datetime
