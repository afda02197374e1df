"""The person's list of those who are not to be written to. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from brokenlinks.urls import ascii_host, host_of

FILE_NAME = "do-not-contact.txt"
_DOMAIN = re.compile(r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+")


@dataclass(frozen=True, slots=True)
class DoNotContact:
    """Addresses and domains, lower case; a domain stands for everything under it.

    `problems` are the lines that are neither, each with its number.
    """

    addresses: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    problems: tuple[str, ...] = field(default=())

    def bars_host(self, host: str) -> bool:
        """Tell whether a host is under one of the domains."""
        labels = host.lower().split(".")
        return any(".".join(labels[at:]) in self.domains for at in range(len(labels)))

    def bars_address(self, address: str) -> bool:
        """Tell whether a mail address, or its domain, is on the list."""
        _, _, domain = address.rpartition("@")
        return address.lower() in self.addresses or self.bars_host(domain)


def read_do_not_contact(lines: Iterable[str]) -> DoNotContact:
    """Read one address, domain or URL a line; `#` begins a comment."""
    addresses, domains, problems = set(), set(), []
    for number, line in enumerate(lines, start=1):
        said = line.partition("#")[0].strip().lower()
        name = (host_of(said) if "://" in said else said).removeprefix("*.").removeprefix("www.")
        if "@" in said.strip("@"):
            addresses.add(said)
        elif _DOMAIN.fullmatch(name.removeprefix("@")):
            domains.add(ascii_host(name.removeprefix("@")))
        elif said:
            problems.append(f"{FILE_NAME} line {number}: {said!r} is no address and no domain")
    return DoNotContact(frozenset(addresses), frozenset(domains), tuple(problems))
