"""Looks up in the registries, over RDAP, whether and since when domains are registered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from brokenlinks.enrichment.rdap_parser import (
    RDAP_JSON,
    domain_query,
    not_looked_up,
    read_bootstrap,
    read_registration,
    server_for,
)
from brokenlinks.enrichment.scheduler import Enricher, LookupContext
from brokenlinks.http.response import FetchResult, follow_redirects
from brokenlinks.http.service import CircuitBreaker, Service, ServiceClient, ServiceRequest
from brokenlinks.liveness.verdict import judge
from brokenlinks.models.lookups import RegistrationOutcome, RegistrationRecord
from brokenlinks.models.run_stats import LookupService
from brokenlinks.store.domains import (
    PendingDomain,
    pending_domains,
    record_registration,
    targets_on_domain,
)
from brokenlinks.store.targets import refresh_verdict
from brokenlinks.text.clock import Clock
from brokenlinks.text.urls import host_of

ACCEPT = {"Accept": f"{RDAP_JSON}, application/json"}
MAX_RESPONSE_BYTES = 1_000_000
MAX_REDIRECTS = 3
MAX_WAIT = 60.0
"""Seconds to wait for a registry's turn; other registries wait behind it."""
MAX_CONSECUTIVE_FAILURES = 3
"""Unanswered look-ups in a row after which a server is left alone until the next run."""


class Rdap:
    """The registries' RDAP servers, each asked `per_second` times at most.

    `servers` are base addresses by suffix, "*" for all; what they leave open is looked up in the
    bootstrap file at `bootstrap_url`, which is fetched when it is first needed. Ask about one
    domain at a time.
    """

    def __init__(
        self,
        bootstrap_url: str,
        servers: Mapping[str, str],
        client: ServiceClient,
        clock: Clock,
        *,
        per_second: float,
    ) -> None:
        self._bootstrap_url = bootstrap_url
        self._servers = servers
        self._bootstrap: Mapping[str, str] | None = None
        self._client = client
        self._clock = clock
        self._interval = 1.0 / per_second
        self._breaker = CircuitBreaker(MAX_CONSECUTIVE_FAILURES)

    def should_defer(self, domain: str) -> bool:
        """Whether the server for `domain` is to be left alone in this run."""
        host = host_of(self._known_server(domain) or self._bootstrap_url)
        return self._breaker.is_open(host)

    async def look_up(self, domain: str) -> RegistrationRecord:
        """Look up `domain`, a registrable domain in ASCII."""
        server = self._known_server(domain)
        if not server and self._bootstrap is None:
            answer = await self._get(self._bootstrap_url)
            try:
                self._bootstrap = read_bootstrap(answer)
            except ValueError as error:
                self._breaker.record(host_of(self._bootstrap_url), answered=False)
                return not_looked_up(domain, self._clock(), str(error))
            server = self._known_server(domain)
        if not server:
            return RegistrationRecord(domain, RegistrationOutcome.UNSUPPORTED, self._clock())
        answer = await self._get(domain_query(server, domain))
        record = read_registration(answer, domain, self._clock())
        answered = record.outcome is not RegistrationOutcome.NOT_LOOKED_UP
        self._breaker.record(host_of(server), answered=answered)
        return record

    def _known_server(self, domain: str) -> str:
        return server_for(domain, self._servers) or server_for(domain, self._bootstrap or {})

    async def _get(self, url: str) -> FetchResult:
        """Fetch `url` and follow its redirects; the network refuses private addresses."""
        return await follow_redirects(self._send, url, MAX_REDIRECTS)

    async def _send(self, url: str) -> FetchResult:
        service = Service(
            f"{host_of(url)} rdap"[-100:],  # as long as the store's column
            self._interval,
            max_wait=MAX_WAIT,
        )
        request = ServiceRequest(url, ACCEPT)
        answer = await self._client.send(service, request, max_bytes=MAX_RESPONSE_BYTES)
        if answer.status == 429:
            self._breaker.trip(host_of(url))
        return answer


class RegistrationEnricher(Enricher[PendingDomain]):
    """Asks about the domains of targets that are dead or may have changed hands."""

    service = LookupService.REGISTRY

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
