"""Look-ups beside the crawl: how many at a time, and what becomes of the others when one fails."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import cast

from scrapy.core.engine import ExecutionEngine
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.utils.test import get_crawler

from pipelines.look_ups import LookupScheduler
from tests.http.virtual_time import run_in_virtual_time

FAILING, QUESTIONS = 1, 5


@dataclass(frozen=True)
class Numbered:
    id: int
    demand: int = 1


class Library(LookupScheduler[Numbered]):
    """Takes a second for each look-up but one, which fails at once."""

    name = "library"
    concurrency = 2

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler, max_lookups=QUESTIONS)
        self.answered: list[int] = []
        self.under_way = self.most_under_way = 0

    async def load_pending(self, target_ids: Sequence[int] | None) -> list[Numbered]:  # noqa: ARG002
        return [Numbered(number) for number in range(QUESTIONS)]

    async def look_up(self, pending: Numbered) -> None:
        if pending.id == FAILING:
            raise LookupError
        self.under_way += 1
        self.most_under_way = max(self.under_way, self.most_under_way)
        await asyncio.sleep(1)
        self.under_way -= 1
        self.answered.append(pending.id)


async def crawl_with(library: Library) -> None:
    """Ask as Scrapy does whether the spider may be closed, until it may."""
    await library.open_spider()
    while True:
        try:
            library.spider_idle()
        except DontCloseSpider:
            await asyncio.sleep(0.1)
        else:
            return


def test_a_look_up_that_fails_stands_in_no_other_ones_way() -> None:
    crawler = get_crawler()
    crawler.engine = cast("ExecutionEngine", SimpleNamespace(running=True))
    library = Library(crawler)
    run_in_virtual_time(crawl_with(library))
    assert library.answered == [number for number in range(QUESTIONS) if number != FAILING]
    assert library.most_under_way == Library.concurrency
