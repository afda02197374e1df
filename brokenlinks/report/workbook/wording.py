"""How the sheets say things: verdicts, dates, what a dead page was."""

from __future__ import annotations

from typing import Any

import pandas as pd

from brokenlinks.liveness.messages import day, label_of
from brokenlinks.models.verdict import Stage
from brokenlinks.report.outreach.decisions import Decisions
from brokenlinks.report.workbook.cells import Link


def verdict(row: Any) -> str:
    """Say a verdict with its stage: "404 not found - confirmed"."""
    label = label_of(row.reason)
    if row.stage == Stage.SUSPECTED and not pd.isna(row.next_check):
        return f"{label} - suspected, next check {day(row.next_check)}"
    return f"{label} - {row.stage}" if row.stage else label or "Not checked yet"


def archived_copy(row: Any) -> Link | str:
    """Return the last good copy as a link, or why there is none."""
    if row.archive_outcome == "found":
        return Link(f"copy of {day(row.archive_timestamp)}", row.archive_url)
    if row.archive_outcome == "none":
        return "no copy found"
    return "excluded from the archive" if row.archive_outcome == "excluded" else "not looked up yet"


def replacement_page(row: Any) -> Link | str:
    """Return the own page to offer, or that there is none."""
    if row.suggested_page:
        return Link(row.suggested_title or row.suggested_page, row.suggested_page)
    return "content gap" if row.match_reason else ""


def contact(row: Any, decisions: Decisions) -> Link | str:
    """Return whom to write to: an address as text, a form or page as a link; or why nobody."""
    if decisions.is_suppressed(row.page_site) or decisions.do_not_contact.covers_address(
        row.contact
    ):
        return "do not contact"
    if row.contact_policy:
        return f"wants no such mail ({row.contact_policy})"
    if row.contact_kind in {"form", "page", "protected"}:
        return Link(row.contact, row.contact)
    return str(row.contact or row.contact_detail)


def excel_datetime(value: Any) -> Any:
    """Return a moment as Excel can take it, None for none."""
    return None if pd.isna(value) else value.to_pydatetime()
