"""Looks up in the registries whether, and since when, domains are registered."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from brokenlinks.enrichment.rdap import Rdap
from brokenlinks.enrichment.scheduler import Enricher, LookupContext
from brokenlinks.liveness.verdict import judge
from brokenlinks.models.registration import RegistrationOutcome, RegistrationRecord
from brokenlinks.models.run_stats import Service
from brokenlinks.store.domains import (
    PendingDomain,
    pending_domains,
    record_registration,
    targets_on_domain,
)
from brokenlinks.store.targets import refresh_verdict


class RegistrationEnricher(Enricher[PendingDomain]):
    """Asks about the domains of targets that are dead or may have changed hands."""

    service = Service.REGISTRY

    def __init__(self, context: LookupContext, rdap: Rdap) -> None:
        super().__init__(context)
        self._rdap = rdap

    def should_defer(self, pending: PendingDomain) -> bool:
        """Whether the domain's registry is to be left alone."""
        return self._rdap.should_defer(pending.id)

    async def pending(self, target_ids: Sequence[int] | None) -> list[PendingDomain]:
        """Return the domains whose registration matters to a verdict and is not known."""
        context = self.context
        return await context.writer.run(pending_domains, context.niche, context.clock(), target_ids)

    async def look_up(self, pending: PendingDomain) -> bool:
        """Look up whether the domain is registered."""
        record = await self._rdap.look_up(pending.id)
        answered = record.outcome is not RegistrationOutcome.NOT_LOOKED_UP
        self.stats.count(record.outcome, "" if answered else record.detail)
        if answered:
            await self.context.writer.run(_store_record, record)
        return answered


def _store_record(connection: Connection, record: RegistrationRecord) -> None:
    """Store the answer and judge the domain's targets again, as the registry is evidence too."""
    record_registration(connection, record)
    for target_id in targets_on_domain(connection, record.domain):
        refresh_verdict(connection, target_id, record.looked_up_at, judge)
