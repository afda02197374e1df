"""Dead domains, one in each row: gone, parked or hijacked, and what not to do with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from brokenlinks.report.workbook.cells import DATE_FORMAT, Link
from brokenlinks.report.workbook.snapshot import KEY
from brokenlinks.report.workbook.table import CHANGED, Column, Layout, Row
from brokenlinks.report.workbook.wording import excel_datetime
from brokenlinks.scoring.opportunities import row_key

RISK = (
    "Do not register it for its links: search engines treat expired domains that were bought for"
    " their links as spam. Ask the linking sites to update them instead."
)
STATE_LABELS = {
    "probably_available": "probably available",
    "pending_delete": "about to be deleted",
    "redemption": "expired, the owner can still restore it",
    "expired_grace": "expired, in its grace period",
    "on_hold": "on hold",
    "registered": "registered",
    "unknown": "unknown",
}

LAYOUT = Layout(
    title="Dead domains",
    table="Dead_domains",
    frozen="C2",
    columns=(
        Column(KEY, 12, folded=True),
        Column("Domain", 30),
        Column("State", 30),
        Column("State on", 13, format=DATE_FORMAT),
        Column("Registered on", 13, format=DATE_FORMAT),
        Column("Expires on", 13, format=DATE_FORMAT),
        Column("Dead links to it", 9),
        Column("Sites linking", 9),
        Column("Pages linking", 9),
        Column("What it was", 44),
        Column("An address", 34),
        Column("Risk", 60),
        Column(CHANGED, 14, folded=True),
        Column("Notes", 34, user_owned=True),
    ),
)


def rows(domains: pd.DataFrame) -> Iterator[Row]:
    """Yield the sheet's rows, most linked-to first."""
    return (_row(row) for row in domains.itertuples())


def _row(row: Any) -> Row:
    return {
        KEY: row_key("", row.domain),
        "Domain": row.domain,
        "State": STATE_LABELS[row.state],
        "State on": excel_datetime(row.state_on),
        "Registered on": excel_datetime(row.registered_at),
        "Expires on": excel_datetime(row.expires_at),
        "Dead links to it": row.urls,
        "Sites linking": row.sites_linking,
        "Pages linking": row.pages_linking,
        "What it was": f"“{row.title}”" if row.title else "",
        "An address": Link(row.target_url, row.target_url),
        "Risk": RISK,
    }
