"""The user's decisions, in the workbook and beside it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from brokenlinks.models.contact import DoNotContact

NEW, CHECK, READY, WON, DO_NOT_CONTACT = "New", "Check", "Ready", "Won", "Do not contact"
NOT_RELEVANT = "Not relevant"
"""Hides its row."""
CONTACTED_STATUSES = frozenset({"Contacted", "Followed up", "Replied", WON, "Declined", "No reply"})
"""Statuses of rows whose site has had its one mail."""
FUNNEL_STATUSES = (READY, "Contacted", "Followed up", "Replied", WON)
"""The steps of a row that goes well."""
OUTCOME_STATUSES = (WON, "Declined", "No reply", "Fixed without us")
"""Statuses with which a row has an outcome."""


@dataclass(frozen=True, slots=True)
class RowDecision:
    """What the user wrote in a row of the work list; empty fields leave it to the program."""

    status: str = ""
    contact_name: str = ""
    contact: str = ""
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class DraftOverride:
    """A mail in the user's own words; empty fields keep the draft's."""

    subject: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions, by row key and by site; `suppressed_sites` must not be written to.

    `unread` names files that may hold more decisions but could not be read.
    """

    rows: Mapping[str, RowDecision] = field(default_factory=dict)
    drafts: Mapping[str, DraftOverride] = field(default_factory=dict)
    suppressed_sites: frozenset[str] = frozenset()
    do_not_contact: DoNotContact = field(default_factory=DoNotContact)
    unread: tuple[str, ...] = ()

    def row(self, key: str) -> RowDecision:
        """Return the decisions on a row of the work list."""
        return self.rows.get(key, RowDecision())

    def hidden_keys(self) -> frozenset[str]:
        """Return the keys of the rows that the user does not want to see."""
        return frozenset(key for key, row in self.rows.items() if row.status == NOT_RELEVANT)

    def is_suppressed(self, site: str) -> bool:
        """Whether a site must not be written to."""
        return site in self.suppressed_sites or self.do_not_contact.covers_host(site)

    def bars(self, site: str, address: str) -> bool:
        """Whether a site, or its address of contact, must not be written to."""
        return self.is_suppressed(site) or self.do_not_contact.covers_address(address)
