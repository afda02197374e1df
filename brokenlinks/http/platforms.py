"""Which address a host's requests count for; those of large platforms count for none."""

from __future__ import annotations

import ipaddress
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache

from brokenlinks.text.phrases import read_toml

CACHED_ADDRESSES = 16_384
IPV6_HOST_BITS = 64
"""Of an IPv6 address: hosters give every site an address of its own, in one such network."""


@lru_cache(maxsize=CACHED_ADDRESSES)
def server_address(addresses: Sequence[str]) -> str:
    """Return which of a host's addresses its requests count for, "" on a platform's network.

    Name servers give the addresses in any order: the lowest stands for all. IPv4 goes first, as
    sites that share a server share that address.
    """
    parsed = [ipaddress.ip_address(address) for address in addresses]
    first = min(parsed, key=lambda address: (address.version, int(address)), default=None)
    if first is None or _is_of_platform(first):
        return ""
    if first.version == 4:
        return str(first)
    return f"{ipaddress.IPv6Address(int(first) >> IPV6_HOST_BITS << IPV6_HOST_BITS)}"


def _is_of_platform(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    networks = _networks()[address.version]
    at = bisect_right(networks, (int(address) + 1,)) - 1
    return at >= 0 and networks[at][0] <= int(address) <= networks[at][1]


@cache
def _networks() -> dict[int, list[tuple[int, int]]]:
    """Return the first and last address of each network of platforms.toml, in order."""
    ranges: dict[int, list[tuple[int, int]]] = {4: [], 6: []}
    for platform in read_toml("brokenlinks.http", "platforms.toml")["platform"]:
        for network in map(ipaddress.ip_network, platform["networks"]):
            first, last = int(network.network_address), int(network.broadcast_address)
            ranges[network.version].append((first, last))
    return {version: sorted(some) for version, some in ranges.items()}
