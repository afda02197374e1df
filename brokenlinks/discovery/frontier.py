"""The frontier: which page to read next, within the budgets and out of crawler traps. Pure."""

from __future__ import annotations

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from brokenlinks.discovery.classify import PROMISING_HINT, SECTION
from brokenlinks.models.page import Candidate
from brokenlinks.models.run_stats import Budgets
from brokenlinks.text.urls import site_of

MAX_QUEUED = 5_000
"""Far more than a usual budget reads; it bounds the memory."""
MAX_QUERIES_PER_PATH = 2
"""More addresses that differ in their query only are the same list, sorted or filtered anew."""
MAX_QUERY_PARAMETERS = 4
TRAP_SEGMENT_REPEATS = 3
"""`/a/b/a/b/a/b/` comes from relative links that are resolved against the wrong folder."""
NAMED_PRIORITY = 10.0
"""Added to a hint of at most 1: what the user named always comes first."""
FREE_REJECTS = 20
"""Pages that may be rejected before guesses must have paid off."""
_CALENDAR_WORDS = re.compile(
    r"\b(?:calendar|kalender|calendrier|calendario|events?|agenda)\b", re.IGNORECASE
)
_DATE = re.compile(r"/\d{4}/\d{1,2}(?:/|$)|\d{4}-\d{2}(?:-\d{2})?")
_DATE_PARAMETERS = frozenset({"month", "year", "day", "date", "monat", "jahr", "mois", "mes"})


HeapEntry = tuple[float, int, Candidate]
"""(negated priority, order of arrival, candidate): the best comes first, then the oldest."""
QueueKey = tuple[str, bool]
"""A site, and whether the queue holds its sections: other pages do not wait behind those."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits per site and on concurrency, and when to give up.

    `max_barren_sites` are new sites in a row that led nowhere; `rejects_per_page` are the rejected
    pages for each accepted one.
    """

    pages_per_site: int
    max_concurrent: int
    max_barren_sites: int
    rejects_per_page: float
    max_concurrent_per_site: int = 2


