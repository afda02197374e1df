"""Look-ups beside the crawl: which first, how many, and what becomes of the rest when one fails."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from brokenlinks.enrichment.scheduler import Enricher, LookupContext, LookupScheduler
from brokenlinks.models.page import OutboundLink, ResourcePage
from brokenlinks.models.run_stats import LookupService, RunStats
from brokenlinks.models.verdict import Judgement, Verdict
from brokenlinks.store.database import open_store
from brokenlinks.store.writer import StoreWriter
from tests.http.virtual_time import run_in_virtual_time

FAILING, QUESTIONS = 1, 5


@dataclass(frozen=True)
class Numbered:
    id: int
    demand: int = 1


class Library(Enricher[Numbered]):
    """Takes a second for each look-up but one, which fails at once; some get no answer."""

    service = LookupService.ARCHIVE
    concurrency = 2

    def __init__(
        self,
        *,
        demand: Mapping[int, int] | None = None,
        unanswered: Sequence[int] = (),
        max_failures: int = Enricher.max_failures,
    ) -> None:
        store = open_store("sqlite://")
        writer = StoreWriter(store, lambda _: None)
        super().__init__(
            LookupContext("hops", writer, lambda: datetime.now(UTC), RunStats(), lambda: True)
        )
        self.demand = dict.fromkeys(range(QUESTIONS), 1) if demand is None else demand
        self.unanswered = unanswered
        self.max_failures = max_failures
        self.asked: list[int] = []
        self.answered: list[int] = []
        self.under_way = self.most_under_way = 0

    async def pending(self, target_ids: Sequence[int] | None) -> list[Numbered]:
        wanted = self.demand if target_ids is None else target_ids
        found = [number for number in wanted if number not in self.answered]
        return [Numbered(number, self.demand[number]) for number in found]

    async def look_up(self, pending: Numbered) -> bool:
        self.asked.append(pending.id)
        if pending.id == FAILING:
            raise LookupError
        self.under_way += 1
        self.most_under_way = max(self.under_way, self.most_under_way)
        await asyncio.sleep(1)
        self.under_way -= 1
        if pending.id in self.unanswered:
            return False
        self.answered.append(pending.id)
        return True


async def wait_for(scheduler: LookupScheduler[Numbered]) -> None:
    """Ask as Scrapy does whether the spider may be closed, until it may."""
    while True:
        if not scheduler.keep_working():
            return
        await asyncio.sleep(0.1)


async def crawl_with(scheduler: LookupScheduler[Numbered]) -> None:
    await scheduler.open()
    await wait_for(scheduler)
    await scheduler.close()


def page_with(*verdicts: Verdict) -> ResourcePage:
    links = [
        OutboundLink("", "", target_id=number, judgement=Judgement(verdict))
        for number, verdict in enumerate(verdicts)
    ]
    return ResourcePage("http://club.example/links", "", "club.example", links=links)


def test_a_look_up_that_fails_stands_in_no_other_ones_way() -> None:
    library = Library()
    run_in_virtual_time(crawl_with(LookupScheduler(library, QUESTIONS)))
    assert library.answered == [number for number in range(QUESTIONS) if number != FAILING]
    assert library.most_under_way == Library.concurrency
    assert library.stats.left == 1


def test_what_most_sites_link_to_comes_first_and_the_budget_ends_it() -> None:
    library = Library(demand={0: 1, 2: 9, 3: 5, 4: 7})
    run_in_virtual_time(crawl_with(LookupScheduler(library, 3)))
    assert library.asked == [2, 4, 3]
    assert library.stats.left == 1


@pytest.mark.parametrize("budget", [0, -1])
def test_a_budget_of_none_keeps_no_spider_open(budget: int) -> None:
    library = Library()

    async def crawl() -> None:
        scheduler = LookupScheduler(library, budget)
        await scheduler.open()
        await scheduler.add_page(page_with(Verdict.DEAD_GONE))
        assert not scheduler.keep_working()
        await scheduler.close()

    run_in_virtual_time(crawl())
    assert library.asked == []
    assert library.stats.left == QUESTIONS


def test_a_service_that_does_not_answer_is_left_alone() -> None:
    numbers, unanswered = (0, 2, 3, 4, 5, 6), (2, 3, 4, 5, 6)
    library = Library(demand=dict.fromkeys(numbers, 1), unanswered=unanswered, max_failures=2)
    library.concurrency = 1
    run_in_virtual_time(crawl_with(LookupScheduler(library, 99)))
    assert library.asked == [0, 2, 3]
    assert library.stats.left == len(unanswered)


def test_only_what_may_be_dead_is_looked_up() -> None:
    library = Library(demand={})

    async def crawl() -> None:
        scheduler = LookupScheduler(library, 99)
        await scheduler.open()
        library.demand = {0: 1, 1: 1, 2: 1}
        await scheduler.add_page(page_with(Verdict.ALIVE, Verdict.ALIVE, Verdict.UNKNOWN))
        await wait_for(scheduler)

    run_in_virtual_time(crawl())
    assert library.asked == [2]
