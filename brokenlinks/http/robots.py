"""robots.txt, fetched once per host and run, bounded in memory."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from protego import Protego

from brokenlinks.http.async_cache import AsyncCache
from brokenlinks.http.decoding import text_of
from brokenlinks.http.response import Fetch, FetchError, follow_redirects
from brokenlinks.text.urls import host_of, origin_of

CACHED_HOSTS = 20_000
MAX_ROBOTS_TXT_BYTES = 512 * 1024
MAX_REDIRECTS = 5
MAX_FAILURE_TIME = timedelta(days=3)
"""How long a robots.txt that is a server error forbids everything. RFC 9309 asks for that, and
leaves open for how long: past a weekend, a host that is gone for good must be found out."""


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """A host's rules; None without a readable robots.txt (everything is allowed)."""

    rules: Protego | None = None
    failed_status: int | None = None
    """Of a server error in place of robots.txt, one that is new: nothing is allowed (RFC 9309)."""
    error: FetchError | None = None
    """Why the host sent no response at all, so that a probe need not find out again."""


class Robots:
    """Fetches rules with `fetch` and applies those for `agent`, our User-Agent.

    `set_crawl_delay(host, seconds)` is called where a host wants requests to be further apart.
    """

    record_failure: Callable[[str, bool], Awaitable[timedelta]] | None = None
    """Takes an origin and whether its robots.txt was a server error; returns since when it is."""

    def __init__(
        self, fetch: Fetch, agent: str, set_crawl_delay: Callable[[str, float], None]
    ) -> None:
        self._fetch = fetch
        self._agent = agent
        self._set_crawl_delay = set_crawl_delay
        self._rules = AsyncCache[RobotsRules](CACHED_HOSTS)

    async def rules_for(self, url: str) -> RobotsRules:
        """Return the rules of the URL's host, fetched once."""
        return await self._rules.get(f"{origin_of(url)}/robots.txt", self._load)

    def allows(self, rules: RobotsRules, url: str) -> bool:
        """Return whether the rules allow `url`."""
        if rules.failed_status is not None:
            return False
        return rules.rules is None or rules.rules.can_fetch(url, self._agent)

    async def _load(self, url: str) -> RobotsRules:
        fetch = partial(self._fetch, max_bytes=MAX_ROBOTS_TXT_BYTES)
        answer = await follow_redirects(fetch, url, MAX_REDIRECTS)
        if answer.error is not None:
            return RobotsRules(error=answer.error)
        failed = answer.status is not None and answer.status >= 500
        failing_for = timedelta()
        if self.record_failure is not None:
            failing_for = await self.record_failure(origin_of(url), failed)
        if failed:
            return RobotsRules(
                failed_status=answer.status if failing_for < MAX_FAILURE_TIME else None
            )
        text = text_of(answer, MAX_ROBOTS_TXT_BYTES) if answer.status == 200 else None
        rules = Protego.parse(text) if text else None
        delay = rules and rules.crawl_delay(self._agent)
        if delay:
            self._set_crawl_delay(host_of(url), delay)
        return RobotsRules(rules)
