"""The work list: one row for each dead link on each page, best first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from brokenlinks.report.outreach.decisions import CHECK, NEW, Decisions
from brokenlinks.report.workbook.cells import DATE_FORMAT as DATE
from brokenlinks.report.workbook.cells import Link, text_fragment_url
from brokenlinks.report.workbook.snapshot import KEY, STATUS
from brokenlinks.report.workbook.styles import STATUS_COLOURS
from brokenlinks.report.workbook.table import CHANGED, Column, Layout, Row
from brokenlinks.report.workbook.wording import (
    archived_copy,
    archived_page_summary,
    contact,
    excel_datetime,
    replacement_page,
    verdict,
)

PERCENT, TWO_PLACES = "0%", "0.00"

LAYOUT = Layout(
    title="Opportunities",
    table="Opportunities",
    frozen="E2",
    columns=(
        Column(KEY, 12, folded=True),
        Column("Rank", 8),
        Column("Score", 9, format="0"),
        Column("Tier", 7),
        Column("Why", 66),
        Column(STATUS, 13, user_owned=True, choices=tuple(STATUS_COLOURS)),
        Column("Page", 34),
        Column("Page title", 28),
        Column("Site", 20),
        Column("Dead link", 34),
        Column("Anchor", 22),
        Column("Where on the page", 30),
        Column("Verdict", 24),
        Column("Confidence", 12),
        Column("Dead since", 13, format=DATE),
        Column("Archived copy", 20),
        Column("What it was", 34),
        Column("Sites linking", 9),
        Column("Suggested page", 28),
        Column("Match reason", 28),
        Column("Contact", 28),
        Column("Contact type", 14),
        Column("Verified", 13, folded=True, format=DATE),
        Column("Moved to", 30, folded=True),
        Column("Evidence", 44, folded=True),
        Column("Contact found at", 20, folded=True),
        Column("Rel", 10, folded=True),
        Column("Placement", 12, folded=True),
        Column("Outlinks on page", 10, folded=True),
        Column("Dead share of page", 10, folded=True, format=PERCENT),
        Column("Page updated", 13, folded=True, format=DATE),
        Column("Authority", 10, folded=True, format=PERCENT),
        Column("Authority source", 14, folded=True),
        Column("Niche standing", 10, folded=True),
        Column("Relevance", 12, folded=True, format=TWO_PLACES),
        Column("Resource page", 10, folded=True, format=TWO_PLACES),
        Column("Demand", 10, folded=True),
        Column("Data completeness", 12, folded=True, format=PERCENT),
        Column("First seen", 13, folded=True, format=DATE),
        Column("Last checked", 13, folded=True, format=DATE),
        Column("Checks", 8, folded=True),
        Column(CHANGED, 14, folded=True),
        Column("Owner", 14, user_owned=True, folded=True),
        Column("Contact name", 18, user_owned=True, folded=True),
        Column("Contact override", 22, user_owned=True, folded=True),
        Column("Replacement override", 24, user_owned=True, folded=True),
        Column("Date contacted", 14, user_owned=True, format=DATE),
        Column("Follow-up due", 14, user_owned=True, format=DATE),
        Column("Date live", 14, user_owned=True, folded=True, format=DATE),
        Column("Outcome", 16, user_owned=True),
        Column("Notes", 34, user_owned=True),
    ),
    cleared=("Rank", "Score"),
)


def rows(
    opportunities: pd.DataFrame, decisions: Decisions, changed: Mapping[str, str]
) -> Iterator[Row]:
    """Yield the sheet's rows in the ranking's order, hidden ones last.

    `changed` are the latest run's events by key.
    """
    hidden = opportunities["key"].isin(decisions.hidden_keys())
    ordered = opportunities.loc[hidden.sort_values(kind="stable").index]
    return (
        _row(rank, row, decisions, changed.get(str(row.key), ""))
        for rank, row in enumerate(ordered.itertuples(), start=1)
    )


def _row(rank: int, row: Any, decisions: Decisions, changed: str) -> Row:
    return {
        KEY: row.key,
        "Rank": rank,
        "Score": row.score,
        "Tier": str(row.tier),
        "Why": row.why,
        STATUS: NEW if row.confirmed else CHECK,
        "Page": Link(row.page_url, text_fragment_url(row.page_url, row.anchor)),
        "Page title": row.page_title,
        "Site": row.page_site,
        "Dead link": Link(row.link_url, row.link_url),
        "Anchor": row.anchor,
        "Where on the page": _location(row),
        "Verdict": verdict(row),
        "Confidence": row.confidence,
        "Dead since": excel_datetime(row.dead_since),
        "Archived copy": archived_copy(row),
        "What it was": archived_page_summary(row),
        "Sites linking": row.sites_linking,
        "Suggested page": replacement_page(row),
        "Match reason": row.match_reason,
        "Contact": contact(row, decisions),
        "Contact type": row.contact_kind or "not looked up yet",
        "Contact found at": row.contact_found_on,
        "Authority": None if pd.isna(row.authority) else row.authority,
        "Authority source": row.authority_source or row.authority_state,
        "Verified": _verified(row),
        "Moved to": Link(row.moved_to, row.moved_to) if row.moved_to else "",
        "Evidence": row.evidence,
        "Rel": row.rel,
        "Placement": row.placement,
        "Outlinks on page": row.page_outlinks,
        "Dead share of page": row.dead_share,
        "Page updated": excel_datetime(row.page_updated),
        "Niche standing": row.site_standing,
        "Relevance": row.relevance,
        "Resource page": row.resource_score,
        "Demand": row.sites_linking,
        "Data completeness": row.completeness,
        "First seen": excel_datetime(row.first_seen),
        "Last checked": excel_datetime(row.last_checked),
        "Checks": row.checks,
        CHANGED: changed,
    }


def _verified(row: Any) -> Any:
    """Return when page and target were last both verified before a mail."""
    both = not pd.isna(row.verified_at) and row.last_checked >= row.verified_at
    return excel_datetime(row.verified_at) if both else None


def _location(row: Any) -> str:
    around = "" if row.context == row.anchor else row.context
    return "\n".join(part for part in (row.heading, around) if part)
