"""Checks our own connectivity with well-known hosts and a random domain."""

from __future__ import annotations

import asyncio
import random
import string
from collections import deque
from collections.abc import Sequence
from time import monotonic

from brokenlinks.http.dns import Dns, DnsOutcome
from brokenlinks.http.response import Fetch, FetchError
from brokenlinks.text.urls import host_of

RECENT_HOSTS = 50
MIN_RECENT_HOSTS = 20
"""Fewer hosts may fail together by chance."""
MAX_FAILURE_RATE = 0.3
"""Among the links of resource pages, dead hosts are seldom more."""
SECONDS_BETWEEN_CHECKS = 60.0


class ConnectivityCheck:
    """Requests well-known pages once at the start, and again whenever many hosts fail.

    `urls` should be home pages of hosts that are never down together. Without any, the
    network is assumed to work.
    """

    def __init__(self, urls: Sequence[str], fetch: Fetch, dns: Dns, rng: random.Random) -> None:
        self._urls = urls
        self._fetch = fetch
        self._dns = dns
        self._rng = rng
        self._recent: deque[bool] = deque(maxlen=RECENT_HOSTS)
        self._checked_at = float("-inf")
        self._lock = asyncio.Lock()
        self.problem = ""
        """What is wrong with our network, a phrase; "" while it works."""

    def record_result(self, *, failed: bool) -> None:
        """Record whether a probe of one more host failed."""
        self._recent.append(failed)

    async def is_online(self) -> bool:
        """Return whether failures are the hosts' own; checks our connection again if unsure."""
        async with self._lock:
            if self._needs_check() and monotonic() - self._checked_at > SECONDS_BETWEEN_CHECKS:
                # One failed check may be a hiccup: only the second counts.
                self.problem = await self._check() and await self._check()
                self._checked_at = monotonic()
        return not self.problem

    def _needs_check(self) -> bool:
        if self._checked_at == float("-inf") or self.problem:
            return True
        enough = len(self._recent) >= MIN_RECENT_HOSTS
        return enough and sum(self._recent) > MAX_FAILURE_RATE * len(self._recent)

    async def _check(self) -> str:
        if not self._urls:
            return ""
        random_name = "".join(self._rng.choices(string.ascii_lowercase, k=20))
        suffix = host_of(self._urls[0]).rpartition(".")[2]
        random_answer, *responding = await asyncio.gather(
            self._dns.check_domain(f"{random_name}.{suffix}"), *map(self._responds, self._urls)
        )
        if not any(responding):
            return f"none of the pages in CONNECTIVITY_URLS answers ({', '.join(self._urls)})"
        if random_answer is DnsOutcome.OK:
            return "the name servers answer for domains that do not exist"
        return ""

    async def _responds(self, url: str) -> bool:
        answer = await self._fetch(url, max_bytes=1)
        if answer.error is FetchError.INTERNAL:
            return True  # never sent, as the run is being stopped
        return answer.status is not None and answer.status < 500
