"""Checks what a crawl needs before one is started; one line for each check."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from brokenlinks.authority.services import SERVICES, services_from
from brokenlinks.discovery.providers import PROVIDERS, providers_from
from brokenlinks.discovery.providers.base import Provider
from brokenlinks.http.dns import Dns
from brokenlinks.http.response import Exchange, Fetch
from brokenlinks.http.service import Outcome, redacted
from brokenlinks.liveness.connectivity import ConnectivityCheck
from brokenlinks.models.lookups import SearchResult
from brokenlinks.store.database import StoreError

TEST_QUERY = "home brewing"
WELL_KNOWN_DOMAIN = "example.com"
WELL_KNOWN_PAGE = f"https://{WELL_KNOWN_DOMAIN}/"
MAX_RESPONSE_BYTES = 100_000
WORKING_OUTCOMES = frozenset({Outcome.OK, Outcome.EMPTY})


class CheckStatus(StrEnum):
    """How a check ended."""

    OK = "ok"
    NOTE = "note"
    """A crawl works all the same; the user may want to know."""
    FAILED = "WRONG"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check: its name, how it ended, and what to do about it."""

    name: str
    status: CheckStatus
    message: str


def examine_local(checks: Mapping[str, Callable[[], object]]) -> list[CheckResult]:
    """Run checks of this machine; each raises an error with one line when something is wrong."""
    lines = []
    for name, check in checks.items():
        try:
            check()
        except (ValueError, StoreError) as error:
            lines.append(CheckResult(name, CheckStatus.FAILED, str(error)))
        else:
            lines.append(CheckResult(name, CheckStatus.OK, ""))
    return lines


def examine_contact(contact: str) -> CheckResult:
    """Check whether site owners can find out whom the requests come from."""
    if contact:
        return CheckResult("contact", CheckStatus.OK, contact)
    message = "none: set BROKENLINKS_CONTACT to a web or mail address of yours; Wikipedia is slower"
    return CheckResult("contact", CheckStatus.NOTE, f"{message} to answer strangers")


async def examine_network(connectivity_urls: list[str], fetch: Fetch, dns: Dns) -> CheckResult:
    """Check that the internet can be reached, and that the name servers do not invent answers."""
    if not connectivity_urls:
        return CheckResult(
            "network", CheckStatus.NOTE, "CONNECTIVITY_URLS is empty, so nothing was asked"
        )
    rng = random.Random()  # noqa: S311 - for a name nobody registered
    connectivity = ConnectivityCheck(connectivity_urls, fetch, dns, rng)
    if await connectivity.is_online():
        return CheckResult(
            "network", CheckStatus.OK, "answers, and names that do not exist are not invented"
        )
    message = f"{connectivity.problem}; until this is fixed, no link can be called dead"
    return CheckResult("network", CheckStatus.FAILED, message)


async def examine_archive(base: str, fetch: Fetch) -> CheckResult:
    """Check whether the archive can be reached; whether it has a copy does not matter."""
    answer = await fetch(f"{base.rstrip('/')}/web/{WELL_KNOWN_PAGE}", max_bytes=1)
    if answer.status is not None and answer.status < 429:
        return CheckResult("archive", CheckStatus.OK, base)
    message = f"status {answer.status}" if answer.status else f"{answer.error} {answer.detail}"
    return CheckResult(
        "archive", CheckStatus.FAILED, f"{base} does not answer as it should: {message}"
    )


async def examine_providers(settings: Mapping[str, Any], exchange: Exchange) -> list[CheckResult]:
    """Ask every configured provider once, and list those that are not configured."""
    configured = providers_from(settings, "")
    lines = []
    for provider in configured:
        result = await _first_result(provider, exchange)
        works = result.outcome in WORKING_OUTCOMES
        message = "its key works" if provider.secrets else "answers"
        if not works:
            message = f"{result.outcome}: {result.detail}"
        status = CheckStatus.OK if works else CheckStatus.FAILED
        lines.append(CheckResult(provider.name, status, message))
    return lines + _not_configured(set(PROVIDERS) - {provider.name for provider in configured})


async def examine_ratings(settings: Mapping[str, Any], exchange: Exchange) -> list[CheckResult]:
    """Ask every configured rating service about one domain."""
    lines = []
    configured = services_from(settings)
    for service in configured:
        ask = service.build_request([WELL_KNOWN_DOMAIN])
        answer = await exchange(ask.url, headers=ask.headers, max_bytes=MAX_RESPONSE_BYTES)
        ratings = service.parse_response(redacted(answer, (service.secret,)), [WELL_KNOWN_DOMAIN])
        works = ratings.outcome in WORKING_OUTCOMES
        message = "its key works" if works else f"{ratings.outcome}: {ratings.detail}"
        lines.append(
            CheckResult(service.source, CheckStatus.OK if works else CheckStatus.FAILED, message)
        )
    sources = {service.source for service in SERVICES}
    return lines + _not_configured(sources - {service.source for service in configured})


def _not_configured(names: Iterable[str]) -> list[CheckResult]:
    message = "not configured; docs/providers.md and docs/authority.md say what it needs"
    return [CheckResult(name, CheckStatus.NOTE, message) for name in sorted(names)]


async def _first_result(provider: Provider, exchange: Exchange) -> SearchResult:
    """Return the result of the first request of a search."""
    search = provider.search(TEST_QUERY)
    ask = next(search)
    answer = await exchange(
        ask.url, headers=ask.headers, body=ask.body, max_bytes=MAX_RESPONSE_BYTES
    )
    try:
        search.send(redacted(answer, provider.secrets))
    except StopIteration as end:
        result: SearchResult = end.value
        return result
    return SearchResult(Outcome.OK)
