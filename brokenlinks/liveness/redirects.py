"""Fetches a URL like a browser: DNS, robots.txt, redirects one by one."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
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
from brokenlinks.http.ssrf import AddressGuard, has_blocked_port
from brokenlinks.liveness.signals.parking import parking_redirect
from brokenlinks.models.evidence import DnsFacts, Hop, RedirectError, SkipReason
from brokenlinks.text.urls import (
    absolute_url,
    host_of,
    last_path_segment,
    origin_of,
    registrable_domain,
)

MAX_REDIRECTS = 20
"""As many as browsers follow: resolvers of publishers and logins take more than ten."""
HOST_CACHE_SIZE = 50_000
MAX_REFRESH_PAGE_BYTES = 4_096
"""Pages that only refresh to another URL are no larger."""
MAX_HOST_FAILURES = 3
"""A host that failed so often in a row gets no further requests. A failure to connect to a host
that never answered counts as this many."""
NON_DNS_CONNECTION_ERRORS = CONNECTION_ERRORS - {FetchError.DNS}
TIMEOUT_ERRORS = frozenset({FetchError.TIMEOUT, FetchError.SLOW_BODY})


@dataclass(slots=True)
class _HostState:
    """How a host has answered; `failures` since the last answer, `error` is the latest of them."""

    answered: bool = False
    failures: int = 0
    error: FetchError | None = None


@dataclass(frozen=True, slots=True)
class RedirectChain:
    """The last response, how it was reached, and what stopped the chain before it."""

    answer: FetchResult
    dns: DnsFacts
    hops: tuple[Hop, ...] = ()
    skip_reason: SkipReason | None = None
    redirect_error: RedirectError | None = None
    received_cookies: bool = False
    """A response in the redirect chain set a cookie."""
    to_fragment: bool = False
    """The last redirect carried a fragment that names the requested page."""


class RedirectFollower:
    """Follows redirects politely; what it learns about a host is used for all its links.

    `robots` None ignores robots.txt.
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
        self,
        url: str,
        *,
        send_cookies: bool = False,
        plain: bool = False,
        known: str = "",
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> RedirectChain:
        """Follow `url`; `send_cookies` returns the cookies that the chain sets.

        `is_wanted` is asked once a host has a slot; if it is not, the error is INTERNAL. A
        redirect to the `known` URL ends the chain there: its page has been fetched before.
        """
        hops: list[Hop] = []
        cookies: dict[str, str] = {}
        here = url
        received_cookies = to_fragment = False
        visited = set()
        while True:
            obstacle, facts = await self._check_before_request(here)
            cookie = _cookie_header(cookies)
            answer = (
                obstacle.answer
                if obstacle
                else await self._request(here, cookie, is_wanted, plain=plain)
            )
            if await self._responds_over_https(here, answer):
                here = _https_url(here)
                continue
            if obstacle is not None:
                return replace(obstacle, hops=tuple(hops))
            visited.add((here, cookie))
            if answer.error is FetchError.TLS:
                answer = await self._fall_back_to_http(here, cookie, answer)
            chain = RedirectChain(
                answer,
                facts,
                tuple(hops),
                received_cookies=received_cookies,
                to_fragment=to_fragment,
            )
            location = _redirect_target(answer)
            if answer.status is None or not location or _NON_WEB_SCHEME.match(location):
                return chain
            target = absolute_url(here, location)
            hops.append(Hop(here, answer.status, answer.address))
            received_cookies = received_cookies or "set-cookie" in answer.headers
            if send_cookies:
                cookies |= _cookies_set(answer)
            redirect_error = _redirect_error(
                target, (target, _cookie_header(cookies)) in visited, len(hops)
            )
            if target is None or redirect_error is not None:
                if answer.status not in REDIRECT_STATUSES:
                    return chain  # a page that reloads itself, or a slide show
                return replace(
                    chain,
                    hops=tuple(hops),
                    redirect_error=redirect_error,
                    received_cookies=received_cookies,
                )
            if target == known or _is_domain_marketplace(url, target):
                return replace(chain, hops=tuple(hops), answer=FetchResult(target, answer.status))
            here, to_fragment = target, _fragment_names_page(location, url)

    async def _responds_over_https(self, url: str, refused: FetchResult) -> bool:
        """Return whether a host that accepts no http connection may accept https.

        Browsers try https first, and both forms of a URL are one case.
        """
        parts = urlsplit(url)
        if parts.scheme != "http" or parts.port or refused.error not in NON_DNS_CONNECTION_ERRORS:
            return False
        obstacle, _ = await self._check_before_request(_https_url(url))
        return obstacle is None or obstacle.answer.error is None

    async def host_responds(self, url: str) -> bool:
        """Return whether the host of `url` served its robots.txt; False if that is not read."""
        if self._robots is None:
            return False
        rules = await self._robots.rules_for(url)
        return rules.error is None and rules.failed_status is None

    async def _check_before_request(self, url: str) -> tuple[RedirectChain | None, DnsFacts]:
        """Return what forbids the request, if anything, and the DNS facts."""
        host = host_of(url)
        if has_blocked_port(url):
            facts = DnsFacts(host)
            return RedirectChain(
                FetchResult(url), facts, skip_reason=SkipReason.BLOCKED_PORT
            ), facts
        names = await self._dns.addresses(host)
        facts = await self._dns_facts(host, names)
        if names.outcome is not DnsOutcome.OK:
            return RedirectChain(FetchResult(url, error=FetchError.DNS), facts), facts
        if not any(self._guard.permits(address) for address in names.addresses):
            return RedirectChain(
                FetchResult(url), facts, skip_reason=SkipReason.PRIVATE_ADDRESS
            ), facts
        error = self._repeated_host_error(url)  # spares the request for robots.txt, too
        if error is not None:
            return RedirectChain(FetchResult(url, error=error), facts), facts
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
        if rules.failed_status is not None:
            return RedirectChain(FetchResult(url), facts, skip_reason=SkipReason.ROBOTS_UNAVAILABLE)
        if not self._robots.allows(rules, url):
            return RedirectChain(FetchResult(url), facts, skip_reason=SkipReason.ROBOTS)
        return None

    async def _request(
        self,
        url: str,
        cookies: str,
        is_wanted: Callable[[], bool] = lambda: True,
        *,
        plain: bool,
    ) -> FetchResult:
        def known_error() -> FetchError | None:
            return self._repeated_host_error(url) if is_wanted() else FetchError.INTERNAL

        answer = await self._fetch(url, cookies=cookies, plain=plain, known_error=known_error)
        if answer.error is not FetchError.INTERNAL:  # which says nothing about the host
            self._record_result(url, answer.error)
        return answer

    async def _fall_back_to_http(self, url: str, cookies: str, failed: FetchResult) -> FetchResult:
        """Request the http form of an https URL: both forms are one case.

        The TLS error is kept as `detail`, and stays the result if http only redirects to https.
        """
        plain = "http:" + url.removeprefix("https:")
        obstacle, _ = await self._check_before_request(plain)
        if obstacle is not None:
            return failed
        answer = await self._request(plain, cookies, plain=False)
        back = absolute_url(plain, _redirect_target(answer))
        if answer.error is not None or (back and origin_of(back) == origin_of(url)):
            return failed
        return replace(answer, detail=f"https: {failed.detail}")

    async def _dns_facts(self, host: str, names: DnsAnswer) -> DnsFacts:
        if names.outcome in {DnsOutcome.NXDOMAIN, DnsOutcome.NO_ADDRESS}:
            return await self._unresolved_hosts.get(host, self._dns_facts_of_missing_host)
        return DnsFacts(host, names.outcome, names.addresses, names.cname)

    async def _dns_facts_of_missing_host(self, host: str) -> DnsFacts:
        """Look up a host without addresses: its domain, twice without cache, and its twin."""
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
        state = self._host_states.get(origin_of(url))
        return state.error if state and state.failures >= MAX_HOST_FAILURES else None

    def _record_result(self, url: str, error: FetchError | None) -> None:
        state = self._host_states.setdefault(origin_of(url), _HostState())
        self._host_states.move_to_end(origin_of(url))
        state.error = error
        if error in CONNECTION_ERRORS and not state.answered:
            state.failures = MAX_HOST_FAILURES
        elif error in CONNECTION_ERRORS | TIMEOUT_ERRORS:
            state.failures += 1
        else:
            state.failures = 0
            state.answered = state.answered or error is None
        if len(self._host_states) > HOST_CACHE_SIZE:
            self._host_states.popitem(last=False)