@dataclass(slots=True)
class Frontier:
    """Takes candidates in any order and hands them out best first.

    A page counts against the budgets when it is handed out, not when it is found, so that a small
    budget goes to the best. `skipped` counts the pages that were left out, by the limit.
    """

    budgets: Budgets
    limits: Limits
    skipped: Counter[str] = field(default_factory=Counter)
    _seen: set[str] = field(default_factory=set)
    _queue: list[HeapEntry] = field(default_factory=list)
    _deferred: defaultdict[QueueKey, list[HeapEntry]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """Candidates that wait until another page of their site has been read."""
    _pages_by_site: Counter[str] = field(default_factory=Counter)
    _in_flight: Counter[str] = field(default_factory=Counter)
    _guesses_in_flight: int = 0
    """How many of the pages now being read are guesses."""
    _accepted_sites: set[str] = field(default_factory=set)
    _barren_sites: set[str] = field(default_factory=set)
    _queries_by_path: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The first addresses with a query, by path."""
    _page_count: int = 0
    _read_count: int = 0
    _accepted_count: int = 0

    def resume(self, visited: Iterable[Candidate]) -> None:
        """Add the pages that the same run had read before it was interrupted."""
        for candidate in visited:
            self._seen.add(candidate.key)
            self._count_page(candidate)

    def admit(self, candidate: Candidate) -> bool:
        """Queue a candidate; False when it is known, too deep, or the queue is full."""
        if candidate.key in self._seen:
            return False
        if candidate.depth > self.budgets.depth:
            self.skipped["max_depth"] += 1
            return False
        if self._queued_count() >= MAX_QUEUED and not candidate.named:
            self.skipped["waiting_pages"] += 1
            return False
        self._seen.add(candidate.key)
        order = -candidate.hint - (NAMED_PRIORITY if candidate.named else 0)
        heapq.heappush(self._queue, (order, len(self._seen), candidate))
        return True

    def trap_reason(self, candidate: Candidate) -> str:
        """Return the kind of crawler trap an address looks like, "" for none.

        A page that the user named is never a trap.
        """
        if candidate.named or candidate.key in self._seen:
            return ""
        parts = urlsplit(candidate.url)
        parameters = dict(parse_qsl(parts.query, keep_blank_values=True))
        segments = Counter(segment for segment in parts.path.split("/") if segment)
        dated = _DATE.search(parts.path) or _DATE_PARAMETERS & {name.lower() for name in parameters}
        if dated and _CALENDAR_WORDS.search(f"{parts.path} {parts.query}"):
            return "trap_calendar"
        if max(segments.values(), default=0) >= TRAP_SEGMENT_REPEATS:
            return "trap_repeating_path"
        if len(parameters) > MAX_QUERY_PARAMETERS:
            return "trap_parameters"
        if parts.query:
            first = self._queries_by_path[f"{parts.netloc}{parts.path}"]
            if len(first | {candidate.key}) > MAX_QUERIES_PER_PATH:
                return "trap_parameters"
            first.add(candidate.key)
        return ""

    def admit_redirect(self, candidate: Candidate) -> bool:
        """Mark the target of a redirect as read; False when it is known already."""
        if candidate.key in self._seen:
            return False
        self._seen.add(candidate.key)
        return True

    def next_pages(self) -> list[Candidate]:
        """Return the pages that may be read now, the best first."""
        chosen: list[Candidate] = []
        while self._queue and self._in_flight.total() < self.limits.max_concurrent:
            if _is_guess(self._queue[0][-1]) and not self._may_guess():
                break
            entry = heapq.heappop(self._queue)
            candidate = entry[-1]
            site = site_of(candidate.url)
            # One section at a time: the first may already lead to the links page.
            section = candidate.kind == SECTION
            if self._in_flight[site] >= (1 if section else self.limits.max_concurrent_per_site):
                heapq.heappush(self._deferred[site, section], entry)
                continue
            needless = section and site in self._accepted_sites
            limit = "" if needless else self._exceeded_limit(candidate, site)
            if limit:
                self.skipped[limit] += 1
            if limit or needless:
                self._requeue_deferred((site, section))
                continue
            self._count_page(candidate)
            self._in_flight[site] += 1
            self._guesses_in_flight += _is_guess(candidate)
            chosen.append(candidate)
        self.skipped["rejects_per_page"] = self._queued_count() * (not self._in_flight)
        return chosen

    def record_productive(self) -> None:
        """Record that the page just read led to others worth reading."""
        self._barren_sites.clear()

    def record_accepted(self, site: str) -> None:
        """Record that a site's links page was found: its other sections need not be tried."""
        self._accepted_sites.add(site)
        self._accepted_count += 1

    def record_read(self, candidate: Candidate) -> None:
        """Record that a page has been read, whatever the outcome."""
        self._read_count += 1
        self._barren_sites.add(self._finish(candidate))

    def record_failed(self, candidate: Candidate) -> None:
        """Record that a page could not be fetched: it does not count against its site."""
        site = self._finish(candidate)
        self._pages_by_site[site] -= 1
        if not self._pages_by_site[site]:
            del self._pages_by_site[site]

    def _finish(self, candidate: Candidate) -> str:
        """Mark a page as no longer in flight, and return its site."""
        site = site_of(candidate.url)
        self._in_flight -= Counter([site])
        self._guesses_in_flight -= _is_guess(candidate)
        self._requeue_deferred((site, True))
        self._requeue_deferred((site, False))
        return site

    def _queued_count(self) -> int:
        """Return how many candidates are queued, deferred ones included."""
        return len(self._queue) + sum(map(len, self._deferred.values()))

    def _requeue_deferred(self, queue: QueueKey) -> None:
        """Put the best deferred candidate of a site back into the queue."""
        deferred = self._deferred.get(queue)
        if deferred:
            heapq.heappush(self._queue, heapq.heappop(deferred))
            if not deferred:
                del self._deferred[queue]

    def _may_guess(self) -> bool:
        """Return whether guesses have paid off so far; those being read count as if they had not.

        A guess may waste two pages: itself and the links page that it leads to.
        """
        wasted = self._read_count - self._accepted_count
        wasted += self._in_flight.total() + self._guesses_in_flight
        return wasted < max(FREE_REJECTS, self.limits.rejects_per_page * self._accepted_count)

    def _count_page(self, candidate: Candidate) -> None:
        self._pages_by_site[site_of(candidate.url)] += 1
        self._page_count += 1

    def _exceeded_limit(self, candidate: Candidate, site: str) -> str:
        new_site = site not in self._pages_by_site
        over = {
            "max_pages": self._page_count >= self.budgets.pages,
            "max_sites": new_site and len(self._pages_by_site) >= self.budgets.sites,
            "pages_per_site": not candidate.named
            and self._pages_by_site[site] >= self.limits.pages_per_site,
            "barren_sites": new_site
            and not candidate.named
            and len(self._barren_sites) >= self.limits.max_barren_sites,
        }
        return next((limit for limit, is_over in over.items() if is_over), "")


def _is_guess(candidate: Candidate) -> bool:
    return not candidate.named and candidate.hint < PROMISING_HINT
