"""What all parts of a crawl share: its plan, the open journal, the run, its counts, the clock."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from time import time
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.settings import BaseSettings
from sqlalchemy.exc import DatabaseError

from brokenlinks.arguments import CrawlPlan
from brokenlinks.enrichment.scheduler import LookupContext
from brokenlinks.http.network import SECONDS_PER_HOUR, Network, SharedExtension
from brokenlinks.http.service import RateLimiter, ServiceClient
from brokenlinks.http.throttle import SharedTurns, Turn
from brokenlinks.models.run_stats import RunStats
from brokenlinks.store.database import describe_damage, is_damage, is_failure, open_store
from brokenlinks.store.lookups import pause_service, reserve_slot
from brokenlinks.store.runs import begin_run, finish_run
from brokenlinks.store.turns import (
    StartWish,
    TurnWish,
    forget_turns,
    origins_with_failing_robots,
    record_robots,
    settle_turns,
)
from brokenlinks.store.work_queue import work_left
from brokenlinks.store.writer import StoreWriter
from brokenlinks.text.clock import Clock, make_clock

logger = logging.getLogger(__name__)


JOURNAL_FAILED = "journal failed"


@contextmanager
def opening() -> Iterator[None]:
    """Close the spider when the journal fails while it is opened, but not before it is open.

    Scrapy opens the rest then, which could not be closed else.
    """
    try:
        yield
    except Exception as error:
        if is_failure(error):
            raise CloseSpider(JOURNAL_FAILED) from error
        raise


class JournalErrorFilter(logging.Filter):
    """Drops what follows once the journal cannot be written: that was logged already."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record that is not about the database."""
        error = record.exc_info and record.exc_info[1]
        return not (error and is_failure(error))


class RunContext(SharedExtension):
    """Scrapy extension that opens the journal and the run when the crawl is built."""

    def __init__(self, crawler: Crawler) -> None:
        self.clock = make_clock(crawler.settings["CLOCK"])
        self.store = open_store(journal_url(crawler.settings))
        self.writer = StoreWriter(self.store, self._journal_failed)
        self._crawler = crawler
        self._stopping: asyncio.Task[None] | None = None
        self._has_failed = False
        self.damage = ""
        """What the command says in the end when the journal turned out to be damaged."""
        self.plan: CrawlPlan = getattr(crawler.spider, "plan")  # noqa: B009 - our spiders have one
        plan = self.plan
        self.run = self.store.run(begin_run, plan.niche, plan.spider, plan.arguments, self.clock())
        self.stats = RunStats()
        self.store.run(forget_turns, time())
        self._failing_origins = self.store.run(origins_with_failing_robots)
        self.is_running: Callable[[], bool] = lambda: crawler.engine.running
        self.lookups = LookupContext(
            plan.niche, self.writer, self.clock, self.stats, self.is_running
        )

    @cached_property
    def services(self) -> ServiceClient:
        """The client for services."""
        return service_client(self._crawler, self.writer.run, self.clock)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Close the run when the spider has finished; a run that was cut off stays open."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        crawler.signals.connect(extension.engine_stopped, signal=signals.engine_stopped)
        return extension

    def spider_opened(self) -> None:
        """Begin to count the time, and share with other runs what they must know."""
        network = Network.of(self._crawler)
        network.throttle.shared_turns = SharedTurns(
            self._take_turn, self._give_back_turns, self._take_start
        )
        network.robots.record_failure = self._record_robots
        hours = self._crawler.settings.getfloat("MAX_HOURS")
        self._time_limit = asyncio.get_running_loop().call_later(
            hours * SECONDS_PER_HOUR, self._time_is_over
        )

    async def spider_closed(self, spider: Spider, reason: str) -> None:  # noqa: ARG002
        """Finish the run, unless it was stopped: then the same command continues it."""
        self._time_limit.cancel()
        if reason == "finished":
            await self.writer.run(finish_run, self.run.id, reason, self.clock())
        else:
            left = await self.writer.run(work_left, self.run, self.clock())
            self.stats.pages_left, self.stats.targets_left = left

    async def _take_turn(self, site: str) -> Turn:
        if not self.is_running():
            return Turn(granted=True, wait=0.0)  # nobody waits for a turn to end
        wish = TurnWish(site, self.plan.niche, time())
        return await self.writer.run_batched(settle_turns, wish)

    async def _give_back_turns(self, pauses: Mapping[str, float]) -> None:
        now, niche = time(), self.plan.niche
        wishes = [TurnWish(site, niche, now, pause) for site, pause in pauses.items()]
        settled = (self.writer.run_batched(settle_turns, wish) for wish in wishes)
        with suppress(DatabaseError):  # which has stopped the run; turns end by themselves
            await asyncio.gather(*settled)

    async def _take_start(self, address: str, spacing: float) -> float:
        if not self.is_running():
            return 0.0
        wish = StartWish(address, time(), spacing)
        return (await self.writer.run_batched(settle_turns, wish)).wait

    async def _record_robots(self, origin: str, failed: bool) -> timedelta:  # noqa: FBT001
        if not failed and origin not in self._failing_origins:
            return timedelta()  # nearly all of them: nothing to write
        return await self.writer.run(record_robots, origin, self.clock(), failed=failed)

    def _time_is_over(self) -> None:
        """Stop the run, as the user would."""
        self.stats.out_of_time = True
        self._stopping = asyncio.ensure_future(self._crawler.stop_async())

    def _journal_failed(self, error: Exception) -> None:
        """Stop the crawl: results that cannot be stored would have to be fetched again."""
        if not self._has_failed:
            self._has_failed = True
            cause = getattr(error, "orig", error)
            if is_damage(error):
                self.damage = describe_damage(str(self.store.engine.url), cause)
                logger.info(self.damage)
            else:
                logger.error(
                    "The journal cannot be written (%s). What it holds is safe: make room on"
                    " the disk, or stop the program that has locked it, and give the same command"
                    " again",
                    cause,
                )
            for handler in logging.getLogger().handlers:
                handler.addFilter(JournalErrorFilter())
            if self.is_running():  # else it is being closed, or opened: see `opening`
                stop = self._crawler.engine.close_spider_async(reason=JOURNAL_FAILED)
                self._stopping = asyncio.ensure_future(stop)

    async def engine_stopped(self) -> None:
        """Write what is queued and close the journal."""
        await Network.of(self._crawler).throttle.close()
        await self.writer.close()
        self.store.close()


def service_client(
    crawler: Crawler, run: Callable[..., Awaitable[Any]], clock: Clock
) -> ServiceClient:
    """Return a client on the crawl's network, with rates that all processes share.

    `run(work, ...)` calls a function of the store in a transaction.
    """
    limiter = RateLimiter(
        lambda name, interval, most: run(reserve_slot, name, interval, time(), most),
        lambda name, seconds: run(pause_service, name, seconds, time()),
    )
    return ServiceClient(Network.of(crawler).services.fetch, limiter, clock)


def journal_url(settings: BaseSettings) -> str:
    """Return the journal's address: the setting, or a SQLite file in the output folder."""
    usual = output_folder(settings) / f"{settings['JOURNAL_NAME']}.sqlite"
    return settings["JOURNAL_URL"] or f"sqlite:///{usual}"


def output_folder(settings: BaseSettings) -> Path:
    """Return the folder where everything is written."""
    return Path(settings["OUTPUT_DIR"]).expanduser().resolve()
