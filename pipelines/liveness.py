"""Detects dead outbound links: one probe per target and run, however many pages link to it."""

from __future__ import annotations

import asyncio
import random
from functools import partial
from typing import Self

from scrapy.crawler import Crawler

from brokenlinks.extensions.run_context import RunContext, opening
from brokenlinks.http.network import Network
from brokenlinks.http.throttle import Throttle
from brokenlinks.liveness.connectivity import ConnectivityCheck
from brokenlinks.liveness.exclusions import is_archived_copy, is_excluded
from brokenlinks.liveness.prober import Prober
from brokenlinks.liveness.verdict import judge
from brokenlinks.models.evidence import Evidence, SkipReason
from brokenlinks.models.page import OutboundLink, ResourcePage
from brokenlinks.models.run_stats import CRAWL, VERIFY
from brokenlinks.models.verdict import Judgement, Verdict
from brokenlinks.store.targets import (
    checked_in_run,
    record_observations,
    record_verdict,
    stored_judgement,
    verdicts_of_run,
)
from brokenlinks.store.turns import probe_inputs
from brokenlinks.text.urls import host_of


class LivenessPipeline:
    """Gives every link of a page its verdict, and stores each verdict as it comes."""

    def __init__(
        self,
        context: RunContext,
        prober: Prober,
        connectivity: ConnectivityCheck,
        throttle: Throttle,
    ) -> None:
        self._context = context
        self._throttle = throttle
        self._prober = prober
        self._connectivity = connectivity
        self._max_probes = context.plan.budgets.links
        self._probes_started = 0
        self._in_flight: dict[int, asyncio.Task[Judgement | None]] = {}
        self._done: set[int] = set()
        self._inputs = partial(probe_inputs, run_id=context.run.id)
        self._record = partial(record_observations, run_id=context.run.id, judge=judge)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the prober on the crawl's network."""
        context, network, settings = RunContext.of(crawler), Network.of(crawler), crawler.settings
        fetch = network.probes.fetch
        rng = random.Random()  # noqa: S311 - for names nobody registered, not for secrets
        connectivity_urls = settings.getlist("CONNECTIVITY_URLS")
        connectivity = ConnectivityCheck(connectivity_urls, fetch, network.dns, rng)
        prober = Prober(
            fetch=fetch,
            dns=network.dns,
            guard=network.guard,
            robots=network.robots if settings.getbool("ROBOTSTXT_OBEY") else None,
            connectivity=connectivity,
            clock=context.clock,
            rng=rng,
        )
        return cls(context, prober, connectivity, network.throttle)

    async def open_spider(self) -> None:
        """Count what the same run probed before it was interrupted."""
        context = self._context
        with opening():
            self._probes_started = await context.writer.run(checked_in_run, context.run.id)

    async def close_spider(self) -> None:
        """Count the verdicts, and note whether our own network failed."""
        context, stats = self._context, self._context.stats
        stats.verdicts = await context.writer.run(verdicts_of_run, context.run.id)
        is_whole_crawl = context.plan.spider == CRAWL and context.is_running()
        if is_whole_crawl and not stats.pages_accepted:
            await self._connectivity.is_online()  # perhaps it is our network that failed
        stats.connectivity_problem = self._connectivity.problem

    async def process_item(self, item: object) -> object:
        """Give every link of a resource page its verdict."""
        if isinstance(item, ResourcePage):
            pending = [link for link in item.links if link.judgement is None]
            self._context.stats.links_settled += len(item.links) - len(pending)
            await asyncio.gather(*map(self._settle, pending))
        return item

    async def _settle(self, link: OutboundLink) -> None:
        if link.target_id is not None:
            link.judgement = await self._shared_probe(link.target_id, link.url)
        if link.judgement is not None:
            self._context.stats.links_settled += 1

    async def _shared_probe(self, target_id: int, url: str) -> Judgement | None:
        """Start the target's probe, join the one in progress, or return the verdict of this run."""
        if target_id in self._done:
            return await self._context.writer.run(stored_judgement, target_id)
        task = self._in_flight.get(target_id)
        if task is None:
            task = asyncio.ensure_future(self._probe(target_id, url))
            self._in_flight[target_id] = task
            task.add_done_callback(lambda _: self._in_flight.pop(target_id))
        return await task

    async def _probe(self, target_id: int, url: str) -> Judgement | None:
        """Probe a target; None when the crawl is being stopped: then it stays pending."""
        if skip_reason := self._skip_reason(url):
            self._context.stats.targets_over_budget += skip_reason is SkipReason.BUDGET
            return await self._skip(target_id, url, skip_reason)
        if not self._context.is_running():
            return None
        self._probes_started += 1
        async with self._throttle.turn(host_of(url)):  # until others can see the verdict
            observed = await self._observe(target_id, url)
            if isinstance(observed, Judgement):
                self._probes_started -= 1
                self._done.add(target_id)
                return observed
            if not self._context.is_running():
                return None  # a stop aborts requests: the evidence may be incomplete
            if observed.skip_reason is SkipReason.BUDGET:
                self._probes_started -= 1
                self._context.stats.targets_over_time += 1
                return await self._skip(target_id, url, SkipReason.BUDGET)
            judgement = await self._context.writer.run_batched(self._record, (target_id, observed))
        self._done.add(target_id)
        self._context.stats.targets_probed += 1
        self._context.stats.targets_dead += judgement.verdict.is_dead
        return judgement

    async def _observe(self, target_id: int, url: str) -> Judgement | Evidence:
        """Return the verdict that another run has reached just now, or the evidence of a probe."""
        host, context = host_of(url), self._context
        while True:
            handovers = self._throttle.handovers(host)
            inputs = (target_id, context.clock())
            anchors, known = await context.writer.run_batched(self._inputs, inputs)
            if known is not None and context.plan.spider != VERIFY:
                return known
            is_wanted = partial(self._is_wanted, host, handovers)
            evidence = await self._prober.probe(url, anchors, is_wanted)
            skipped = evidence.skip_reason is SkipReason.BUDGET
            if not skipped or self._throttle.is_spent(host) or not context.is_running():
                return evidence

    def _is_wanted(self, host: str, handovers: int) -> bool:
        """Return whether a host has time left and no other run has asked it in between."""
        in_between = self._throttle.handovers(host) != handovers
        return not in_between and not self._throttle.is_spent(host)

    def _skip_reason(self, url: str) -> SkipReason | None:
        if is_excluded(url):
            return SkipReason.EXCLUDED
        if is_archived_copy(url):
            return SkipReason.ARCHIVED
        return SkipReason.BUDGET if self._probes_started >= self._max_probes else None

    async def _skip(self, target_id: int, url: str, reason: SkipReason) -> Judgement:
        """Give a target a verdict without a probe; one left by the budget keeps what it has."""
        self._done.add(target_id)
        if reason is SkipReason.BUDGET:
            stored = await self._context.writer.run(stored_judgement, target_id)
            if stored.verdict is not Verdict.PENDING:
                return stored
        judgement = judge([Evidence(url, self._context.clock(), skip_reason=reason)])
        await self._context.writer.run(record_verdict, target_id, judgement)
        return judgement
