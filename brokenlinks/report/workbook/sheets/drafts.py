"""Drafts, one mail for each linking site with all its dead links. The program sends none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from brokenlinks.report.outreach.mailings import Mailing
from brokenlinks.report.workbook.snapshot import KEY
from brokenlinks.report.workbook.table import CHANGED, Column, Layout, Row
from brokenlinks.scoring.opportunities import row_key

SUBJECT_OVERRIDE, BODY_OVERRIDE = "Subject override", "Body override"

LAYOUT = Layout(
    title="Drafts",
    table="Drafts",
    frozen="C2",
    columns=(
        Column(KEY, 12, folded=True),
        Column("Site", 24),
        Column("To", 34),
        Column("Dead links", 9),
        Column("Before it can go out", 26),
        Column("Subject", 36),
        Column("Body", 90),
        Column("Words", 8),
        Column(CHANGED, 14, folded=True),
        Column(SUBJECT_OVERRIDE, 30, user_owned=True),
        Column(BODY_OVERRIDE, 50, user_owned=True),
        Column("Notes", 34, user_owned=True),
    ),
    cleared=("To", "Before it can go out", "Subject", "Body", "Words"),
    height=285.0,
)


def rows(mailings: Iterable[Mailing]) -> Iterator[Row]:
    """Yield the sheet's rows in the order of the work list."""
    return (_row(mailing) for mailing in mailings)


def _row(mailing: Mailing) -> Row:
    return {
        KEY: row_key("", mailing.site),
        "Site": mailing.site,
        "To": mailing.recipient.email or mailing.recipient.page,
        "Dead links": len(mailing.dead_links),
        "Before it can go out": "\n".join(mailing.blockers) or "nothing, it is ready",
        "Subject": mailing.draft.subject,
        "Body": mailing.draft.body,
        "Words": mailing.draft.words,
    }
