"""Which page to read next: the best candidate that the budgets and good sense still allow. Pure."""

from __future__ import annotations

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from brokenlinks.discovery.classify import PROMISING_HINT, SECTION
from brokenlinks.models.arguments import Budgets
from brokenlinks.models.page import Candidate
from brokenlinks.text.urls import site_of

MOST_WAITING = 5_000
QUERIES_OF_A_PATH = 2
MOST_PARAMETERS = 4
SEGMENT_REPEATS = 3
NAMED_FIRST = 10.0
REJECTS_FREE = 20
"""So many pages may be rejected before guesses must have paid."""
_CALENDAR_WORDS = re.compile(
    r"\b(?:calendar|kalender|calendrier|calendario|events?|agenda)\b", re.IGNORECASE
)
_DATE = re.compile(r"/\d{4}/\d{1,2}(?:/|$)|\d{4}-\d{2}(?:-\d{2})?")
_DATE_PARAMETERS = frozenset({"month", "year", "day", "date", "monat", "jahr", "mois", "mes"})


Entry = tuple[float, int, Candidate]
"""What a heap of candidates holds: the best comes first, of equals the one found first."""
Queue = tuple[str, bool]
"""A site, and whether these are its sections: pages that may be read do not wait behind those."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Pages of a site, pages at once in all and of a site, and the patience with poor yields.

    Sites in a row that led to nothing, and rejected pages for each accepted one.
    """

    per_site: int
    at_once: int
    barren_sites: int
    rejects_per_page: float
    at_once_per_site: int = 2


