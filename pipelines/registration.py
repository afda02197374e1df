"""Asks the registries about domains that are gone or may have changed hands, beside the crawl."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from brokenlinks.enrichment.rdap import Rdap
from brokenlinks.extensions.run_context import Memory, memory_of
from brokenlinks.http.network import network_of
from brokenlinks.http.service import RateBudget
from brokenlinks.liveness.verdict import judge
from brokenlinks.models.registration import RegistrationFacts, RegistrationOutcome
from brokenlinks.store.domains import (
    UnaskedDomain,
    record_registration,
    targets_on,
    unasked_domains,
)
from brokenlinks.store.targets import judge_again
from pipelines.look_ups import LookUpPipeline

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from sqlalchemy import Connection


class RegistrationPipeline(LookUpPipeline[UnaskedDomain]):
    """Looks up whether, and since when, the domains of dead and strange targets are registered."""

    name = "registry"

    def __init__(self, crawler: Crawler, memory: Memory, rdap: Rdap) -> None:
        super().__init__(crawler, crawler.settings.getint("RDAP_LOOKUPS_PER_RUN"))
        self._memory = memory
        self._rdap = rdap

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Speak to the registries through the crawl's network, in turns all processes share."""
        memory = memory_of(crawler)
        settings = crawler.settings
        rdap = Rdap(
            settings["RDAP_BOOTSTRAP_URL"],
            settings.getdict("RDAP_SERVERS"),
            exchange=network_of(crawler).services.fetch,
            budget=RateBudget(memory.wait_for_service, memory.pause_service),
            clock=memory.clock,
            per_second=settings.getfloat("RDAP_PER_SECOND"),
        )
        return cls(crawler, memory, rdap)

    def rests(self, question: UnaskedDomain) -> bool:
        """Tell whether the domain's registry is to be left alone."""
        return self._rdap.rests(question.id)

    async def unasked(self, target_ids: Sequence[int] | None) -> list[UnaskedDomain]:
        """Return the domains whose registry has a word in a verdict and was not asked lately."""
        memory = self._memory
        return await memory.writer.run(
            unasked_domains, memory.run.niche, memory.clock(), target_ids
        )

    async def look_up(self, question: UnaskedDomain) -> None:
        """Ask whether the domain is registered."""
        facts = await self._rdap.look_up(question.id)
        answered = facts.outcome is not RegistrationOutcome.NOT_LOOKED_UP
        self.count(facts.outcome, "" if answered else facts.detail)
        if answered:
            await self._memory.writer.run(_record, facts)


def _record(connection: Connection, facts: RegistrationFacts) -> None:
    """Keep the registry's answer, and judge again whom it concerns: it is a second witness."""
    record_registration(connection, facts)
    for target_id in targets_on(connection, facts.domain):
        judge_again(connection, target_id, facts.looked_up_at, judge)
