"""What could keep a crawl from working, found out before one is begun: a line each."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from brokenlinks.authority.asking import redacted
from brokenlinks.authority.services import SERVICES, services_from
from brokenlinks.discovery.providers import PROVIDERS, providers_from
from brokenlinks.http.api import Found, Outcome, Provider
from brokenlinks.http.dns import Dns
from brokenlinks.http.response import Exchange, Fetch
from brokenlinks.liveness.connectivity import Canary
from brokenlinks.store.database import JournalError

TRIED_QUERY = "home brewing"
WELL_KNOWN_DOMAIN = "example.com"
WELL_KNOWN_PAGE = f"https://{WELL_KNOWN_DOMAIN}/"
ANSWER_READ = 100_000
ANSWERS = frozenset({Outcome.OK, Outcome.EMPTY})


class State(StrEnum):
    """How a thing stands."""

    FINE = "ok"
    NOTED = "note"
    """Works without; the person may want to know."""
    WRONG = "WRONG"


@dataclass(frozen=True, slots=True)
class Line:
    """One finding: what was looked at, how it stands, and what to do about it."""

    what: str
    state: State
    said: str


def examine_local(checks: Mapping[str, Callable[[], object]]) -> list[Line]:
    """Run checks of this machine; each raises an error of one line when something is wrong."""
    lines = []
    for what, check in checks.items():
        try:
            check()
        except (ValueError, JournalError) as error:
            lines.append(Line(what, State.WRONG, str(error)))
        else:
            lines.append(Line(what, State.FINE, ""))
    return lines


def examine_contact(contact: str) -> Line:
    """Tell whether site owners can find out who is asking."""
    if contact:
        return Line("contact", State.FINE, contact)
    said = "none: set BROKENLINKS_CONTACT to a web or mail address of yours; Wikipedia is slower"
    return Line("contact", State.NOTED, f"{said} to answer strangers")


async def examine_network(canary_urls: list[str], fetch: Fetch, dns: Dns) -> Line:
    """Tell whether the internet answers, and whether the name servers are honest."""
    if not canary_urls:
        return Line("network", State.NOTED, "CANARY_URLS is empty, so nothing was asked")
    rng = random.Random()  # noqa: S311 - for a name nobody registered
    canary = Canary(canary_urls, fetch, dns, rng)
    if await canary.network_is_fit():
        return Line("network", State.FINE, "answers, and names that do not exist are not invented")
    said = f"{canary.problem}; until that is mended nothing can be called dead"
    return Line("network", State.WRONG, said)


async def examine_archive(base: str, fetch: Fetch) -> Line:
    """Tell whether the archive can be reached; that it has a copy does not matter."""
    answer = await fetch(f"{base.rstrip('/')}/web/{WELL_KNOWN_PAGE}", max_bytes=1)
    if answer.status is not None and answer.status < 429:
        return Line("archive", State.FINE, base)
    said = f"status {answer.status}" if answer.status else f"{answer.trouble} {answer.detail}"
    return Line("archive", State.WRONG, f"{base} does not answer as it should: {said}")


async def examine_providers(settings: Mapping[str, Any], exchange: Exchange) -> list[Line]:
    """Ask every provider that is configured once, and name what the others want."""
    configured = providers_from(settings, "")
    lines = [_provider_line(provider, await _first(provider, exchange)) for provider in configured]
    return lines + _absent(set(PROVIDERS) - {provider.name for provider in configured})


async def examine_ratings(settings: Mapping[str, Any], exchange: Exchange) -> list[Line]:
    """Ask every service that rates domains, and whose key is set, about one domain."""
    lines = []
    configured = services_from(settings)
    for service in configured:
        ask = service.ask([WELL_KNOWN_DOMAIN])
        answer = await exchange(ask.url, headers=ask.headers, max_bytes=ANSWER_READ)
        ratings = service.read(redacted(answer, service.secret), [WELL_KNOWN_DOMAIN])
        works = ratings.outcome in ANSWERS
        said = "its key works" if works else f"{ratings.outcome}: {ratings.detail}"
        lines.append(Line(service.source, State.FINE if works else State.WRONG, said))
    sources = {service.source for service in SERVICES}
    return lines + _absent(sources - {service.source for service in configured})


def _absent(names: Iterable[str]) -> list[Line]:
    said = "not configured; see the README for what it takes"
    return [Line(name, State.NOTED, said) for name in sorted(names)]


async def _first(provider: Provider, exchange: Exchange) -> Found:
    """Hold the first exchange of a conversation."""
    conversation = provider.search(TRIED_QUERY)
    ask = next(conversation)
    answer = await exchange(ask.url, headers=ask.headers, body=ask.body, max_bytes=ANSWER_READ)
    try:
        conversation.send(answer)
    except StopIteration as end:
        found: Found = end.value
        return found
    return Found(Outcome.OK)


def _provider_line(provider: Provider, found: Found) -> Line:
    if found.outcome in ANSWERS:
        return Line(provider.name, State.FINE, "its key works" if provider.secrets else "answers")
    said = found.detail
    for secret in provider.secrets:
        said = said.replace(secret, "[key]")
    return Line(provider.name, State.WRONG, f"{found.outcome}: {said}")
