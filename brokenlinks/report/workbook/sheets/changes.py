"""Events of the last weeks, one in each row: links new, recovered, fixed, won or lost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from brokenlinks.report.workbook.cells import DATE_FORMAT
from brokenlinks.report.workbook.snapshot import KEY
from brokenlinks.report.workbook.table import Column, Layout
from brokenlinks.report.workbook.wording import link_to
from brokenlinks.scoring.opportunities import row_key, row_keys

LAYOUT = Layout(
    title="Changes",
    table="Changes",
    frozen="C2",
    columns=(
        Column(
            KEY,
            12,
            lambda row: row_key(f"{row.event} {row.at.date()} {row.page_key}", row.target_key),
            folded=True,
        ),
        Column("Event", 22, "event"),
        Column("Seen on", 13, "at", format=DATE_FORMAT),
        Column("Latest run", 10, lambda row: "yes" if row.is_latest else ""),
        Column("Page", 46, link_to("page_url")),
        Column("Link", 46, link_to("link_url")),
        Column("Anchor", 30, "anchor"),
        Column("Detail", 50, "detail"),
        Column("Notes", 34, user_owned=True),
    ),
)


def records(changes: pd.DataFrame) -> Iterable[Any]:
    """Return what the sheet shows, the latest first; what the first run found is not a change."""
    return changes[~changes["is_first"].astype(bool)].itertuples()


def of_latest_run(changes: pd.DataFrame) -> dict[str, str]:
    """Return the latest run's events, by the key of the row on the work list."""
    latest = changes[changes["is_latest"].astype(bool)]
    return dict(zip(row_keys(latest), latest["event"].to_list(), strict=True))
