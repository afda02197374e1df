"""Links and pages that are not used, with the reason, so that the user can disagree."""

from __future__ import annotations

from brokenlinks.report.workbook.snapshot import KEY
from brokenlinks.report.workbook.table import CHANGED, Column, Layout
from brokenlinks.report.workbook.wording import link_to
from brokenlinks.scoring.opportunities import row_key

LAYOUT = Layout(
    title="Excluded",
    table="Excluded",
    frozen="C2",
    columns=(
        Column(KEY, 12, lambda row: row_key(row.page_url, row.target_url), folded=True),
        Column("What", 11, "what"),
        Column("Page", 46, link_to("page_url")),
        Column("Link", 46, link_to("target_url")),
        Column("Reason", 30, "reason"),
        Column("Detail", 60, "detail"),
        Column("Relevance", 10, "relevance", format="0.00"),
        Column("Resource page", 10, "resource_score", format="0.00"),
        Column(CHANGED, 14, folded=True),
    ),
)
