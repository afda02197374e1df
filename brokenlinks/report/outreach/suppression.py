"""The person's list of those who are not to be written to. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from brokenlinks.models.do_not_contact import DoNotContact
from brokenlinks.text.urls import ascii_host, host_of, is_ip_address

FILE_NAME = "do-not-contact.txt"
_COMMENT = re.compile(r"\([^)]*\)|#.*")
_PART_SEPARATOR = re.compile(r"[,;]")
_WORD_SEPARATOR = re.compile(r"[\s<>\[\]\"]+")


def read_do_not_contact(lines: Iterable[str]) -> DoNotContact:
    """Read addresses, domains and URLs, one a line or with commas between; `#` begins a comment.

    Names and remarks may stand around them.
    """
    addresses: set[str] = set()
    domains: set[str] = set()
    problems: list[str] = []
    for number, line in enumerate(lines, start=1):
        for part in _PART_SEPARATOR.split(_COMMENT.sub(" ", line.lower())):
            named = list(_entries(part))
            addresses.update(f"{local}@{host}" for local, host in named if local)
            domains.update(host for local, host in named if not local)
            if part.strip() and not named:
                said = part.strip()
                problems.append(f"{FILE_NAME} line {number}: {said!r} is no address and no domain")
    return DoNotContact(frozenset(addresses), frozenset(domains), tuple(problems))


def _entries(part: str) -> Iterator[tuple[str, str]]:
    """Yield the local part, "" for a whole domain, and the host of what a text names."""
    for word in _WORD_SEPARATOR.split(part):
        if "://" in word:
            local, domain = "", host_of(word)
        else:
            address = re.split("[/?]", word.removeprefix("mailto:"))[0]
            local, _, domain = address.rpartition("@")
        local = local.removeprefix("*")
        domain = domain if local else domain.removeprefix("*.").removeprefix("www.")
        host = ascii_host(domain)
        is_number = is_ip_address(host) and host != domain  # as a date is to browsers
        if "." in domain and host and not is_number:
            yield local, host
