"""Travels to an address as a visitor would: name, robots.txt, redirects by hand, page."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import unquote, urlsplit

from brokenlinks.html.document import parse_html
from brokenlinks.http.async_cache import AsyncCache
from brokenlinks.http.decoding import looks_like_html, text_of
from brokenlinks.http.dns import Dns, DnsAnswer, DnsOutcome
from brokenlinks.http.response import (
    CONNECTION_ERRORS,
    REDIRECT_STATUSES,
    Fetch,
    FetchError,
    FetchResult,
)
from brokenlinks.http.robots import Robots
from brokenlinks.http.ssrf import AddressGuard
from brokenlinks.liveness.signals.parking import parking_redirect
from brokenlinks.models.evidence import DnsFacts, Hop, RedirectError, SkipReason
from brokenlinks.text.urls import (
    absolute_url,
    host_of,
    last_path_segment,
    origin_of,
    registrable_domain,
)

MAX_REDIRECTS = 10
HOST_CACHE_SIZE = 50_000
MAX_REFRESH_PAGE_BYTES = 4_096
"""Bytes; a page that only sends its visitors on is no longer."""
MAX_HOST_FAILURES = 3
"""A host that failed so often in a row is not asked for its other pages: one that never answered
may only fail once to connect, a hiccup of one that did concerns a single page."""
NON_DNS_CONNECTION_ERRORS = CONNECTION_ERRORS - {FetchError.DNS}
TIMEOUT_ERRORS = frozenset({FetchError.TIMEOUT, FetchError.SLOW_BODY})


@dataclass(slots=True)
class _HostState:
    """How a host has answered so far; `failures` are those since it did, the latest a `error`."""

    answered: bool = False
    failures: int = 0
    error: FetchError | None = None


@dataclass(frozen=True, slots=True)
class RedirectChain:
    """The last answer, how it was reached, and what stopped the journey before one."""

    answer: FetchResult
    dns: DnsFacts
    hops: tuple[Hop, ...] = ()
    skip_reason: SkipReason | None = None
    redirect_error: RedirectError | None = None
    received_cookies: bool = False
    """Somebody on the way wanted to be recognised."""
    to_fragment: bool = False
    """The last redirect named the place in its page where the asked one is shown."""


class RedirectFollower:
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
        self._host_states: OrderedDict[str, _HostState] = OrderedDict()
        self._unresolved_hosts = AsyncCache[DnsFacts](HOST_CACHE_SIZE)

    async def follow(
        self, url: str, *, send_cookies: bool = False, plain: bool = False, known: str = ""
    ) -> RedirectChain:
        """Go to `url`; `send_cookies` hands back what is set on the way.

        A redirect to the `known` address ends the journey there: nothing new would be seen.
        """
        hops: list[Hop] = []
        cookies: dict[str, str] = {}
        here = url
        offered = to_fragment = False
        visited = set()
        while True:
            obstacle, facts = await self._check_before_request(here)
            line = _cookie_header(cookies)
            answer = obstacle.answer if obstacle else await self._request(here, line, plain=plain)
            if await self._responds_over_https(here, answer):
                here = _https_url(here)
                continue
            if obstacle is not None:
                return replace(obstacle, hops=tuple(hops))
            visited.add((here, line))
            if answer.error is FetchError.TLS:
                answer = await self._fall_back_to_http(here, line, answer)
            arrived = RedirectChain(
                answer, facts, tuple(hops), received_cookies=offered, to_fragment=to_fragment
            )
            location = _redirect_target(answer)
            if answer.status is None or not location or _NON_WEB_SCHEME.match(location):
                return arrived
            target = absolute_url(here, location)
            hops.append(Hop(here, answer.status, answer.address))
            offered = offered or "set-cookie" in answer.headers
            if send_cookies:
                cookies |= _cookies_set(answer)
            redirect_error = _redirect_error(
                target, (target, _cookie_header(cookies)) in visited, len(hops)
            )
            if target is None or redirect_error is not None:
                if answer.status not in REDIRECT_STATUSES:
                    return arrived  # a page that shows itself anew, or a show of several
                return replace(
                    arrived,
                    hops=tuple(hops),
                    redirect_error=redirect_error,
                    received_cookies=offered,
                )
            if target == known or _is_domain_marketplace(url, target):
                return replace(arrived, hops=tuple(hops), answer=FetchResult(target, answer.status))
            here, to_fragment = target, _fragment_names_page(location, url)

    async def _responds_over_https(self, url: str, refused: FetchResult) -> bool:
        """Tell whether a host that takes no connection for http may take one for https.

        Browsers ask there first, and both forms of an address are one case.
        """
        parts = urlsplit(url)
        if parts.scheme != "http" or parts.port or refused.error not in NON_DNS_CONNECTION_ERRORS:
            return False
        beyond, _ = await self._check_before_request(_https_url(url))
        return beyond is None or beyond.answer.error is None

    async def host_responds(self, url: str) -> bool:
        """Tell whether the host of `url` has answered for its robots.txt, where that is asked."""
        return self._robots is not None and (await self._robots.rules_for(url)).error is None

    async def _check_before_request(self, url: str) -> tuple[RedirectChain | None, DnsFacts]:
        """Return what keeps us from asking, if anything, and what the DNS says."""
        host = host_of(url)
        names = await self._dns.addresses(host)
        facts = await self._dns_facts(host, names)
        if names.outcome is not DnsOutcome.OK:
            return RedirectChain(FetchResult(url, error=FetchError.DNS), facts), facts
        if not any(self._guard.permits(address) for address in names.addresses):
            return RedirectChain(
                FetchResult(url), facts, skip_reason=SkipReason.PRIVATE_ADDRESS
            ), facts
        silence = self._repeated_host_error(url)
        if silence is not None:
            return RedirectChain(
                FetchResult(url, error=silence), facts
            ), facts  # not even for robots.txt
        return await self._check_robots(url, facts), facts

    async def _check_robots(self, url: str, facts: DnsFacts) -> RedirectChain | None:
        if self._robots is None:
            return None
        rules = await self._robots.rules_for(url)
        if rules.error in CONNECTION_ERRORS:
            return RedirectChain(FetchResult(url, error=rules.error), facts)
        if rules.error in TIMEOUT_ERRORS:
            failing = _HostState(failures=1, error=rules.error)
            self._host_states.setdefault(origin_of(url), failing)
        if not self._robots.allows(rules, url):
            return RedirectChain(FetchResult(url), facts, skip_reason=SkipReason.ROBOTS)
        return None

    async def _request(self, url: str, cookies: str, *, plain: bool) -> FetchResult:
        silence = partial(self._repeated_host_error, url)
        answer = await self._fetch(url, cookies=cookies, plain=plain, known_error=silence)
        self._record_result(url, answer.error)
        return answer

    async def _fall_back_to_http(self, url: str, cookies: str, failed: FetchResult) -> FetchResult:
        """Ask where no TLS is needed: http and https forms of one address are one case.

        The trouble stays on record, and is the answer where http only sends back to https.
        """
        plain = "http:" + url.removeprefix("https:")
        obstacle, _ = await self._check_before_request(plain)
        if obstacle is not None:
            return failed
        spoken = await self._request(plain, cookies, plain=False)
        back = absolute_url(plain, _redirect_target(spoken))
        if spoken.error is not None or (back and origin_of(back) == origin_of(url)):
            return failed
        return replace(spoken, detail=f"https: {failed.detail}")

    async def _dns_facts(self, host: str, names: DnsAnswer) -> DnsFacts:
        if names.outcome in {DnsOutcome.NXDOMAIN, DnsOutcome.NO_ADDRESS}:
            return await self._unresolved_hosts.get(host, self._dns_facts_of_missing_host)
        return DnsFacts(host, names.outcome, names.addresses, names.cname)

    async def _dns_facts_of_missing_host(self, host: str) -> DnsFacts:
        """Ask about a host without addresses: its domain, twice past the cache, and its twin."""
        names = await self._dns.addresses(host)
        domain = registrable_domain(host) or host
        first = await self._dns.check_domain(domain)
        second = await self._dns.check_domain(domain)
        twin = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
        return DnsFacts(
            host,
            names.outcome,
            names.addresses,
            names.cname,
            domain=first if first is second else DnsOutcome.ERROR,
            twin=(await self._dns.addresses(twin)).outcome,
        )

    def _repeated_host_error(self, url: str) -> FetchError | None:
        contact = self._host_states.get(origin_of(url))
        if contact is None or contact.failures < MAX_HOST_FAILURES:
            return None
        return contact.error

    def _record_result(self, url: str, error: FetchError | None) -> None:
        contact = self._host_states.setdefault(origin_of(url), _HostState())
        self._host_states.move_to_end(origin_of(url))
        contact.error = error
        if error in CONNECTION_ERRORS and not contact.answered:
            contact.failures = MAX_HOST_FAILURES
        elif error in CONNECTION_ERRORS | TIMEOUT_ERRORS:
            contact.failures += 1
        else:
            contact.failures = 0
            contact.answered = contact.answered or error is None
        if len(self._host_states) > HOST_CACHE_SIZE:
            self._host_states.popitem(last=False)


_NON_WEB_SCHEME = re.compile(
    r"\s*(?!https?:|javascript:|data:|about:)[a-z][a-z0-9+.-]*:", re.IGNORECASE
)
"""A calendar, an app, a mail: a visitor's programs open what we cannot."""


