"""Asks the registries about domains, over RDAP: the right server, in its turn, with patience."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping

from brokenlinks.enrichment.rdap_parser import (
    RDAP_JSON,
    domain_query,
    not_looked_up,
    read_bootstrap,
    read_registration,
    server_for,
)
from brokenlinks.http.response import Exchange, FetchResult, retry_after_seconds
from brokenlinks.http.service import RateLimiter
from brokenlinks.models.registration import RegistrationOutcome, RegistrationRecord
from brokenlinks.text.clock import Clock
from brokenlinks.text.urls import absolute_url, host_of

ACCEPT = {"Accept": f"{RDAP_JSON}, application/json"}
MAX_RESPONSE_BYTES = 1_000_000
REDIRECT_STATUSES = frozenset({301, 302, 303, 307, 308})
MAX_REDIRECTS = 3
DEFAULT_PAUSE = 60.0
"""Seconds a server is left alone that said "too often" without saying for how long."""
MAX_WAIT = 60.0
"""Seconds; whose turn is further off is left to the next run."""
MAX_CONSECUTIVE_FAILURES = 3
"""After so many look-ups without an answer a server is left alone."""


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
        *,
        exchange: Exchange,
        budget: RateLimiter,
        clock: Clock,
        per_second: float,
    ) -> None:
        self._bootstrap_url = bootstrap_url
        self._servers = servers
        self._bootstrap: Mapping[str, str] | None = None
        self._exchange = exchange
        self._budget = budget
        self._clock = clock
        self._interval = 1.0 / per_second
        self._failures: Counter[str] = Counter()

    def should_defer(self, domain: str) -> bool:
        """Tell whether the server to be asked about `domain` is better left alone for now."""
        host = host_of(self._known_server(domain) or self._bootstrap_url)
        return self._failures[host] >= MAX_CONSECUTIVE_FAILURES

    async def look_up(self, domain: str) -> RegistrationRecord:
        """Return what the registry says of `domain`, a registrable domain in ASCII."""
        server = self._known_server(domain)
        if not server and self._bootstrap is None:
            answer = await self._get(self._bootstrap_url)
            try:
                self._bootstrap = read_bootstrap(answer)
            except ValueError as error:
                self._failures[host_of(self._bootstrap_url)] += 1
                return not_looked_up(domain, self._clock(), str(error))
            server = self._known_server(domain)
        if not server:
            return RegistrationRecord(domain, RegistrationOutcome.UNSUPPORTED, self._clock())
        answer = await self._get(domain_query(server, domain))
        record = read_registration(answer, domain, self._clock())
        if record.outcome is RegistrationOutcome.NOT_LOOKED_UP:
            self._failures[host_of(server)] += 1
        else:
            self._failures[host_of(server)] = 0
        return record

    def _known_server(self, domain: str) -> str:
        return server_for(domain, self._servers) or server_for(domain, self._bootstrap or {})

    async def _get(self, url: str) -> FetchResult:
        """Ask for `url` and follow its redirects; the network refuses private addresses."""
        for _ in range(MAX_REDIRECTS + 1):
            answer = await self._fetch(url)
            location = (
                answer.headers.get("location", "") if answer.status in REDIRECT_STATUSES else ""
            )
            onward = absolute_url(url, location) if location else None
            if onward is None:
                break
            url = onward
        return answer

    async def _fetch(self, url: str) -> FetchResult:
        host = host_of(url)
        service = f"{host} rdap"[-100:]  # as long as the journal's column
        try:
            async with asyncio.timeout(MAX_WAIT):
                await self._budget.wait(service, self._interval)
        except TimeoutError:
            self._failures[host] = MAX_CONSECUTIVE_FAILURES
            return FetchResult(url, status=429, detail=f"not asked: {host} is to be left alone")
        answer = await self._exchange(url, headers=ACCEPT, max_bytes=MAX_RESPONSE_BYTES)
        if answer.status == 429:
            self._failures[host] = MAX_CONSECUTIVE_FAILURES
            asked_for = retry_after_seconds(answer.headers.get("retry-after", ""), self._clock())
            await self._budget.pause(service, asked_for or DEFAULT_PAUSE)
        return answer
