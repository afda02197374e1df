"""The work list: one row for each dead link on each page, best first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from brokenlinks.liveness.messages import day
from brokenlinks.models.verdict import Stage
from brokenlinks.report.outreach.decisions import CHECK, NEW, READY, Decisions
from brokenlinks.report.workbook.cells import DATE_FORMAT as DATE
from brokenlinks.report.workbook.cells import Link, text_fragment_url
from brokenlinks.report.workbook.snapshot import KEY, STATUS
from brokenlinks.report.workbook.styles import STATUS_COLOURS
from brokenlinks.report.workbook.table import CHANGED, Column, Layout
from brokenlinks.report.workbook.wording import (
    archived_copy,
    archived_page_summary,
    contact,
    link_to,
    replacement_page,
    verdict,
)

PERCENT, TWO_PLACES = "0%", "0.00"


def _verified(row: Any) -> Any:
    """Return when page and target were last both verified before a mail."""
    both = not pd.isna(row.verified_at) and row.last_checked >= row.verified_at
    return row.verified_at if both else None


def _location(row: Any) -> str:
    around = "" if row.context == row.anchor else row.context
    linked_as = f"linked as {row.seen_as}" if row.seen_as else ""
    return "\n".join(part for part in (row.heading, around, linked_as) if part)


def _spot(row: Any) -> str:
    """Return the address that opens the page at the dead link."""
    return text_fragment_url(row.page_url, row.anchor)


def _next_step(row: Any) -> str:
    """Return what the user has to do next about a row, "" for nothing."""
    if row.status in {"Contacted", "Followed up"}:
        return "note the answer"
    if row.status == "Replied":
        return "note the outcome"
    if row.status not in {"", NEW, CHECK, READY} or row.is_barred or row.contact_policy:
        return ""
    if row.stage == Stage.SUSPECTED:
        check = "" if pd.isna(row.next_check) else f" of {day(row.next_check)}"
        return f"wait for the check{check}"
    if row.contact_kind in {"", "none"} and not row.has_override:
        return "find a contact"
    return "send its mail" if row.status == READY else "look at the page, then set Ready"


# The columns in view fit on a screen of 1,366 pixels; the others open above them.
LAYOUT = Layout(
    title="Opportunities",
    table="Opportunities",
    frozen="E2",
    columns=(
        Column(KEY, 12, "key", folded=True),
        Column("Rank", 7, "rank"),
        Column("Score", 8, "score", format="0"),
        Column("Tier", 6, lambda row: str(row.tier)),
        Column(
            STATUS,
            11,
            lambda row: NEW if row.confirmed else CHECK,
            user_owned=True,
            choices=tuple(STATUS_COLOURS),
        ),
        Column("Site", 18, lambda row: Link(row.page_site, _spot(row))),
        Column("What is dead", 30, lambda row: Link(row.name or row.link_url, row.link_url)),
        Column("Why", 38, "why"),
        Column("Contact", 20, contact),
        Column("Suggested page", 20, replacement_page),
        Column("Next step", 16, _next_step),
        Column("Notes", 24, user_owned=True),
        Column("Date contacted", 14, user_owned=True, folded=True, format=DATE),
        Column("Follow-up due", 14, user_owned=True, folded=True, format=DATE),
        Column("Date live", 14, user_owned=True, folded=True, format=DATE),
        Column("Outcome", 16, user_owned=True, folded=True),
        Column("Owner", 14, user_owned=True, folded=True),
        Column("Contact name", 18, user_owned=True, folded=True),
        Column("Contact override", 22, user_owned=True, folded=True),
        Column("Replacement override", 24, user_owned=True, folded=True),
        Column("Page", 34, lambda row: Link(row.page_url, _spot(row)), folded=True),
        Column("Page title", 28, "page_title", folded=True),
        Column("Dead link", 34, link_to("link_url"), folded=True),
        Column("Anchor", 22, "anchor", folded=True),
        Column("Where on the page", 30, _location, folded=True),
        Column("Verdict", 24, verdict, folded=True),
        Column("Confidence", 12, "confidence", folded=True),
        Column("Evidence", 44, "evidence", folded=True),
        Column("Dead since", 13, "dead_since", folded=True, format=DATE),
        Column("Archived copy", 20, archived_copy, folded=True),
        Column("What it was", 34, archived_page_summary, folded=True),
        Column("Moved to", 30, link_to("moved_to"), folded=True),
        Column("Sites linking", 9, "sites_linking", folded=True),
        Column("Match reason", 28, "match_reason", folded=True),
        Column(
            "Contact type", 14, lambda row: row.contact_kind or "not looked up yet", folded=True
        ),
        Column("Contact found at", 20, "contact_found_on", folded=True),
        Column("Verified", 13, _verified, folded=True, format=DATE),
        Column("Rel", 10, "rel", folded=True),
        Column("Placement", 12, "placement", folded=True),
        Column("Outlinks on page", 10, "page_outlinks", folded=True),
        Column("Dead share of page", 10, "dead_share", folded=True, format=PERCENT),
        Column("Page updated", 13, "page_updated", folded=True, format=DATE),
        Column("Authority", 10, "authority", folded=True, format=PERCENT),
        Column(
            "Authority source",
            14,
            lambda row: row.authority_source or row.authority_state,
            folded=True,
        ),
        Column("Niche standing", 10, "site_standing", folded=True),
        Column("Relevance", 12, "relevance", folded=True, format=TWO_PLACES),
        Column("Resource page", 10, "resource_score", folded=True, format=TWO_PLACES),
        Column("Demand", 10, "sites_linking", folded=True),
        Column("Data completeness", 12, "completeness", folded=True, format=PERCENT),
        Column("First seen", 13, "first_seen", folded=True, format=DATE),
        Column("Last checked", 13, "last_checked", folded=True, format=DATE),
        Column("Checks", 8, "checks", folded=True),
        Column(CHANGED, 14, "changed", folded=True),
    ),
    cleared=("Rank", "Score", "Next step"),
)


def records(
    opportunities: pd.DataFrame, decisions: Decisions, changed: Mapping[str, str]
) -> Iterable[Any]:
    """Return what the sheet shows in the ranking's order, hidden rows last.

    `changed` are the latest run's events by key.
    """
    hidden = opportunities["key"].isin(decisions.hidden_keys())
    ordered = opportunities.loc[hidden.sort_values(kind="stable").index]
    decided = [decisions.row(key) for key in ordered["key"].to_list()]
    return ordered.assign(
        rank=range(1, len(ordered) + 1),
        changed=[changed.get(key, "") for key in ordered["key"].to_list()],
        status=[decision.status for decision in decided],
        has_override=[bool(decision.contact) for decision in decided],
    ).itertuples()
