"""Recognises parked domains by DNS, redirects, wording and markup (`data/parking.toml`)."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import parse_qsl, urlsplit

from brokenlinks.html.document import SHORT_PAGE_WORDS
from brokenlinks.liveness.signals.error_pages import MAX_HEADING_LENGTH, mentions_errors
from brokenlinks.text.normalize import fold, split_words, strip_quotes
from brokenlinks.text.phrases import (
    MarkupMatcher,
    SubstringMatcher,
    expand,
    read_toml,
    terms_pattern,
)
from brokenlinks.text.urls import host_of, is_root, registrable_domain

MAX_TEXT_LENGTH = 20_000
"""Characters of a page's text; it has fewer than `SHORT_PAGE_WORDS` words, however long."""
ADDRESS_CACHE_SIZE = 16_384
"""IP addresses; a host with many links has its own checked once for each."""
_DOMAIN = r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,24}"


@dataclass(frozen=True, slots=True)
class _Parking:
    name_servers: frozenset[str]
    cnames: frozenset[str]
    networks: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]
    marketplaces: tuple[str, ...]
    parking_paths: frozenset[str]
    numbered_hosts: re.Pattern[str]
    single_numbered_hosts: re.Pattern[str]
    tracking: frozenset[str]
    wordings: frozenset[str]
    """The phrases, with "domain.placeholder" in place of a domain's name."""
    phrase_words: SubstringMatcher
    """The longest word of each phrase: most texts lack all of them, which is quick to see."""
    markup: MarkupMatcher


def parking_name_server(hosts: Iterable[str]) -> str:
    """Return the first of the name servers that belongs to a parking service, "" for none."""
    return next(
        (host for host in hosts if _is_domain_or_subdomain(host, _parking().name_servers)), ""
    )


def parking_cname(host: str) -> str:
    """Return `host` when it is an alias that a parking service gives out, "" otherwise."""
    return host if _is_domain_or_subdomain(host, _parking().cnames) else ""


def parking_address(addresses: Iterable[str]) -> str:
    """Return the first address in a network that serves nothing but parked domains."""
    return next(filter(_is_parking_address, addresses), "")


@lru_cache(maxsize=ADDRESS_CACHE_SIZE)
def _is_parking_address(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return any(address in network for network in _parking().networks)


def parking_redirect(requested: str, final: str) -> str:
    """Return what shows that a redirect led to a parking page at `final`, "" for nothing."""
    parking = _parking()
    host, old_host = host_of(final), host_of(requested)
    path = _path_of(final).rstrip("/")
    if registrable_domain(host) != registrable_domain(old_host):
        if _is_domain_or_subdomain(old_host, parking.marketplaces):
            return ""
        place = f"{host.removeprefix('www.')}{path}"
        return next((m for m in parking.marketplaces if _is_at_or_under(place, m)), "")
    if path in parking.parking_paths and _path_of(requested).rstrip("/") != path:
        return path
    is_numbered = host != old_host and _is_numbered_host(host, requested, final, parking)
    return host if is_numbered else ""


def _is_at_or_under(place: str, listed: str) -> bool:
    """Return whether `place` (host and path) is at or under `listed` (host, maybe a path)."""
    if "/" in listed:
        return place.startswith(listed)
    return _is_domain_or_subdomain(place.partition("/")[0], {listed})


def _is_numbered_host(host: str, requested: str, final: str, parking: _Parking) -> bool:
    if parking.numbered_hosts.match(host):
        return True
    names = (name.lower() for name, _ in parse_qsl(urlsplit(final).query))
    to_front = is_root(final) and not is_root(requested)
    sent = to_front or any(name in parking.tracking for name in names)
    return sent and bool(parking.single_numbered_hosts.match(host))


def _is_domain_or_subdomain(host: str, domains: Collection[str]) -> bool:
    labels = host.strip().rstrip(".").lower().split(".")
    return any(".".join(labels[start:]) in domains for start in range(len(labels) - 1))


def parked_phrase(title: str, h1: str, text: str, words: int) -> str:
    """Return what says that the domain is parked or for sale, "" for nothing.

    Searches title and first heading, and the visible `text` of a page with fewer `words` than
    `SHORT_PAGE_WORDS`. Brokers and articles use these phrases too: one signal of two.
    """
    for heading in (title[:MAX_HEADING_LENGTH], h1[:MAX_HEADING_LENGTH]):
        phrase = _find_phrase(heading)
        if phrase and not mentions_errors(re.sub(_DOMAIN, "", _normalize_phrase(heading))):
            return phrase
    return _find_phrase(text[:MAX_TEXT_LENGTH]) if words < SHORT_PAGE_WORDS else ""


def _find_phrase(text: str) -> str:
    if not _parking().phrase_words.find_in(strip_quotes(fold(text))):
        return ""
    match = _phrases().search(_normalize_phrase(text))
    return match.group() if match else ""


@cache
def _phrases() -> re.Pattern[str]:
    """Return what finds a phrase. It takes a while to compile, and many crawls meet none."""
    # Longest first, so that what is reported is the fullest wording.
    longest_first = sorted(_parking().wordings, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(terms_pattern(longest_first).replace(r"domain\.placeholder", _DOMAIN))


def _normalize_phrase(text: str) -> str:
    """Return folded words with the dots inside domain names kept."""
    folded = strip_quotes(fold(text))
    return " ".join(
        re.sub(r"[^\w\s.\u0e00-\u0e7f-]|\.(?!\w)|(?<!\w)-|-(?!\w)", " ", folded).split()
    )


def parked_markup(source: str) -> str:
    """Return the parking service whose script or markup the page carries, "" for none."""
    return _parking().markup.find_in(source)


@cache
def _parking() -> _Parking:
    raw = read_toml(__package__, "data/parking.toml")

    def hosts(kind: str) -> tuple[str, ...]:
        return tuple(host for group in raw[kind] for host in group["hosts"])

    wordings = frozenset(
        _normalize_phrase(phrase.replace("<domain>", "domain.placeholder"))
        for group in raw["phrases"]
        for pattern in group["phrases"]
        for phrase in expand(pattern)
    )
    return _Parking(
        name_servers=frozenset(hosts("name_servers")),
        cnames=frozenset(hosts("cnames")),
        networks=tuple(
            ipaddress.ip_network(network)
            for group in raw["networks"]
            for network in group["networks"]
        ),
        marketplaces=hosts("marketplaces"),
        parking_paths=frozenset(raw["shapes"]["parking_paths"]),
        numbered_hosts=re.compile(raw["shapes"]["numbered_hosts"]),
        single_numbered_hosts=re.compile(raw["shapes"]["single_numbered_hosts"]),
        tracking=frozenset(raw["shapes"]["tracking"]),
        wordings=wordings,
        phrase_words=SubstringMatcher(
            max(split_words(wording.replace("domain.placeholder", "")), key=len)
            for wording in wordings
        ),
        markup=MarkupMatcher(raw["markup"]),
    )


def _path_of(url: str) -> str:
    """Return the path of `url` in lower case, "" when it is no URL."""
    try:
        return urlsplit(url).path.lower()
    except ValueError:
        return ""
