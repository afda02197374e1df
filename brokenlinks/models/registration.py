"""What a registry says about a registrable domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RegistrationOutcome(StrEnum):
    """How a look-up ended; the last two say nothing about the domain."""

    REGISTERED = "registered"
    NOT_FOUND = "not_found"
    UNSUPPORTED = "unsupported"
    """No RDAP server is known for the top-level domain."""
    NOT_LOOKED_UP = "not_looked_up"


@dataclass(frozen=True, slots=True)
class RegistrationRecord:
    """One registrable domain at its registry.

    `statuses` are in lower-case words, e.g. "redemption period", whatever the spelling.
    """

    domain: str
    outcome: RegistrationOutcome
    looked_up_at: datetime
    registered_at: datetime | None = None
    expires_at: datetime | None = None
    statuses: tuple[str, ...] = ()
    detail: str = ""
