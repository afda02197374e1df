"""Travels to an address as a visitor would: name, robots.txt, redirects by hand, page."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import unquote, urlsplit

from brokenlinks.html.document import read_html
from brokenlinks.http.async_cache import SharedAnswers
from brokenlinks.http.content_type import looks_like_html
from brokenlinks.http.decoding import text_of
from brokenlinks.http.dns import Dns, DnsAnswer, DnsOutcome
from brokenlinks.http.response import CONNECTION_TROUBLES, Answer, Fetch, Trouble
from brokenlinks.http.robots import Robots
from brokenlinks.http.ssrf import AddressGuard
from brokenlinks.liveness.signals.error_pages import parking_redirect
from brokenlinks.models.evidence import DeadEnd, DnsFacts, Hop, NotAsked
from brokenlinks.text.urls import absolute_url, authority_of, host_of, name_of, registrable_domain

HOPS_FOLLOWED = 10
HOSTS_REMEMBERED = 50_000
REDIRECTS = frozenset({301, 302, 303, 307, 308})
REFRESHING_PAGE = 4_096
"""Bytes; a page that only sends its visitors on is no longer."""
SILENT_AFTER = 3
"""A host that failed so often in a row is not asked for its other pages: one that never answered
may only fail once to connect, a hiccup of one that did concerns a single page."""
SHUT = CONNECTION_TROUBLES - {Trouble.DNS}
OUT_OF_TIME = frozenset({Trouble.TIMEOUT, Trouble.SLOW_BODY})


@dataclass(slots=True)
class _Contact:
    """How a host has answered so far; `failures` are those since it did, the latest a `trouble`."""

    answered: bool = False
    failures: int = 0
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Journey:
    """The last answer, how it was reached, and what stopped the journey before one."""

    answer: Answer
    dns: DnsFacts
    hops: tuple[Hop, ...] = ()
    not_asked: NotAsked | None = None
    dead_end: DeadEnd | None = None
    cookies_offered: bool = False
    """Somebody on the way wanted to be recognised."""
    to_fragment: bool = False
    """The last redirect named the place in its page where the asked one is shown."""


class Traveller:
    """Follows an address to its end, politely; what it learns of a host serves all its links.

    `robots` None asks whatever robots.txt says.
    """

    def __init__(
        self, *, fetch: Fetch, dns: Dns, guard: AddressGuard, robots: Robots | None
    ) -> None:
        self._fetch = fetch
        self._dns = dns
        self._guard = guard
        self._robots = robots
        self._contacts: OrderedDict[str, _Contact] = OrderedDict()
        self._missing_hosts = SharedAnswers[DnsFacts](HOSTS_REMEMBERED)

    async def travel(
        self, url: str, *, with_cookies: bool = False, plain: bool = False, known: str = ""
    ) -> Journey:
        """Go to `url`; `with_cookies` hands back what is set on the way.

        A redirect to the `known` address ends the journey there: nothing new would be seen.
        """
        hops: list[Hop] = []
        cookies: dict[str, str] = {}
        here = url
        offered = to_fragment = False
        visited = set()
        while True:
            obstacle, facts = await self._before_asking(here)
            line = _cookie_line(cookies)
            answer = obstacle.answer if obstacle else await self._ask(here, line, plain=plain)
            if await self._may_answer_by_tls(here, answer):
                here = _by_tls(here)
                continue
            if obstacle is not None:
                return replace(obstacle, hops=tuple(hops))
            visited.add((here, line))
            if answer.trouble is Trouble.TLS:
                answer = await self._without_tls(here, line, answer)
            arrived = Journey(
                answer, facts, tuple(hops), cookies_offered=offered, to_fragment=to_fragment
            )
            location = _sent_on(answer)
            if answer.status is None or not location or _OPENED_BY_OTHERS.match(location):
                return arrived
            target = absolute_url(here, location)
            hops.append(Hop(here, answer.status, answer.address))
            offered = offered or "set-cookie" in answer.headers
            if with_cookies:
                cookies |= _cookies_set(answer)
            dead_end = _dead_end(target, (target, _cookie_line(cookies)) in visited, len(hops))
            if target is None or dead_end is not None:
                if answer.status not in REDIRECTS:
                    return arrived  # a page that shows itself anew, or a show of several
                return replace(
                    arrived, hops=tuple(hops), dead_end=dead_end, cookies_offered=offered
                )
            if target == known or _is_marketplace(url, target):
                return replace(arrived, hops=tuple(hops), answer=Answer(target, answer.status))
            here, to_fragment = target, _names_in_fragment(location, url)

    async def _may_answer_by_tls(self, url: str, refused: Answer) -> bool:
        """Tell whether a host that takes no connection for http may take one for https.

        Browsers ask there first, and both forms of an address are one case.
        """
        parts = urlsplit(url)
        if parts.scheme != "http" or parts.port or refused.trouble not in SHUT:
            return False
        beyond, _ = await self._before_asking(_by_tls(url))
        return beyond is None or beyond.answer.trouble is None

    async def host_speaks(self, url: str) -> bool:
        """Tell whether the host of `url` has answered for its robots.txt, where that is asked."""
        return self._robots is not None and (await self._robots.rules_for(url)).trouble is None

    async def _before_asking(self, url: str) -> tuple[Journey | None, DnsFacts]:
        """Return what keeps us from asking, if anything, and what the DNS says."""
        host = host_of(url)
        names = await self._dns.addresses(host)
        facts = await self._facts(host, names)
        if names.outcome is not DnsOutcome.OK:
            return Journey(Answer(url, trouble=Trouble.DNS), facts), facts
        if not any(self._guard.permits(address) for address in names.addresses):
            return Journey(Answer(url), facts, not_asked=NotAsked.PRIVATE_ADDRESS), facts
        silence = self._known_silence(url)
        if silence is not None:
            return Journey(Answer(url, trouble=silence), facts), facts  # not even for robots.txt
        return await self._forbidden(url, facts), facts

    async def _forbidden(self, url: str, facts: DnsFacts) -> Journey | None:
        if self._robots is None:
            return None
        rules = await self._robots.rules_for(url)
        if rules.trouble in CONNECTION_TROUBLES:
            return Journey(Answer(url, trouble=rules.trouble), facts)
        if rules.trouble in OUT_OF_TIME:
            failing = _Contact(failures=1, trouble=rules.trouble)
            self._contacts.setdefault(authority_of(url), failing)
        if not self._robots.allows(rules, url):
            return Journey(Answer(url), facts, not_asked=NotAsked.ROBOTS)
        return None

    async def _ask(self, url: str, cookies: str, *, plain: bool) -> Answer:
        silence = partial(self._known_silence, url)
        answer = await self._fetch(url, cookies=cookies, plain=plain, known_trouble=silence)
        self._remember(url, answer.trouble)
        return answer

    async def _without_tls(self, url: str, cookies: str, failed: Answer) -> Answer:
        """Ask where no TLS is needed: http and https forms of one address are one case.

        The trouble stays on record, and is the answer where http only sends back to https.
        """
        plain = "http:" + url.removeprefix("https:")
        obstacle, _ = await self._before_asking(plain)
        if obstacle is not None:
            return failed
        spoken = await self._ask(plain, cookies, plain=False)
        back = absolute_url(plain, _sent_on(spoken))
        if spoken.trouble is not None or (back and authority_of(back) == authority_of(url)):
            return failed
        return replace(spoken, detail=f"https: {failed.detail}")

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

    def _known_silence(self, url: str) -> Trouble | None:
        contact = self._contacts.get(authority_of(url))
        if contact is None or contact.failures < SILENT_AFTER:
            return None
        return contact.trouble

    def _remember(self, url: str, trouble: Trouble | None) -> None:
        contact = self._contacts.setdefault(authority_of(url), _Contact())
        self._contacts.move_to_end(authority_of(url))
        contact.trouble = trouble
        if trouble in CONNECTION_TROUBLES and not contact.answered:
            contact.failures = SILENT_AFTER
        elif trouble in CONNECTION_TROUBLES | OUT_OF_TIME:
            contact.failures += 1
        else:
            contact.failures = 0
            contact.answered = contact.answered or trouble is None
        if len(self._contacts) > HOSTS_REMEMBERED:
            self._contacts.popitem(last=False)


_OPENED_BY_OTHERS = re.compile(
    r"\s*(?!https?:|javascript:|data:|about:)[a-z][a-z0-9+.-]*:", re.IGNORECASE
)
"""A calendar, an app, a mail: a visitor's programs open what we cannot."""


