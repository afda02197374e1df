"""The resolver Scrapy connects through: no request of any kind passes it to a forbidden address."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import (
    IAddress,
    IHostnameResolver,
    IHostResolution,
)
from zope.interface import implementer

from brokenlinks.http.dns import Dns, DnsAnswer, read_hosts_file
from brokenlinks.http.ssrf import AddressGuard

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase


@implementer(IHostResolution)
class _Resolution:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing to cancel: the answer is shared, and another may be waiting for it."""


@implementer(IHostnameResolver)
class VettingResolver:
    """Resolves names through our own `Dns` (IPv6 included) and drops addresses the guard refuses.

    Installed by the setting TWISTED_DNS_RESOLVER, so pages, probes, robots.txt and every redirect
    hop pass here. The networks of ALLOWED_NETWORKS are let through.
    """

    def __init__(self, reactor: ReactorBase, dns: Dns, guard: AddressGuard) -> None:
        self.reactor = reactor
        self.dns = dns
        self.guard = guard

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Build from the settings DNS_NAMESERVERS, DNS_TIMEOUT and ALLOWED_NETWORKS."""
        settings = crawler.settings
        dns = Dns(
            settings.getlist("DNS_NAMESERVERS"),
            timeout=settings.getfloat("DNS_TIMEOUT"),
            hosts=read_hosts_file(),
        )
        return cls(reactor, dns, AddressGuard(settings.getlist("ALLOWED_NETWORKS")))

    def install_on_reactor(self) -> None:
        """Make the reactor resolve every name here."""
        self.reactor.installNameResolver(self)  # type: ignore[arg-type] # zope interface

    def resolveHostName(  # noqa: N802 - the interface's name
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: ARG002, N803
        transportSemantics: str = "TCP",  # noqa: ARG002, N803
    ) -> _Resolution:
        """Report the permitted addresses of `hostName`; none at all reads as "cannot resolve"."""
        resolution = _Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        task = asyncio.ensure_future(self.dns.addresses(hostName.rstrip(".").lower()))

        def report(done: asyncio.Task[DnsAnswer]) -> None:
            if not done.cancelled() and done.exception() is None:
                for address in task.result().addresses:
                    if self.guard.permits(address):
                        resolutionReceiver.addressResolved(_endpoint(address, portNumber))
            resolutionReceiver.resolutionComplete()

        task.add_done_callback(report)
        return resolution


def _endpoint(address: str, port: int) -> IPv4Address | IPv6Address:
    kind = IPv6Address if ":" in address else IPv4Address
    return kind("TCP", address, port)
