"""A run: its spider, its limits, how it ended, and what it has counted so far."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from brokenlinks.http.service import Outcome

CRAWL, RECHECK, VERIFY, REPORT = "resources", "recheck", "verify", "report"
"""The spiders' names, and that of the command which works without one."""


@dataclass(frozen=True, slots=True)
class Budgets:
    """Limits of a run; `links` counts distinct targets probed, `depth` sites from a seed."""

    sites: int = 50
    pages: int = 300
    links: int = 5_000
    depth: int = 6


class ExitCode(IntEnum):
    """How a command ended; documented for scripts and cron, so numbers stay."""

    SUCCESS = 0
    USAGE = 2
    """An argument or a setting cannot be used."""
    NOTHING_FOUND = 3
    LOCKED = 4
    """Another run of the niche is in progress."""
    PROBLEMS = 5
    NETWORK_UNFIT = 6
    """Our own network did not work; links that failed meanwhile were not called dead."""


class LookupService(StrEnum):
    """Who is asked about what the crawl has found."""

    ARCHIVE = "archive"
    REGISTRY = "registry"
    CONTACTS = "contacts"
    CITATIONS = "citations"
    OWN_SITE = "own_site"


@dataclass(slots=True)
class LookupStats:
    """Look-ups at one service: counts by outcome, and how many are left to the next run.

    `problem` is the latest reason why a look-up had no answer, `forbidden` says that the user's
    settings allow none.
    """

    counts: Counter[str] = field(default_factory=Counter)
    left: int = 0
    forbidden: bool = False
    problem: str = ""

    def count(self, outcome: str, problem: str = "") -> None:
        """Count one look-up."""
        self.counts[outcome] += 1
        self.problem = problem or self.problem


@dataclass(slots=True)
class SearchStats:
    """Searches at one provider: the worst outcome, counts, and the provider's own words."""

    outcome: Outcome = Outcome.EMPTY
    queries: int = 0
    addresses: int = 0
    detail: str = ""

    @property
    def is_bad(self) -> bool:
        """Whether the user should know more than the counts."""
        return self.outcome not in {Outcome.OK, Outcome.EMPTY}

    def count(self, outcome: Outcome, addresses: int, detail: str) -> None:
        """Count one query. An empty answer after good ones is no news, a refusal is."""
        self.queries += 1
        self.addresses += addresses
        if self.outcome is Outcome.EMPTY or outcome not in {Outcome.OK, Outcome.EMPTY}:
            self.outcome = outcome
        self.detail = detail or self.detail


@dataclass(slots=True)
class RunStats:
    """Counts of one run; `rejected` (pages) and `verdicts` (targets) are by reason.

    `targets_over_time` are those of hosts that had used their time. When the run as a whole was
    `out_of_time`, or stopped, so many pages and targets are left to read and to check.
    `skipped` counts pages left unread, by the limit that left them; `rows_chosen` are the rows
    of the workbook to verify, and `verified` counts what became of them.
    """

    pages_accepted: int = 0
    pages_unchanged: int = 0
    pages_rejected: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    skipped: Mapping[str, int] = field(default_factory=dict)
    links_found: int = 0
    links_settled: int = 0
    targets_probed: int = 0
    targets_dead: int = 0
    targets_over_budget: int = 0
    targets_over_time: int = 0
    out_of_time: bool = False
    pages_left: int = 0
    targets_left: int = 0
    verdicts: Mapping[str, int] = field(default_factory=dict)
    rows_chosen: int = 0
    verified: Counter[str] = field(default_factory=Counter)
    lookups: Mapping[LookupService, LookupStats] = field(
        default_factory=lambda: {service: LookupStats() for service in LookupService}
    )
    searches: defaultdict[str, SearchStats] = field(
        default_factory=lambda: defaultdict(SearchStats)
    )
    profile: Mapping[str, str] = field(default_factory=dict)
    """The niche's words, as the summary shows them."""
    connectivity_problem: str = ""
    """What is wrong with our own network, "" while it works."""
    unreadable_site: str = ""
    """The user's own site when no page of it could be read."""
