"""robots.txt: fetched once a host and run, kept within bounds, shared by all who ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from brokenlinks.http.async_cache import SharedAnswers
from brokenlinks.http.decoding import text_of
from brokenlinks.http.response import Answer, Fetch, Trouble
from brokenlinks.text.urls import absolute_url, authority_of, host_of

HOSTS_KEPT = 20_000
LONGEST_ROBOTS_TXT = 512 * 1024
REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """One host's rules; none when it has no readable robots.txt (then everything is allowed)."""

    rules: Protego | None = None
    trouble: Trouble | None = None
    """Why the host gave no HTTP answer at all, so that a probe need not find out again."""


class Robots:
    """Asks for rules through `fetch` and answers for `agent`, the name we send.

    `keep_apart` is told for how many seconds a host wants requests to be apart.
    """

    def __init__(self, fetch: Fetch, agent: str, keep_apart: Callable[[str, float], None]) -> None:
        self._fetch = fetch
        self._agent = agent
        self._keep_apart = keep_apart
        self._rules = SharedAnswers[RobotsRules](HOSTS_KEPT)

    async def rules_for(self, url: str) -> RobotsRules:
        """Return the rules of the URL's host; concurrent callers share one request."""
        return await self._rules.get(f"{authority_of(url)}/robots.txt", self._load)

    def allows(self, rules: RobotsRules, url: str) -> bool:
        """Tell whether the rules let us ask for `url`."""
        return rules.rules is None or rules.rules.can_fetch(url, self._agent)

    async def _load(self, url: str) -> RobotsRules:
        answer = await self._follow(url)
        if answer.trouble is not None:
            return RobotsRules(trouble=answer.trouble)
        text = text_of(answer, LONGEST_ROBOTS_TXT) if answer.status == 200 else None
        rules = Protego.parse(text) if text else None
        delay = rules and rules.crawl_delay(self._agent)
        if delay:
            self._keep_apart(host_of(url), delay)
        return RobotsRules(rules)

    async def _follow(self, url: str) -> Answer:
        answer = await self._fetch(url, max_bytes=LONGEST_ROBOTS_TXT)
        for _ in range(REDIRECTS):
            location = answer.headers.get("location")
            if answer.status is None or answer.status // 100 != 3 or not location:
                break
            to = absolute_url(answer.url, location)
            if to is None:
                break
            answer = await self._fetch(to, max_bytes=LONGEST_ROBOTS_TXT)
        return answer
