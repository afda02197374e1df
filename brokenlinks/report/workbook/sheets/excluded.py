"""Links and pages that are not used, with the reason, so that the user can disagree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from brokenlinks.report.workbook.cells import Link
from brokenlinks.report.workbook.snapshot import KEY
from brokenlinks.report.workbook.table import CHANGED, Column, Layout, Row
from brokenlinks.scoring.opportunities import row_key

LAYOUT = Layout(
    title="Excluded",
    table="Excluded",
    frozen="C2",
    columns=(
        Column(KEY, 12, folded=True),
        Column("What", 11),
        Column("Page", 46),
        Column("Link", 46),
        Column("Reason", 30),
        Column("Detail", 60),
        Column("Relevance", 10, format="0.00"),
        Column("Resource page", 10, format="0.00"),
        Column(CHANGED, 14, folded=True),
    ),
)


def rows(excluded: pd.DataFrame) -> Iterator[Row]:
    """Yield the sheet's rows: links first, then pages."""
    return (_row(row) for row in excluded.itertuples())


def _row(row: Any) -> Row:
    return {
        KEY: row_key(row.page_url, row.target_url),
        "What": row.what,
        "Page": Link(row.page_url, row.page_url),
        "Link": Link(row.target_url, row.target_url),
        "Reason": row.reason,
        "Detail": row.detail,
        "Relevance": row.relevance,
        "Resource page": row.resource_score,
    }
