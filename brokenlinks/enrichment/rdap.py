"""Looks up in the registries, over RDAP, whether and since when domains are registered.

How answers are read is RFC 9083, which server is asked RFC 9224. An answer counts only if it has
the right form, because it can confirm that a link is dead; an odd date or status in it is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from brokenlinks.enrichment.scheduler import Enricher, LookupContext
from brokenlinks.http.decoding import decoded_body, text_of
from brokenlinks.http.response import FetchResult, follow_redirects
from brokenlinks.http.service import CircuitBreaker, Service, ServiceClient, ServiceRequest
from brokenlinks.liveness.verdict import judge
from brokenlinks.models.lookups import RegistrationOutcome, RegistrationRecord
from brokenlinks.models.run_stats import LookupService
from brokenlinks.store.lookups import (
    PendingDomain,
    pending_domains,
    record_registration,
    targets_on_domain,
)
from brokenlinks.store.targets import refresh_verdict
from brokenlinks.text.clock import Clock
from brokenlinks.text.printable import excerpt
from brokenlinks.text.tables import parse_json
from brokenlinks.text.urls import HTTP_SCHEMES, ascii_host, host_of

RDAP_JSON = "application/rdap+json"
ANY_SUFFIX = "*"
"""The key for suffixes without a server of their own."""
EXCERPT_LENGTH = 200
MAX_STATUSES = 20
MAX_STATUS_LENGTH = 60
CLOCK_TOLERANCE = timedelta(days=1)
"""Clocks and time zones differ by less than this."""
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
MAX_RESPONSE_BYTES = 1_000_000
MAX_REDIRECTS = 3
MAX_WAIT = 60.0
"""Seconds to wait for a registry's rate limit; other registries wait behind it."""
MAX_CONSECUTIVE_FAILURES = 3
"""Unanswered look-ups in a row after which a server is not asked again in this run."""


class Rdap:
    """The registries' RDAP servers, each asked `per_second` times at most.

    `servers` are base addresses by suffix, "*" for all; what they leave open is looked up in the
    bootstrap file at `bootstrap_url`, which is fetched when it is first needed. Ask about one
    domain at a time.
    """

    def __init__(
        self,
        bootstrap_url: str,
        servers: Mapping[str, str],
        client: ServiceClient,
        clock: Clock,
        *,
        per_second: float,
    ) -> None:
        self._bootstrap_url = bootstrap_url
        self._servers = servers
        self._bootstrap: Mapping[str, str] | None = None
        self._client = client
        self._clock = clock
        self._interval = 1.0 / per_second
        self._breaker = CircuitBreaker(MAX_CONSECUTIVE_FAILURES)

    def should_defer(self, domain: str) -> bool:
        """Whether the server for `domain` has failed too often in this run."""
        host = host_of(self._known_server(domain) or self._bootstrap_url)
        return self._breaker.is_open(host)

    async def look_up(self, domain: str) -> RegistrationRecord:
        """Look up `domain`, a registrable domain in ASCII."""
        server = self._known_server(domain)
        if not server and self._bootstrap is None:
            answer = await follow_redirects(self._send, self._bootstrap_url, MAX_REDIRECTS)
            try:
                self._bootstrap = read_bootstrap(answer)
            except ValueError as error:
                self._breaker.record(host_of(self._bootstrap_url), answered=False)
                return not_looked_up(domain, self._clock(), str(error))
            server = self._known_server(domain)
        if not server:
            return RegistrationRecord(domain, RegistrationOutcome.UNSUPPORTED, self._clock())
        query = f"{server.rstrip('/')}/domain/{domain}"
        answer = await follow_redirects(self._send, query, MAX_REDIRECTS)
        record = read_registration(answer, domain, self._clock())
        answered = record.outcome is not RegistrationOutcome.NOT_LOOKED_UP
        self._breaker.record(host_of(server), answered=answered)
        return record

    def _known_server(self, domain: str) -> str:
        return server_for(domain, self._servers) or server_for(domain, self._bootstrap or {})

    async def _send(self, url: str) -> FetchResult:
        name = f"{host_of(url)} rdap"[-100:]  # as long as the store's column
        service = Service(name, self._interval, max_wait=MAX_WAIT)
        request = ServiceRequest(url, {"Accept": f"{RDAP_JSON}, application/json"})
        answer = await self._client.send(service, request, max_bytes=MAX_RESPONSE_BYTES)
        if answer.status == 429:
            self._breaker.trip(host_of(url))
        return answer


