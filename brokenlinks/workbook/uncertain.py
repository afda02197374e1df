"""What could not be told: refusals, failures, and links waiting for their next check."""

from __future__ import annotations

from typing import Any

import pandas as pd

from brokenlinks.workbook.cells import Link
from brokenlinks.workbook.table import Column, Layout, Row
from brokenlinks.workbook.wording import moment, verdict

LAYOUT = Layout(
    title="Uncertain",
    table="Uncertain",
    frozen="B2",
    keyed=False,
    columns=(
        Column("Link", 46),
        Column("Page", 40),
        Column("Anchor", 26),
        Column("Kind", 12),
        Column("Verdict", 30),
        Column("Evidence", 60),
        Column("Next check", 13, format="d mmm yyyy"),
        Column("Checks", 8),
    ),
)


def rows(uncertain: pd.DataFrame) -> list[Row]:
    """Return the sheet's rows, alike ones together."""
    return [_row(row) for row in uncertain.itertuples()]


def _row(row: Any) -> Row:
    return {
        "Link": Link(row.link_url, row.link_url),
        "Page": Link(row.page_url, row.page_url),
        "Anchor": row.anchor,
        "Kind": row.verdict.replace("_", " "),
        "Verdict": verdict(row),
        "Evidence": row.evidence,
        "Next check": moment(row.next_check),
        "Checks": row.checks,
    }