def _https_url(url: str) -> str:
    return f"https:{url.removeprefix('http:')}"


def _fragment_names_page(location: str, asked: str) -> bool:
    """Tell a redirect to the place in a page, or in an application, that shows what was asked."""
    name = last_path_segment(asked)
    return bool(name) and name in unquote(location.partition("#")[2])


def _is_domain_marketplace(asked: str, target: str) -> bool:
    """Tell where domains are sold: no page to check, and it often refuses programs."""
    elsewhere = registrable_domain(host_of(asked)) != registrable_domain(host_of(target))
    return elsewhere and bool(parking_redirect(asked, target))


def _redirect_target(answer: FetchResult) -> str:
    """Return where an answer sends its visitors, by header or by a page that only refreshes."""
    if answer.status in REDIRECT_STATUSES:
        return next(iter(answer.header_values("location")), "")  # of several, as browsers do
    small = len(answer.body) <= MAX_REFRESH_PAGE_BYTES and b"efresh" in answer.body
    if not small or answer.status != 200 or not _is_html(answer):
        return ""
    return parse_html(text_of(answer, MAX_REFRESH_PAGE_BYTES) or "").refresh_to


def _is_html(answer: FetchResult) -> bool:
    return looks_like_html(answer.content_type, answer.body)


def _redirect_error(target: str | None, already_visited: bool, hops: int) -> RedirectError | None:  # noqa: FBT001
    if target is None:
        return RedirectError.BAD_LOCATION
    if already_visited:
        return RedirectError.LOOP
    return RedirectError.TOO_MANY if hops > MAX_REDIRECTS else None


def _cookies_set(answer: FetchResult) -> dict[str, str]:
    cookies = answer.header_values("set-cookie")
    named = (cookie.split(";", 1)[0].partition("=") for cookie in cookies)
    return {name.strip(): value.strip() for name, sign, value in named if sign}


def _cookie_header(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
