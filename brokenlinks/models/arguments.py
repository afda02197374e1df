"""The spiders' names, and the limits of a run."""

from __future__ import annotations

from dataclasses import dataclass

CRAWL, RECHECK, VERIFY, REPORT = "resources", "recheck", "verify", "report"


@dataclass(frozen=True, slots=True)
class Budgets:
    """Limits of a run; `links` counts distinct targets probed, `depth` sites from a seed."""

    sites: int = 50
    pages: int = 300
    links: int = 5_000
    depth: int = 6
