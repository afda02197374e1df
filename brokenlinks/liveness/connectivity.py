"""Is it them or us? Well-known hosts, and a name that cannot exist, tell."""

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
MAX_FAILURE_RATE = 0.3
SECONDS_BETWEEN_CHECKS = 60.0


class ConnectivityCheck:
    """Asks the canary pages once at the start, and again whenever many hosts fail.

    `urls` should be home pages of hosts that are never down together. Without any, the
    network is taken to be fit.
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
        """Why our network is unfit, in words; "" while it is fit."""

    def record_result(self, *, failed: bool) -> None:
        """Remember how asking one more host went."""
        self._recent.append(failed)

    async def is_online(self) -> bool:
        """Tell whether a failure may be blamed on the other side, checking again when in doubt."""
        async with self._lock:
            if self._needs_check() and monotonic() - self._checked_at > SECONDS_BETWEEN_CHECKS:
                # A hiccup is no unfit network: what is wrong with it is so twice.
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
        invented = "".join(self._rng.choices(string.ascii_lowercase, k=20))
        suffix = host_of(self._urls[0]).rpartition(".")[2]
        rewritten, *fit = await asyncio.gather(
            self._dns.check_domain(f"{invented}.{suffix}"), *map(self._responds, self._urls)
        )
        if not any(fit):
            return f"none of the canary pages answers ({', '.join(self._urls)})"
        if rewritten is DnsOutcome.OK:
            return "the name servers invent answers for names that do not exist"
        return ""

    async def _responds(self, url: str) -> bool:
        answer = await self._fetch(url, max_bytes=1)
        if answer.error is FetchError.INTERNAL:
            return True  # never sent, the run is being stopped: no word about the network
        return answer.status is not None and answer.status < 500
