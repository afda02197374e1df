"""Lists of hosts: not worth checking, named everywhere, archives, redirect services."""

from __future__ import annotations

from functools import cache, lru_cache

from brokenlinks.text.phrases import read_toml
from brokenlinks.text.urls import host_of

HOST_CACHE_SIZE = 16_384


def is_excluded(url: str) -> bool:
    """Return whether the host's links are not worth checking; its parent domains count too."""
    return _is_listed(url, "social", "buttons", "elsewhere")


def is_generic_host(url: str) -> bool:
    """Return whether encyclopedias and search engines name the host whatever the niche."""
    return _is_listed(url, "archives", "citations", "platforms")


def is_platform(url: str) -> bool:
    """Return whether the page belongs to a code host, a shop, a video or scholarly platform."""
    return _is_listed(url, "citations", "platforms", "code")


def is_archived_copy(url: str) -> bool:
    """Return whether a link already leads to a web archive."""
    return _is_listed(url, "archives")


def is_redirect_service(url: str) -> bool:
    """Return whether the host only redirects, as URL shorteners and DOI resolvers do."""
    return host_of(url).removeprefix("www.") in _redirect_services()


@cache
def _redirect_services() -> frozenset[str]:
    groups = read_toml(__package__, "data/shorteners.toml").values()
    return frozenset(host for group in groups for host in group["hosts"])


def _is_listed(url: str, *groups: str) -> bool:
    return not _groups_listing(host_of(url)).isdisjoint(groups)


@lru_cache(maxsize=HOST_CACHE_SIZE)
def _groups_listing(host: str) -> frozenset[str]:
    """Return the groups that list the host, or a domain above it."""
    labels = host.split(".")
    domains = {".".join(labels[start:]) for start in range(len(labels))}
    return frozenset(group for group, hosts in _hosts().items() if domains & hosts)


@cache
def _hosts() -> dict[str, frozenset[str]]:
    raw = read_toml(__package__, "data/exclusions.toml")
    return {name: frozenset(group["hosts"]) for name, group in raw.items()}
