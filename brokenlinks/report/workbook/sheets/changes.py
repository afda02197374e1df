"""Events of the last weeks, one in each row: links new, recovered, fixed, won or lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from brokenlinks.report.workbook.cells import DATE_FORMAT, Link
from brokenlinks.report.workbook.snapshot import KEY
from brokenlinks.report.workbook.table import Column, Layout, Row
from brokenlinks.report.workbook.wording import excel_datetime
from brokenlinks.scoring.opportunities import row_key

LAYOUT = Layout(
    title="Changes",
    table="Changes",
    frozen="C2",
    columns=(
        Column(KEY, 12, folded=True),
        Column("Event", 22),
        Column("Seen on", 13, format=DATE_FORMAT),
        Column("Latest run", 10),
        Column("Page", 46),
        Column("Link", 46),
        Column("Anchor", 30),
        Column("Detail", 50),
        Column("Notes", 34, user_owned=True),
    ),
    height=32.0,
)


def rows(changes: pd.DataFrame) -> Iterator[Row]:
    """Yield the sheet's rows, the latest first; what the first run found is not a change."""
    return (_row(row) for row in changes[~changes["is_first"].astype(bool)].itertuples())


def _row(row: Any) -> Row:
    return {
        KEY: row_key(f"{row.event} {row.at.date()} {row.page_key}", row.target_key),
        "Event": row.event,
        "Seen on": excel_datetime(row.at),
        "Latest run": "yes" if row.is_latest else "",
        "Page": Link(row.page_url, row.page_url),
        "Link": Link(row.link_url, row.link_url),
        "Anchor": row.anchor,
        "Detail": row.detail,
    }


def of_latest_run(changes: pd.DataFrame) -> dict[str, str]:
    """Return the latest run's events, by the key of the row on the work list."""
    latest = changes[changes["is_latest"].astype(bool)]
    keys = map(row_key, latest["page_key"].to_list(), latest["target_key"].to_list())
    return dict(zip(keys, latest["event"].to_list(), strict=True))
