"""Contacts, one linking site in each row: how to write to it, and whether you may."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from brokenlinks.report.outreach.decisions import DO_NOT_CONTACT, Decisions
from brokenlinks.report.workbook.cells import DATE_FORMAT, Link
from brokenlinks.report.workbook.snapshot import KEY
from brokenlinks.report.workbook.table import CHANGED, Column, Layout, Row
from brokenlinks.report.workbook.wording import contact, excel_datetime
from brokenlinks.scoring.opportunities import row_key

LAYOUT = Layout(
    title="Contacts",
    table="Contacts",
    frozen="C2",
    columns=(
        Column(KEY, 12, folded=True),
        Column("Site", 28),
        Column("Dead links", 9),
        Column("Best rank", 9),
        Column("Contact", 40),
        Column("Contact type", 16),
        Column("Contact found at", 40),
        Column("Found on", 13, format=DATE_FORMAT),
        Column("Policy", 18),
        Column("Detail", 62),
        Column(CHANGED, 14, folded=True),
        Column(DO_NOT_CONTACT, 14, user_owned=True),
        Column("Notes", 34, user_owned=True),
    ),
    height=32.0,
)


def rows(opportunities: pd.DataFrame, decisions: Decisions) -> Iterator[Row]:
    """Yield the sheet's rows in the order of the work list."""
    ranked = opportunities.assign(rank=range(1, len(opportunities) + 1))
    counts = ranked["page_site"].value_counts().to_dict()
    best = ranked.drop_duplicates("page_site")
    return (_row(row, int(counts[row.page_site]), decisions) for row in best.itertuples())


def _row(row: Any, dead_links: int, decisions: Decisions) -> Row:
    return {
        KEY: row_key("", row.page_site),
        "Site": row.page_site,
        "Dead links": dead_links,
        "Best rank": row.rank,
        "Contact": contact(row, decisions),
        "Contact type": row.contact_kind or "not looked up yet",
        "Contact found at": Link(row.contact_found_on, row.contact_found_on),
        "Found on": excel_datetime(row.contact_found_at),
        "Policy": row.contact_policy,
        "Detail": row.contact_detail,
    }
