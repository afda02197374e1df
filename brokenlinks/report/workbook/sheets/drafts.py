"""Drafts, one mail for each linking site with all its dead links. The program sends none."""

from __future__ import annotations

from operator import attrgetter

from brokenlinks.report.workbook.snapshot import KEY
from brokenlinks.report.workbook.table import CHANGED, Column, Layout
from brokenlinks.scoring.opportunities import row_key

SUBJECT_OVERRIDE, BODY_OVERRIDE = "Subject override", "Body override"

LAYOUT = Layout(
    title="Drafts",
    table="Drafts",
    frozen="C2",
    columns=(
        Column(KEY, 12, lambda mailing: row_key("", mailing.site), folded=True),
        Column("Site", 24, "site"),
        Column("To", 34, lambda mailing: mailing.recipient.email or mailing.recipient.page),
        Column("Dead links", 9, lambda mailing: len(mailing.dead_links)),
        Column(
            "Before it can go out",
            26,
            lambda mailing: "\n".join(mailing.blockers) or "nothing, it is ready",
        ),
        Column("Subject", 36, attrgetter("draft.subject")),
        Column("Body", 90, attrgetter("draft.body")),
        Column("Words", 8, attrgetter("draft.words")),
        Column(CHANGED, 14, folded=True),
        Column(SUBJECT_OVERRIDE, 30, user_owned=True),
        Column(BODY_OVERRIDE, 50, user_owned=True),
        Column("Notes", 34, user_owned=True),
    ),
    cleared=("To", "Before it can go out", "Subject", "Body", "Words"),
)
