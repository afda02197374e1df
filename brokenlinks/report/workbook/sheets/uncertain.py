"""Links without a clear verdict: refusals, failures, and links waiting for their next check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from brokenlinks.report.workbook.cells import DATE_FORMAT, Link
from brokenlinks.report.workbook.snapshot import KEY
from brokenlinks.report.workbook.table import CHANGED, Column, Layout, Row
from brokenlinks.report.workbook.wording import excel_datetime, verdict
from brokenlinks.scoring.opportunities import row_key

LAYOUT = Layout(
    title="Uncertain",
    table="Uncertain",
    frozen="C2",
    columns=(
        Column(KEY, 12, folded=True),
        Column("Link", 46),
        Column("Page", 40),
        Column("Anchor", 26),
        Column("Kind", 12),
        Column("Verdict", 30),
        Column("Evidence", 60),
        Column("Next check", 13, format=DATE_FORMAT),
        Column("Checks", 8),
        Column(CHANGED, 14, folded=True),
    ),
)


def rows(uncertain: pd.DataFrame) -> Iterator[Row]:
    """Yield the sheet's rows, similar ones together."""
    return (_row(row) for row in uncertain.itertuples())


def _row(row: Any) -> Row:
    return {
        KEY: row_key(row.page_key, row.target_key),
        "Link": Link(row.link_url, row.link_url),
        "Page": Link(row.page_url, row.page_url),
        "Anchor": row.anchor,
        "Kind": row.verdict.replace("_", " "),
        "Verdict": verdict(row),
        "Evidence": row.evidence,
        "Next check": excel_datetime(row.next_check),
        "Checks": row.checks,
    }
