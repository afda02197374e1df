"""Ways to contact a site, as its pages offer them, and whom not to contact."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from brokenlinks.models.page import Placement
from brokenlinks.text.urls import ascii_host


class PageRole(StrEnum):
    """Why a page was read, best first; `HOME` and `FRAME` only lead to others."""

    LINKING = "linking page"
    REPORT = "report"
    CONTACT = "contact"
    FEEDBACK = "feedback"
    IMPRINT = "imprint"
    ABOUT = "about"
    ACCESSIBILITY = "accessibility"
    LOCATION = "location"
    FRAME = "frame"
    HOME = "home"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class TextContext:
    """Text around an address or form: its line, the short line before it, the heading above."""

    line: str = ""
    previous_line: str = ""
    heading: str = ""
    placement: Placement = Placement.MAIN
    beside_external_link: bool = False
    """The line also links to another site."""


@dataclass(frozen=True, slots=True)
class Address:
    """A mail address in lower case.

    A protected one is written so that programs cannot read it: `value` is "" unless decoding
    is on, `domain` is the part that is written plainly.
    """

    value: str
    domain: str
    context: TextContext
    protected: bool = False

    @property
    def local(self) -> str:
        """Return the part before the @."""
        return self.value.rpartition("@")[0]


@dataclass(frozen=True, slots=True)
class Form:
    """A form that takes a message; `url` is set if it is on a form service's own page."""

    context: TextContext
    text: str = ""
    """Its labels, buttons and legends."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ContactLink:
    """A page of the same site that may say how to contact it."""

    url: str
    role: PageRole


@dataclass(frozen=True, slots=True)
class PageContacts:
    """Contacts on one page; `opt_out` is the sentence that declines solicitation, "" for none."""

    url: str
    title: str = ""
    words: int = 0
    """Visible words."""
    forms: tuple[Form, ...] = ()
    addresses: tuple[Address, ...] = ()
    contact_links: tuple[ContactLink, ...] = ()
    opt_out: str = ""


@dataclass(frozen=True, slots=True)
class ContactPage:
    """A page that was read for contacts, and why."""

    role: PageRole
    contacts: PageContacts


class ContactKind(StrEnum):
    """The ways to contact a site."""

    FORM = "form"
    ROLE_ADDRESS = "role address"
    PERSONAL_ADDRESS = "person address"
    PAGE = "page"
    PROTECTED = "protected"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Contact:
    """The best way to contact a site.

    `value` is an address, or the URL of a page (of the form, of the protected address);
    `found_on` the page that offers it; `policy` "opt-out" where the site declines solicitation.
    """

    kind: ContactKind
    value: str = ""
    found_on: str = ""
    policy: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class DoNotContact:
    """Addresses and domains, lower case; a domain includes everything under it.

    `problems` are the parts of lines that are neither, each with its line's number.
    """

    addresses: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()

    def __or__(self, other: DoNotContact) -> DoNotContact:
        """Return both lists as one."""
        return DoNotContact(
            self.addresses | other.addresses,
            self.domains | other.domains,
            self.problems + other.problems,
        )

    def covers_host(self, host: str) -> bool:
        """Return whether a host is under one of the domains."""
        labels = host.lower().split(".")
        return any(".".join(labels[at:]) in self.domains for at in range(len(labels)))

    def covers_address(self, address: str) -> bool:
        """Return whether a mail address, or its domain, is on the list."""
        local, _, domain = address.lower().rpartition("@")
        host = ascii_host(domain)
        return f"{local}@{host}" in self.addresses or self.covers_host(host)
