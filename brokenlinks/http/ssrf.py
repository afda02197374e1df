"""Which addresses and ports a link may make us connect to (server-side request forgery)."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network

CACHED_ADDRESSES = 16_384
BLOCKED_PORTS = frozenset(
    {
        *(0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95),
        *(101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161),
        *(179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563),
        *(587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061),
        *(6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080),
        # MySQL, PostgreSQL, Redis, memcached, MongoDB: browsers would ask them, which is no use.
        *(3306, 5432, 6379, 11211, 27017),
    }
)
"""Ports of mail, shells, databases and the like, which may take a request for commands of their
own. All but the last line are those of browsers (https://fetch.spec.whatwg.org/#port-blocking)."""
# IPv6 prefixes that embed an IPv4 address, which decides.
_IPV4_EMBEDDING = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))
# Private by their RFCs, but global according to Python.
_SITE_LOCAL = (ipaddress.IPv6Network("fec0::/10"), ipaddress.IPv6Network("64:ff9b:1::/48"))


class AddressGuard:
    """Refuses private, loopback, link-local, metadata, multicast and reserved addresses.

    `allowed_networks` are exceptions in CIDR notation, for an intranet or a test bed.
    Raises ValueError, naming it, for one that is not a network.
    """

    def __init__(self, allowed_networks: Iterable[str] = ()) -> None:
        self._allowed: tuple[IPNetwork, ...] = tuple(
            ipaddress.ip_network(text.strip(), strict=False) for text in allowed_networks
        )
        # Checked several times for each request.
        self.permits = lru_cache(maxsize=CACHED_ADDRESSES)(self._permits)
        self.is_allowlisted = lru_cache(maxsize=CACHED_ADDRESSES)(self._is_allowlisted)

    def _permits(self, address: str) -> bool:
        """Return whether a request may be sent to `address`."""
        return self.is_allowlisted(address) or _is_public(ipaddress.ip_address(address))

    def _is_allowlisted(self, address: str) -> bool:
        """Return whether `address` is in a network that the user allowed."""
        parsed = ipaddress.ip_address(address)
        return any(parsed in network for network in self._allowed)


def has_blocked_port(url: str) -> bool:
    """Return whether an absolute URL names a port of another service than the web."""
    return urlsplit(url).port in BLOCKED_PORTS


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and any(address in network for network in _IPV4_EMBEDDING):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(inner)
        if any(address in network for network in _SITE_LOCAL):
            return False
    return address.is_global and not address.is_multicast