_NON_WEB_SCHEME = re.compile(
    r"\s*(?!https?:|javascript:|data:|about:)[a-z][a-z0-9+.-]*:", re.IGNORECASE
)
"""A calendar, an app, a mail: other programs of the visitor open these."""


def _https_url(url: str) -> str:
    return f"https:{url.removeprefix('http:')}"


def _fragment_names_page(location: str, url: str) -> bool:
    """Return whether the redirect's fragment names the requested page (long page, web app)."""
    name = last_path_segment(url)
    return bool(name) and name in unquote(location.partition("#")[2])


def _is_domain_marketplace(url: str, target: str) -> bool:
    """Return whether it is a domain marketplace: no page to check, and often closed to programs."""
    elsewhere = registrable_domain(host_of(url)) != registrable_domain(host_of(target))
    return elsewhere and bool(parking_redirect(url, target))


def _redirect_target(answer: FetchResult) -> str:
    """Return where a response redirects to, by header or by a page that only refreshes."""
    if answer.status in REDIRECT_STATUSES:
        return next(iter(answer.header_values("location")), "")  # of several, as browsers do
    small = len(answer.body) <= MAX_REFRESH_PAGE_BYTES and b"efresh" in answer.body
    if not small or answer.status != 200:
        return ""
    if not looks_like_html(answer.content_type, answer.body):
        return ""
    return parse_html(text_of(answer, MAX_REFRESH_PAGE_BYTES) or "").refresh_to


def _redirect_error(target: str | None, already_visited: bool, hops: int) -> RedirectError | None:  # noqa: FBT001
    if target is None:
        return RedirectError.BAD_LOCATION
    if already_visited:
        return RedirectError.LOOP
    return RedirectError.TOO_MANY if hops > MAX_REDIRECTS else None


def _cookies_set(answer: FetchResult) -> dict[str, str]:
    cookies = answer.header_values("set-cookie")
    pairs = (cookie.split(";", 1)[0].partition("=") for cookie in cookies)
    return {name.strip(): value.strip() for name, equals, value in pairs if equals}


def _cookie_header(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