class RegistrationEnricher(Enricher[PendingDomain]):
    """Asks about the domains of targets that are dead or may have changed hands."""

    service = LookupService.REGISTRY

    def __init__(self, context: LookupContext, rdap: Rdap) -> None:
        super().__init__(context)
        self._rdap = rdap

    def should_defer(self, pending: PendingDomain) -> bool:
        """Whether the domain's registry has failed too often in this run."""
        return self._rdap.should_defer(pending.id)

    async def pending(self, target_ids: Sequence[int] | None) -> list[PendingDomain]:
        """Return the domains whose registration matters to a verdict and is not known."""
        context = self.context
        return await context.writer.run(pending_domains, context.niche, context.clock(), target_ids)

    async def look_up(self, pending: PendingDomain) -> bool:
        """Look up whether the domain is registered."""
        record = await self._rdap.look_up(pending.id)
        answered = record.outcome is not RegistrationOutcome.NOT_LOOKED_UP
        self.stats.count(record.outcome, "" if answered else record.detail)
        if answered:
            await self.context.writer.run(_store_record, record)
        return answered


def _store_record(connection: Connection, record: RegistrationRecord) -> None:
    """Store the answer and judge the domain's targets again, as the registry is evidence too."""
    record_registration(connection, record)
    for target_id in targets_on_domain(connection, record.domain):
        refresh_verdict(connection, target_id, record.looked_up_at, judge)


def read_registration(answer: FetchResult, domain: str, now: datetime) -> RegistrationRecord:
    """Read a registry's answer about `domain`; anything unexpected is NOT_LOOKED_UP."""
    if answer.error is not None:
        return not_looked_up(domain, now, f"no answer: {answer.error}")
    if answer.status == 429:
        return not_looked_up(domain, now, answer.detail or "too many requests (429)")
    if answer.status == 404 and _says_not_found(answer):
        return RegistrationRecord(domain, RegistrationOutcome.NOT_FOUND, now)
    if answer.status != 200:
        return not_looked_up(domain, now, f"answered {answer.status}: {_excerpt(answer)}")
    try:
        return _registered(_document(answer), domain, now)
    except ValueError as error:
        return not_looked_up(domain, now, f"unexpected answer ({error}): {_excerpt(answer)}")


def not_looked_up(domain: str, now: datetime, detail: str) -> RegistrationRecord:
    """Return the record of a look-up without an answer."""
    return RegistrationRecord(domain, RegistrationOutcome.NOT_LOOKED_UP, now, detail=detail)


def read_bootstrap(answer: FetchResult) -> dict[str, str]:
    """Return the servers' base URLs by suffix, without odd entries.

    Raises ValueError with what came instead.
    """
    if answer.status != 200:
        raise ValueError(f"no bootstrap file: {answer.error or f'answered {answer.status}'}")
    servers: dict[str, str] = {}
    try:
        services = _list(_document(answer), "services")
    except ValueError as error:
        raise ValueError(f"unexpected bootstrap file: {_excerpt(answer)}") from error
    for service in services:
        match service:
            case [[*suffixes], [*addresses]]:
                usable = (url for url in addresses if _is_web_address(url))
                preferred = sorted(usable, key=lambda url: not url.lower().startswith("https:"))
                named = (suffix.lower() for suffix in suffixes if isinstance(suffix, str))
                servers |= dict.fromkeys(named, preferred[0]) if preferred else {}
    if not servers:
        raise ValueError(f"unexpected bootstrap file: {_excerpt(answer)}")
    return servers


