"""Links without a clear verdict: refusals, failures, and links waiting for their next check."""

from __future__ import annotations

from brokenlinks.report.workbook.cells import DATE_FORMAT
from brokenlinks.report.workbook.snapshot import KEY
from brokenlinks.report.workbook.table import CHANGED, Column, Layout
from brokenlinks.report.workbook.wording import link_to, verdict
from brokenlinks.scoring.opportunities import row_key

LAYOUT = Layout(
    title="Uncertain",
    table="Uncertain",
    frozen="C2",
    columns=(
        Column(KEY, 12, lambda row: row_key(row.page_key, row.target_key), folded=True),
        Column("Link", 46, link_to("link_url")),
        Column("Page", 40, link_to("page_url")),
        Column("Anchor", 26, "anchor"),
        Column("Kind", 12, lambda row: row.verdict.replace("_", " ")),
        Column("Verdict", 30, verdict),
        Column("Evidence", 60, "evidence"),
        Column("Next check", 13, "next_check", format=DATE_FORMAT),
        Column("Checks", 8, "checks"),
        Column(CHANGED, 14, folded=True),
    ),
)
