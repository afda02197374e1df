"""Dead targets, one URL in each row: how many sites still link to it, and what it was."""

from __future__ import annotations

from brokenlinks.report.workbook.cells import DATE_FORMAT
from brokenlinks.report.workbook.snapshot import KEY
from brokenlinks.report.workbook.table import CHANGED, Column, Layout
from brokenlinks.report.workbook.wording import (
    archived_copy,
    archived_page_summary,
    content_brief,
    link_to,
    replacement_page,
    verdict,
)
from brokenlinks.scoring.opportunities import row_key

LAYOUT = Layout(
    title="Dead targets",
    table="Dead_targets",
    frozen="C2",
    columns=(
        Column(KEY, 12, lambda row: row_key("", row.target_key), folded=True),
        Column("Dead link", 44, link_to("target_url")),
        Column("Sites linking", 9, "sites_linking"),
        Column("Pages linking", 9, "pages_linking"),
        Column("Wikipedia articles", 10, "citations"),
        Column("Verdict", 26, verdict),
        Column("Confidence", 12, "confidence"),
        Column("Evidence", 56, "evidence"),
        Column("Dead since", 13, "dead_since", format=DATE_FORMAT),
        Column("Archived copy", 20, archived_copy),
        Column("What it was", 44, archived_page_summary),
        Column("Write this", 60, content_brief),
        Column("Suggested page", 28, replacement_page),
        Column("Match reason", 28, "match_reason"),
        Column("Moved to", 30, link_to("moved_to"), folded=True),
        Column("Checks", 8, "checks"),
        Column("Next check", 13, "next_check", format=DATE_FORMAT),
        Column(CHANGED, 14, folded=True),
        Column("Decision", 18, user_owned=True),
        Column("Notes", 34, user_owned=True),
    ),
)
