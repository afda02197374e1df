"""Gathers the evidence about one target: name, redirects by hand, page, home page.

Judges nothing.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import dataclass, replace
from hashlib import blake2b
from urllib.parse import urlsplit

from brokenlinks.clock import Clock
from brokenlinks.liveness.canary import Canary
from brokenlinks.liveness.evidence import DeadEnd, DnsFacts, Evidence, Hop, NotAsked, RootFacts
from brokenlinks.liveness.judge import GONE_STATUSES, PROTOCOL_STATUSES, SERVED_STATUSES
from brokenlinks.liveness.reading import Reading, looks_like_html, read_html
from brokenlinks.liveness.walls import find_wall, leads_to_login
from brokenlinks.net.addresses import AddressGuard
from brokenlinks.net.answer import CONNECTION_TROUBLES, Answer, Fetch, Trouble
from brokenlinks.net.decoding import text_of
from brokenlinks.net.dns import Dns, DnsAnswer, DnsOutcome
from brokenlinks.net.robots import Robots
from brokenlinks.net.shared import SharedAnswers
from brokenlinks.urls import absolute_url, host_of, registrable_domain

logger = logging.getLogger(__name__)

HOPS_FOLLOWED = 10
HOSTS_REMEMBERED = 20_000
TEXT_DECODED = 2_000_000
REDIRECTS = frozenset({301, 302, 303, 307, 308})
TELLING_HEADERS = (
    "content-type",
    "server",
    "location",
    "retry-after",
    "last-modified",
    "x-robots-tag",
    "cf-mitigated",
    "via",
)
SILENT_AFTER = 3
"""A host that let this many requests run into the timeout is not asked for its other pages."""


@dataclass(slots=True)
class _Silence:
    trouble: Trouble
    times: int = 0


@dataclass(frozen=True, slots=True)
class _Journey:
    """The last answer, how it was reached, and what stopped the journey before one."""

    answer: Answer
    dns: DnsFacts
    hops: tuple[Hop, ...] = ()
    not_asked: NotAsked | None = None
    dead_end: DeadEnd | None = None


@dataclass(frozen=True, slots=True)
class _HomePage:
    """What is kept of a home page: thousands of bodies would not fit into memory."""

    status: int | None
    trouble: Trouble | None
    walled: bool
    digest: bytes


class Prober:
    """Asks about a target once, politely, by GET; what it learns of a host serves all its links.

    `robots` None asks whatever robots.txt says.
    """

    def __init__(
        self,
        *,
        fetch: Fetch,
        dns: Dns,
        guard: AddressGuard,
        robots: Robots | None,
        canary: Canary,
        clock: Clock,
    ) -> None:
        self._fetch = fetch
        self._dns = dns
        self._guard = guard
        self._robots = robots
        self._canary = canary
        self._clock = clock
        self._silences: OrderedDict[str, _Silence] = OrderedDict()
        self._homes = SharedAnswers[_HomePage](HOSTS_REMEMBERED)
        self._missing_hosts = SharedAnswers[DnsFacts](HOSTS_REMEMBERED)

    async def examine(self, url: str) -> Evidence:
        """Return the evidence about `url`. Raises nothing: our own failure is evidence too."""
        try:
            evidence = await self._observe(url)
        except Exception as error:
            logger.exception("Could not examine %s", url)
            return Evidence(url, self._clock(), trouble=Trouble.OURS, detail=repr(error)[:200])
        return await self._doubting_ourselves(evidence)

    async def _observe(self, url: str) -> Evidence:
        journey = await self._travel(url)
        if journey.dead_end in {DeadEnd.LOOP, DeadEnd.TOO_MANY}:
            journey = await self._travel(url, with_cookies=True)
        elif _odd(journey.answer):
            journey = await self._travel(url, plain=True)
        evidence = self._describe(url, journey)
        if evidence.status in GONE_STATUSES and evidence.wall is None:
            evidence = replace(evidence, root=await self._root_of(journey.answer))
        return evidence

    async def _travel(
        self, url: str, *, with_cookies: bool = False, plain: bool = False
    ) -> _Journey:
        hops: list[Hop] = []
        cookies: dict[str, str] = {}
        here = url
        visited = set()
        while True:
            obstacle, facts = await self._before_asking(here, hops)
            if obstacle is not None:
                return replace(obstacle, hops=tuple(hops))
            visited.add((here, _cookie_line(cookies)))
            answer = await self._ask(here, _cookie_line(cookies), plain=plain)
            arrived = _Journey(answer, facts, tuple(hops))
            if answer.status not in REDIRECTS or "location" not in answer.headers:
                return arrived
            hops.append(Hop(here, answer.status, answer.address))
            if with_cookies:
                cookies |= _cookies_set(answer)
            target = absolute_url(here, answer.headers["location"])
            dead_end = _dead_end(target, (target, _cookie_line(cookies)) in visited, len(hops))
            if target is None or dead_end is not None:
                return replace(arrived, hops=tuple(hops), dead_end=dead_end)
            here = target

    async def _before_asking(self, url: str, hops: list[Hop]) -> tuple[_Journey | None, DnsFacts]:
        """Return what keeps us from asking, if anything, and what the DNS says."""
        host = host_of(url)
        names = await self._dns.addresses(host)
        facts = await self._facts(host, names)
        if names.outcome is not DnsOutcome.OK:
            nowhere = bool(hops) and _surely_gone(facts)
            dead_end = DeadEnd.NO_SUCH_HOST if nowhere else None
            return _Journey(Answer(url, trouble=Trouble.DNS), facts, dead_end=dead_end), facts
        if not any(self._guard.permits(address) for address in names.addresses):
            return _Journey(Answer(url), facts, not_asked=NotAsked.PRIVATE_ADDRESS), facts
        silence = self._known_silence(url)
        if silence is not None:
            return _Journey(Answer(url, trouble=silence), facts), facts
        return await self._forbidden(url, facts), facts

    async def _forbidden(self, url: str, facts: DnsFacts) -> _Journey | None:
        if self._robots is None:
            return None
        rules = await self._robots.rules_for(url)
        if rules.trouble in CONNECTION_TROUBLES:
            return _Journey(Answer(url, trouble=rules.trouble), facts)
        if not self._robots.allows(rules, url):
            return _Journey(Answer(url), facts, not_asked=NotAsked.ROBOTS)
        return None

    async def _ask(self, url: str, cookies: str, *, plain: bool) -> Answer:
        answer = await self._fetch(url, cookies=cookies, plain=plain)
        if answer.trouble is Trouble.TLS and url.startswith("https:"):
            # http and https forms of one address are one case; the trouble stays on record.
            spoken = await self._fetch("http:" + url.removeprefix("https:"), cookies=cookies)
            if spoken.trouble is None:
                answer = replace(spoken, detail=f"https: {answer.detail}")
        self._remember_silence(url, answer.trouble)
        return answer

    async def _facts(self, host: str, names: DnsAnswer) -> DnsFacts:
        if names.outcome in {DnsOutcome.NXDOMAIN, DnsOutcome.NO_ADDRESS}:
            return await self._missing_hosts.get(host, self._facts_of_missing)
        return DnsFacts(host, names.outcome, names.addresses, names.cname)

    async def _facts_of_missing(self, host: str) -> DnsFacts:
        """Ask about a host without addresses: its domain, twice past the cache, and its twin."""
        names = await self._dns.addresses(host)
        domain = registrable_domain(host) or host
        first = await self._dns.domain_exists(domain)
        second = await self._dns.domain_exists(domain)
        twin = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
        return DnsFacts(
            host,
            names.outcome,
            names.addresses,
            names.cname,
            domain=first if first is second else DnsOutcome.ERROR,
            twin=(await self._dns.addresses(twin)).outcome,
        )

    def _describe(self, url: str, journey: _Journey) -> Evidence:
        answer = journey.answer
        evidence = Evidence(
            url,
            self._clock(),
            not_asked=journey.not_asked,
            dns=journey.dns,
            hops=journey.hops,
            final_url=answer.url,
            status=answer.status,
            trouble=answer.trouble,
            detail=answer.detail,
            dead_end=journey.dead_end,
            headers={k: v for k, v in answer.headers.items() if k in TELLING_HEADERS},
            content_type=answer.headers.get("content-type", "")[:100],
            bytes_read=len(answer.body),
            truncated=answer.truncated,
            elapsed=round(answer.elapsed, 3),
            address=answer.address,
            tls=answer.tls,
        )
        return _with_page(evidence, answer) if answer.status is not None else evidence

    async def _root_of(self, answer: Answer) -> RootFacts:
        parts = urlsplit(answer.url)
        home = await self._homes.get(f"{parts.scheme}://{parts.netloc}/", self._home_page)
        return RootFacts(home.status, home.trouble, home.walled, home.digest == _digest(answer))

    async def _home_page(self, root: str) -> _HomePage:
        home = (await self._travel(root)).answer
        source = text_of(home, TEXT_DECODED) or ""
        reading = read_html(source)
        wall = home.status and find_wall(
            home.status, home.headers, reading.title, source, reading.words
        )
        return _HomePage(home.status, home.trouble, bool(wall), _digest(home))

    async def _doubting_ourselves(self, evidence: Evidence) -> Evidence:
        """Ask the canary before something negative is held against a host on the internet."""
        local = all(self._guard.is_exception(address) for address in evidence.dns.addresses)
        if evidence.not_asked is not None or (local and _known_here(evidence)):
            return evidence
        negative = evidence.status not in SERVED_STATUSES
        self._canary.note(failed=evidence.status is None)
        if negative and not await self._canary.network_is_fit():
            return replace(evidence, canary_failed=True, detail=self._canary.problem)
        return evidence

    def _known_silence(self, url: str) -> Trouble | None:
        silence = self._silences.get(_authority(url))
        if silence is None or silence.times < SILENT_AFTER:
            return None
        return silence.trouble

    def _remember_silence(self, url: str, trouble: Trouble | None) -> None:
        authority = _authority(url)
        if trouble in CONNECTION_TROUBLES:
            self._silences[authority] = _Silence(trouble, SILENT_AFTER)
        elif trouble is Trouble.TIMEOUT:
            self._silences.setdefault(authority, _Silence(trouble)).times += 1
        else:
            self._silences.pop(authority, None)
        if len(self._silences) > HOSTS_REMEMBERED:
            self._silences.popitem(last=False)


def _with_page(evidence: Evidence, answer: Answer) -> Evidence:
    text: str | None = ""
    reading = Reading()
    if looks_like_html(evidence.content_type, answer.body):
        text = text_of(answer, TEXT_DECODED)
        reading = read_html(text or "")
    status = answer.status or 0
    return replace(
        evidence,
        undecodable=text is None,
        title=reading.title,
        h1=reading.h1,
        language=reading.language,
        words=reading.words,
        canonical=reading.canonical,
        fingerprint=reading.fingerprint,
        wall=find_wall(status, answer.headers, reading.title, text or "", reading.words),
        to_login=status in SERVED_STATUSES and leads_to_login(evidence.url, evidence.final_url),
    )


def _digest(answer: Answer) -> bytes:
    return blake2b(answer.body, digest_size=16).digest()


def _odd(answer: Answer) -> bool:
    """Tell the answers that a fussy server may have meant for our headers, not for the page."""
    status = answer.status
    odd_success = status is not None and status // 100 == 2 and status not in SERVED_STATUSES
    return odd_success or status in PROTOCOL_STATUSES


def _dead_end(target: str | None, seen_before: bool, hops: int) -> DeadEnd | None:  # noqa: FBT001
    if target is None:
        return DeadEnd.BAD_LOCATION
    if seen_before:
        return DeadEnd.LOOP
    return DeadEnd.TOO_MANY if hops > HOPS_FOLLOWED else None


def _surely_gone(facts: DnsFacts) -> bool:
    return facts.domain is DnsOutcome.NXDOMAIN or (
        facts.domain is not None
        and facts.domain in {DnsOutcome.OK, DnsOutcome.NO_ADDRESS}
        and facts.twin is not DnsOutcome.OK
    )


def _known_here(evidence: Evidence) -> bool:
    """Tell what needs no internet to be known: an allowed network, or a reserved name."""
    return bool(evidence.dns.addresses) or evidence.dns.host.endswith(".invalid")


def _authority(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _cookies_set(answer: Answer) -> dict[str, str]:
    pairs = answer.headers.get("set-cookie", "").split(",")
    named = (pair.split(";", 1)[0].partition("=") for pair in pairs)
    return {name.strip(): value.strip() for name, sign, value in named if sign}


def _cookie_line(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
