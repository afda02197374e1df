"""Contacts, one linking site in each row: how to write to it, and whether you may."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from brokenlinks.report.outreach.decisions import DO_NOT_CONTACT
from brokenlinks.report.workbook.cells import DATE_FORMAT
from brokenlinks.report.workbook.snapshot import KEY
from brokenlinks.report.workbook.table import CHANGED, Column, Layout
from brokenlinks.report.workbook.wording import contact, link_to
from brokenlinks.scoring.opportunities import row_key

LAYOUT = Layout(
    title="Contacts",
    table="Contacts",
    frozen="C2",
    columns=(
        Column(KEY, 12, lambda row: row_key("", row.page_site), folded=True),
        Column("Site", 28, "page_site"),
        Column("Dead links", 9, "dead_links"),
        Column("Best rank", 9, "rank"),
        Column("Contact", 40, contact),
        Column("Contact type", 16, lambda row: row.contact_kind or "not looked up yet"),
        Column("Contact found at", 40, link_to("contact_found_on")),
        Column("Found on", 13, "contact_found_at", format=DATE_FORMAT),
        Column("Policy", 18, "contact_policy"),
        Column("Detail", 62, "contact_detail"),
        Column(CHANGED, 14, folded=True),
        Column(DO_NOT_CONTACT, 14, user_owned=True),
        Column("Notes", 34, user_owned=True),
    ),
)


def records(opportunities: pd.DataFrame) -> Iterable[Any]:
    """Return what the sheet shows, in the order of the work list."""
    counts = opportunities["page_site"].value_counts()
    ranked = opportunities.assign(
        rank=range(1, len(opportunities) + 1), dead_links=opportunities["page_site"].map(counts)
    )
    return ranked.drop_duplicates("page_site").itertuples()