def server_for(domain: str, servers: Mapping[str, str]) -> str:
    """Return the base URL of the server for `domain`, "" for none.

    The longest suffix wins, and any suffix wins over `ANY_SUFFIX`.
    """
    labels = domain.split(".")
    suffixes = [".".join(labels[start:]) for start in range(1, len(labels))]
    return next((servers[s] for s in (*suffixes, ANY_SUFFIX) if s in servers), "")


def _is_web_address(value: object) -> bool:
    scheme, separator, rest = value.partition("://") if isinstance(value, str) else ("", "", "")
    return bool(separator and rest) and scheme.lower() in HTTP_SCHEMES


def _says_not_found(answer: FetchResult) -> bool:
    """Whether a 404 is the registry's answer, not the error page of a proxy in front of it."""
    if not answer.body.strip():
        return True
    try:
        document = _document(answer)
    except ValueError:
        return False
    if "errorCode" in document:
        return str(document["errorCode"]) == "404"
    return "rdapConformance" in document or RDAP_JSON in answer.headers.get("content-type", "")


def _document(answer: FetchResult) -> dict[str, Any]:
    """Return the answer's JSON object. Raises ValueError if it is missing or cut off."""
    body = decoded_body(answer, MAX_RESPONSE_BYTES)
    if body is None or answer.truncated:
        raise ValueError("cannot be decoded" if body is None else "too long")
    try:
        document = parse_json(body)
    except ValueError:
        raise ValueError("not JSON") from None
    if not isinstance(document, dict):
        raise ValueError("not an object")  # noqa: TRY004 - of the answer, not of our code
    return document


def _registered(document: Mapping[str, Any], domain: str, now: datetime) -> RegistrationRecord:
    names = (document.get(key) for key in ("ldhName", "unicodeName"))
    is_about = any(isinstance(name, str) and ascii_host(name) == domain for name in names)
    if document.get("objectClassName") != "domain" or not is_about:
        raise ValueError("another object")
    registrations = _moments(document, {"registration", "reregistration"})
    return RegistrationRecord(
        domain,
        RegistrationOutcome.REGISTERED,
        now,
        registered_at=max((m for m in registrations if m <= now + CLOCK_TOLERANCE), default=None),
        expires_at=max(_moments(document, {"expiration"}), default=None),
        statuses=_statuses(document),
    )


def _moments(document: Mapping[str, Any], actions: set[str]) -> list[datetime]:
    """Return when the domain's own events had one of `actions`. Raises ValueError."""
    moments = []
    for event in _list(document, "events"):
        match event:
            case {"eventAction": str(action), "eventDate": str(date)}:
                moment = _parse_datetime(date) if action.strip().lower() in actions else None
                moments += [moment] if moment else []
    return moments


def _parse_datetime(text: str) -> datetime | None:
    """Read an RFC 3339 time, as UTC if it has no offset."""
    try:
        moment = datetime.fromisoformat(text.strip().upper())
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _statuses(document: Mapping[str, Any]) -> tuple[str, ...]:
    statuses = [status for status in _list(document, "status") if isinstance(status, str)]
    words = (_WORD.findall(status[:MAX_STATUS_LENGTH]) for status in statuses[:MAX_STATUSES])
    return tuple(dict.fromkeys(filter(None, (" ".join(word).lower() for word in words))))


def _list(document: Mapping[str, Any], key: str) -> list[Any]:
    value = document.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ValueError(f"odd {key}")  # noqa: TRY004 - of the answer, not of our code
    return value


def _excerpt(answer: FetchResult) -> str:
    return excerpt(text_of(answer, MAX_RESPONSE_BYTES) or "", EXCERPT_LENGTH)
