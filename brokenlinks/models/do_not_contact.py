"""The do-not-contact list."""

from __future__ import annotations

from dataclasses import dataclass, field

from brokenlinks.text.urls import ascii_host


@dataclass(frozen=True, slots=True)
class DoNotContact:
    """Addresses and domains, lower case; a domain stands for everything under it.

    `problems` are the parts of lines that are neither, each with its line's number.
    """

    addresses: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    problems: tuple[str, ...] = field(default=())

    def __or__(self, other: DoNotContact) -> DoNotContact:
        """Return both lists as one."""
        return DoNotContact(
            self.addresses | other.addresses,
            self.domains | other.domains,
            self.problems + other.problems,
        )

    def covers_host(self, host: str) -> bool:
        """Tell whether a host is under one of the domains."""
        labels = host.lower().split(".")
        return any(".".join(labels[at:]) in self.domains for at in range(len(labels)))

    def covers_address(self, address: str) -> bool:
        """Tell whether a mail address, or its domain, is on the list."""
        local, _, domain = address.lower().rpartition("@")
        host = ascii_host(domain)
        return f"{local}@{host}" in self.addresses or self.covers_host(host)
