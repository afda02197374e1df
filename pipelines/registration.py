"""Asks the registries about domains that are gone or may have changed hands, beside the crawl."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from brokenlinks.enrichment.rdap import Rdap
from brokenlinks.extensions.run_context import RunContext, run_context_of
from brokenlinks.http.network import network_of
from brokenlinks.http.service import RateLimiter
from brokenlinks.liveness.verdict import judge
from brokenlinks.models.registration import RegistrationOutcome, RegistrationRecord
from brokenlinks.store.domains import (
    PendingDomain,
    pending_domains,
    record_registration,
    targets_on_domain,
)
from brokenlinks.store.targets import refresh_verdict
from pipelines.look_ups import LookupScheduler

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from sqlalchemy import Connection


class RegistrationPipeline(LookupScheduler[PendingDomain]):
    """Looks up whether, and since when, the domains of dead and strange targets are registered."""

    name = "registry"

    def __init__(self, crawler: Crawler, memory: RunContext, rdap: Rdap) -> None:
        super().__init__(crawler, crawler.settings.getint("RDAP_LOOKUPS_PER_RUN"))
        self._context = memory
        self._rdap = rdap

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Speak to the registries through the crawl's network, in turns all processes share."""
        memory = run_context_of(crawler)
        settings = crawler.settings
        rdap = Rdap(
            settings["RDAP_BOOTSTRAP_URL"],
            settings.getdict("RDAP_SERVERS"),
            exchange=network_of(crawler).services.fetch,
            budget=RateLimiter(memory.wait_for_service, memory.pause_service),
            clock=memory.clock,
            per_second=settings.getfloat("RDAP_PER_SECOND"),
        )
        return cls(crawler, memory, rdap)

    def should_defer(self, pending: PendingDomain) -> bool:
        """Tell whether the domain's registry is to be left alone."""
        return self._rdap.should_defer(pending.id)

    async def load_pending(self, target_ids: Sequence[int] | None) -> list[PendingDomain]:
        """Return the domains whose registry has a word in a verdict and was not asked lately."""
        memory = self._context
        return await memory.writer.run(
            pending_domains, memory.run.niche, memory.clock(), target_ids
        )

    async def look_up(self, pending: PendingDomain) -> None:
        """Ask whether the domain is registered."""
        record = await self._rdap.look_up(pending.id)
        answered = record.outcome is not RegistrationOutcome.NOT_LOOKED_UP
        self.count(record.outcome, "" if answered else record.detail)
        if answered:
            await self._context.writer.run(_store_record, record)


def _store_record(connection: Connection, record: RegistrationRecord) -> None:
    """Keep the registry's answer, and judge again whom it concerns: it is a second witness."""
    record_registration(connection, record)
    for target_id in targets_on_domain(connection, record.domain):
        refresh_verdict(connection, target_id, record.looked_up_at, judge)
