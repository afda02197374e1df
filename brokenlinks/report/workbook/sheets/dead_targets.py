"""Dead targets, one URL in each row: how many sites still link to it, and what it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from brokenlinks.report.workbook.cells import DATE_FORMAT, Link
from brokenlinks.report.workbook.snapshot import KEY
from brokenlinks.report.workbook.table import CHANGED, Column, Layout, Row
from brokenlinks.report.workbook.wording import (
    archived_copy,
    archived_page_summary,
    content_brief,
    excel_datetime,
    replacement_page,
    verdict,
)
from brokenlinks.scoring.opportunities import row_key

LAYOUT = Layout(
    title="Dead targets",
    table="Dead_targets",
    frozen="C2",
    columns=(
        Column(KEY, 12, folded=True),
        Column("Dead link", 44),
        Column("Sites linking", 9),
        Column("Pages linking", 9),
        Column("Wikipedia articles", 10),
        Column("Verdict", 26),
        Column("Confidence", 12),
        Column("Evidence", 56),
        Column("Dead since", 13, format=DATE_FORMAT),
        Column("Archived copy", 20),
        Column("What it was", 44),
        Column("Write this", 60),
        Column("Suggested page", 28),
        Column("Match reason", 28),
        Column("Moved to", 30, folded=True),
        Column("Checks", 8),
        Column("Next check", 13, format=DATE_FORMAT),
        Column(CHANGED, 14, folded=True),
        Column("Decision", 18, user_owned=True),
        Column("Notes", 34, user_owned=True),
    ),
)


def rows(dead_targets: pd.DataFrame) -> Iterator[Row]:
    """Yield the sheet's rows, most linked-to first."""
    return (_row(row) for row in dead_targets.itertuples())


def _row(row: Any) -> Row:
    return {
        KEY: row_key("", row.target_key),
        "Dead link": Link(row.target_url, row.target_url),
        "Sites linking": row.sites_linking,
        "Pages linking": row.pages_linking,
        "Wikipedia articles": None if pd.isna(row.citations) else int(row.citations),
        "Verdict": verdict(row),
        "Confidence": row.confidence,
        "Evidence": row.evidence,
        "Dead since": excel_datetime(row.dead_since),
        "Archived copy": archived_copy(row),
        "What it was": archived_page_summary(row),
        "Write this": content_brief(row),
        "Suggested page": replacement_page(row),
        "Match reason": row.match_reason,
        "Moved to": Link(row.moved_to, row.moved_to) if row.moved_to else "",
        "Checks": row.checks,
        "Next check": excel_datetime(row.next_check),
    }