def _by_tls(url: str) -> str:
    return f"https:{url.removeprefix('http:')}"


def _names_in_fragment(location: str, asked: str) -> bool:
    """Tell a redirect to the place in a page, or in an application, that shows what was asked."""
    name = name_of(asked)
    return bool(name) and name in unquote(location.partition("#")[2])


def _is_marketplace(asked: str, target: str) -> bool:
    """Tell where domains are sold: no page to check, and it often refuses programs."""
    elsewhere = registrable_domain(host_of(asked)) != registrable_domain(host_of(target))
    return elsewhere and bool(parking_redirect(asked, target))


def _sent_on(answer: Answer) -> str:
    """Return where an answer sends its visitors, by header or by a page that only refreshes."""
    if answer.status in REDIRECTS:
        return answer.headers.get("location", "")
    small = len(answer.body) <= REFRESHING_PAGE and b"efresh" in answer.body
    if not small or answer.status != 200 or not _is_html(answer):
        return ""
    return read_html(text_of(answer, REFRESHING_PAGE) or "").refresh_to


def _is_html(answer: Answer) -> bool:
    return looks_like_html(answer.headers.get("content-type", ""), answer.body)


def _dead_end(target: str | None, seen_before: bool, hops: int) -> DeadEnd | None:  # noqa: FBT001
    if target is None:
        return DeadEnd.BAD_LOCATION
    if seen_before:
        return DeadEnd.LOOP
    return DeadEnd.TOO_MANY if hops > HOPS_FOLLOWED else None


def _cookies_set(answer: Answer) -> dict[str, str]:
    pairs = answer.headers.get("set-cookie", "").split(",")
    named = (pair.split(";", 1)[0].partition("=") for pair in pairs)
    return {name.strip(): value.strip() for name, sign, value in named if sign}


def _cookie_line(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
