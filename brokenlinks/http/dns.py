"""Our own DNS look-ups: an HTTP client reports every kind of failure as one error."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import dns.asyncresolver
import dns.exception
import dns.nameserver
import dns.rcode
import dns.rdatatype
import dns.resolver

from brokenlinks.http.async_cache import AsyncCache
from brokenlinks.text.urls import is_ip_address

CACHED_NAMES = 50_000
DEFAULT_PORT, MAX_PORT = 53, 65_535
FALLBACK_NAMESERVER = "127.0.0.1"
MAX_CONCURRENT_QUERIES = 100
"""A resolver drops queries that come too fast, and each query holds a socket."""


class DnsOutcome(StrEnum):
    """The outcome of a look-up; the last four leave open whether the name exists."""

    OK = "ok"
    NXDOMAIN = "nxdomain"
    NO_ADDRESS = "no_address"
    SERVFAIL = "servfail"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class DnsAnswer:
    """Addresses of a host, IPv6 and IPv4, or why there are none."""

    outcome: DnsOutcome
    addresses: tuple[str, ...] = ()
    cname: str = ""


class Dns:
    """Queries name servers (`address` or `address:port`; none: the system's) and caches answers.

    `timeout` is in seconds for one query with its retries. `hosts` are names known locally.
    """

    def __init__(
        self,
        nameservers: Iterable[str] = (),
        *,
        timeout: float = 5.0,
        hosts: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self._resolver = _make_resolver(nameservers, timeout)
        self._hosts = dict(hosts or {})
        self._semaphore = asyncio.Semaphore(MAX_CONCURRENT_QUERIES)
        self._answers = AsyncCache[DnsAnswer](CACHED_NAMES)
        self._name_servers = AsyncCache[tuple[str, ...]](CACHED_NAMES)

    async def addresses(self, host: str) -> DnsAnswer:
        """Return the addresses of `host`, looked up once a run."""
        return await self._answers.get(host, self._look_up)

    async def check_domain(self, domain: str) -> DnsOutcome:
        """Look up a registrable domain's SOA without the cache: each answer is independent."""
        if _resolve_locally(domain, self._hosts) is not None:
            return (await self.addresses(domain)).outcome
        return (await self._query(domain, "SOA"))[0]

    async def name_servers(self, domain: str) -> tuple[str, ...]:
        """Return a registrable domain's name servers, none if there is no answer."""
        return await self._name_servers.get(domain, self._look_up_name_servers)

    async def _look_up_name_servers(self, domain: str) -> tuple[str, ...]:
        if _resolve_locally(domain, self._hosts) is not None:
            return ()
        _, found, _ = await self._query(domain, "NS")
        return tuple(sorted(host.rstrip(".").lower() for host in found))

    async def _look_up(self, host: str) -> DnsAnswer:
        known = _resolve_locally(host, self._hosts)
        if known is not None:
            return known
        answers = await asyncio.gather(self._query(host, "AAAA"), self._query(host, "A"))
        addresses = tuple(address for _, found, _ in answers for address in found)
        outcomes = {outcome for outcome, _, _ in answers}
        cname = next((cname for _, _, cname in answers if cname), "")
        if addresses:
            return DnsAnswer(DnsOutcome.OK, addresses, cname)
        outcome = min(outcomes - {DnsOutcome.OK}, key=_OUTCOME_PRECEDENCE.index)
        return DnsAnswer(outcome, (), cname)

    async def _query(self, name: str, kind: str) -> tuple[DnsOutcome, tuple[str, ...], str]:
        try:
            async with self._semaphore:
                answer = await self._resolver.resolve(
                    name, kind, raise_on_no_answer=False, search=False
                )
        except dns.resolver.NXDOMAIN:
            return DnsOutcome.NXDOMAIN, (), ""
        except dns.resolver.NoNameservers as error:
            return _no_nameservers_outcome(error), (), ""
        except dns.exception.Timeout:
            return DnsOutcome.TIMEOUT, (), ""
        except (dns.exception.DNSException, OSError, UnicodeError):
            return DnsOutcome.ERROR, (), ""
        canonical = str(answer.canonical_name).rstrip(".")
        cname = canonical if canonical != name.rstrip(".") else ""
        if answer.rrset is None:
            return DnsOutcome.NO_ADDRESS, (), cname
        records = tuple(record.to_text() for record in answer.rrset) if kind != "SOA" else ()
        return DnsOutcome.OK, records, cname


# Without an address, one uncertain answer makes the name uncertain.
_OUTCOME_PRECEDENCE = (
    DnsOutcome.TIMEOUT,
    DnsOutcome.SERVFAIL,
    DnsOutcome.REFUSED,
    DnsOutcome.ERROR,
    DnsOutcome.NXDOMAIN,
    DnsOutcome.NO_ADDRESS,
)


def read_hosts_file(path: Path = Path("/etc/hosts")) -> dict[str, tuple[str, ...]]:
    """Return the names of a hosts file with their addresses; none when there is no such file."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    names: dict[str, tuple[str, ...]] = {}
    for line in lines:
        address, *hosts = line.split("#", 1)[0].split() or [""]
        if is_ip_address(address):
            for host in hosts:
                names[host.lower()] = (*names.get(host.lower(), ()), address)
    return names


def _resolve_locally(host: str, hosts: Mapping[str, tuple[str, ...]]) -> DnsAnswer | None:
    """Return what needs no query (RFC 6761: `localhost` is here, `.invalid` never exists)."""
    if is_ip_address(host):
        return DnsAnswer(DnsOutcome.OK, (host,))
    if host in hosts:
        return DnsAnswer(DnsOutcome.OK, hosts[host])
    if host == "localhost" or host.endswith(".localhost"):
        return DnsAnswer(DnsOutcome.OK, ("::1", "127.0.0.1"))
    if host == "invalid" or host.endswith(".invalid"):
        return DnsAnswer(DnsOutcome.NXDOMAIN)
    return None


def _make_resolver(nameservers: Iterable[str], timeout: float) -> dns.asyncresolver.Resolver:
    servers = [_nameserver(text) for text in nameservers]
    try:
        resolver = dns.asyncresolver.Resolver(configure=not servers)
    except dns.resolver.NoResolverConfiguration:
        resolver = dns.asyncresolver.Resolver(configure=False)
        servers = [_nameserver(FALLBACK_NAMESERVER)]
    if servers:
        resolver.nameservers = servers
    resolver.lifetime = timeout
    resolver.timeout = timeout / 2
    return resolver


def _nameserver(text: str) -> dns.nameserver.Nameserver:
    """Parse `address`, `address:port` or `[v6]:port`. Raises ValueError naming what is wrong."""
    address, port = text.strip(), DEFAULT_PORT
    if not is_ip_address(address):
        address, _, digits = address.rpartition(":")
        address = address.strip("[]")
        port = int(digits) if re.fullmatch("[0-9]{1,5}", digits) else 0
        if not is_ip_address(address) or not 0 < port <= MAX_PORT:
            raise ValueError(f"DNS_NAMESERVERS: {text!r} is not an address or address:port")
    return dns.nameserver.Do53Nameserver(address, port)


def _no_nameservers_outcome(error: dns.resolver.NoNameservers) -> DnsOutcome:
    codes = [response.rcode() for *_, response in error.kwargs.get("errors", []) if response]
    if dns.rcode.REFUSED in codes and dns.rcode.SERVFAIL not in codes:
        return DnsOutcome.REFUSED
    return DnsOutcome.SERVFAIL
