"""Who else speaks about a target, beside the observation itself: values only."""

from __future__ import annotations

from dataclasses import dataclass

from brokenlinks.models.archive import ArchiveFacts
from brokenlinks.models.registration import RegistrationFacts


@dataclass(frozen=True, slots=True)
class Witnesses:
    """What the archive, the registry and the host's other links say; None: not asked.

    `landed_together` counts the deep addresses of the same host, this one included, that were
    all sent on to where this one was.
    """

    archive: ArchiveFacts | None = None
    registration: RegistrationFacts | None = None
    landed_together: int = 0


NOBODY = Witnesses()