@dataclass(slots=True)
class Frontier:
    """Takes candidates in any order and hands them out best first.

    Budgets are spent when a page is handed out, not when it is found: a small budget goes to the
    best of all that is known by then. `skipped` counts what was left, by the limit that left it.
    """

    budgets: Budgets
    limits: Limits
    skipped: Counter[str] = field(default_factory=Counter)
    _seen: set[str] = field(default_factory=set)
    _waiting: list[Entry] = field(default_factory=list)
    _held_back: defaultdict[Queue, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    """What waits until another page of its site has been read."""
    _handed_out: Counter[str] = field(default_factory=Counter)
    _reading: Counter[str] = field(default_factory=Counter)
    _guesses: int = 0
    """How many of the pages being read are guesses."""
    _fruitful: set[str] = field(default_factory=set)
    _barren: set[str] = field(default_factory=set)
    _queries: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The first pages with a query of each path."""
    _pages: int = 0
    _read: int = 0
    _accepted: int = 0

    def resume(self, visited: Iterable[Candidate]) -> None:
        """Take over what the same run has read before it was cut off."""
        for candidate in visited:
            self._seen.add(candidate.key)
            self._hand_out(candidate)

    def admit(self, candidate: Candidate) -> bool:
        """Let a candidate wait; False when it is known, a trap, too deep or one too many."""
        if candidate.key in self._seen:
            return False
        if candidate.depth > self.budgets.depth:
            self.skipped["max_depth"] += 1
            return False
        if self._left() >= MOST_WAITING and not candidate.named:
            self.skipped["waiting_pages"] += 1
            return False
        self._seen.add(candidate.key)
        order = -candidate.hint - (NAMED_FIRST if candidate.named else 0)
        heapq.heappush(self._waiting, (order, len(self._seen), candidate))
        return True

    def trap(self, candidate: Candidate) -> str:
        """Return what kind of trap an address looks like, "" for none. Named pages never do."""
        if candidate.named or candidate.key in self._seen:
            return ""
        parts = urlsplit(candidate.url)
        parameters = dict(parse_qsl(parts.query, keep_blank_values=True))
        segments = Counter(segment for segment in parts.path.split("/") if segment)
        dated = _DATE.search(parts.path) or _DATE_PARAMETERS & {name.lower() for name in parameters}
        if dated and _CALENDAR_WORDS.search(f"{parts.path} {parts.query}"):
            return "trap_calendar"
        if max(segments.values(), default=0) >= SEGMENT_REPEATS:
            return "trap_repeating_path"
        if len(parameters) > MOST_PARAMETERS:
            return "trap_parameters"
        if parts.query:
            first = self._queries[f"{parts.netloc}{parts.path}"]
            if len(first | {candidate.key}) > QUERIES_OF_A_PATH:
                return "trap_parameters"
            first.add(candidate.key)
        return ""

    def arrive(self, candidate: Candidate) -> bool:
        """Take a page that a redirect led to as read in place of the one asked for."""
        if candidate.key in self._seen:
            return False
        self._seen.add(candidate.key)
        return True

    def next_pages(self) -> list[Candidate]:
        """Hand out what may be read now, the best first."""
        chosen: list[Candidate] = []
        while self._waiting and self._reading.total() < self.limits.at_once:
            if _is_guess(self._waiting[0][-1]) and not self._may_guess():
                break
            entry = heapq.heappop(self._waiting)
            candidate = entry[-1]
            site = site_of(candidate.url)
            # Sections one by one: the first may lead to the page that the next is for.
            section = candidate.kind == SECTION
            if self._reading[site] >= (1 if section else self.limits.at_once_per_site):
                heapq.heappush(self._held_back[site, section], entry)
                continue
            needless = section and site in self._fruitful
            limit = "" if needless else self._over(candidate, site)
            if limit:
                self.skipped[limit] += 1
            if limit or needless:
                self._let_another_wait((site, section))
                continue
            self._hand_out(candidate)
            self._reading[site] += 1
            self._guesses += _is_guess(candidate)
            chosen.append(candidate)
        self.skipped["rejects_per_page"] = self._left() * (not self._reading)
        return chosen

    def promising(self) -> None:
        """Record that a page just read leads on."""
        self._barren.clear()

    def fruitful(self, site: str) -> None:
        """Record that a site's page of links was found: its menu need not be tried further."""
        self._fruitful.add(site)
        self._accepted += 1

    def read(self, candidate: Candidate) -> None:
        """Record that a page handed out has been read, whatever it was."""
        self._read += 1
        self._barren.add(self._finish(candidate))

    def missed(self, candidate: Candidate) -> None:
        """Record that a page handed out could not be had: its site has cost nothing."""
        site = self._finish(candidate)
        self._handed_out[site] -= 1
        if not self._handed_out[site]:
            del self._handed_out[site]

    def _finish(self, candidate: Candidate) -> str:
        """Take a page as no longer under way, and return its site."""
        site = site_of(candidate.url)
        self._reading -= Counter([site])
        self._guesses -= _is_guess(candidate)
        self._let_another_wait((site, True))
        self._let_another_wait((site, False))
        return site

    def _left(self) -> int:
        """Return how many candidates wait, held back or not."""
        return len(self._waiting) + sum(map(len, self._held_back.values()))

    def _let_another_wait(self, queue: Queue) -> None:
        """Let the best that was held back wait with all others again."""
        held_back = self._held_back.get(queue)
        if held_back:
            heapq.heappush(self._waiting, heapq.heappop(held_back))
            if not held_back:
                del self._held_back[queue]

    def _may_guess(self) -> bool:
        """Tell whether guesses have paid so far, those being read counted as if they did not.

        A guess may cost two pages in vain: itself and the page of links that it leads to.
        """
        in_vain = self._read - self._accepted + self._reading.total() + self._guesses
        return in_vain < max(REJECTS_FREE, self.limits.rejects_per_page * self._accepted)

    def _hand_out(self, candidate: Candidate) -> None:
        self._handed_out[site_of(candidate.url)] += 1
        self._pages += 1

    def _over(self, candidate: Candidate, site: str) -> str:
        new_site = site not in self._handed_out
        over = {
            "max_pages": self._pages >= self.budgets.pages,
            "max_sites": new_site and len(self._handed_out) >= self.budgets.sites,
            "pages_per_site": not candidate.named
            and self._handed_out[site] >= self.limits.per_site,
            "barren_sites": new_site
            and not candidate.named
            and len(self._barren) >= self.limits.barren_sites,
        }
        return next((limit for limit, is_over in over.items() if is_over), "")


def _is_guess(candidate: Candidate) -> bool:
    return not candidate.named and candidate.hint < PROMISING_HINT
