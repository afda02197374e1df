"""The user's decisions, read from the cells they wrote in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from email.utils import parseaddr
from urllib.parse import unquote

import pandas as pd

from brokenlinks.models.contact import DoNotContact
from brokenlinks.report.outreach.decisions import (
    CHECK,
    DO_NOT_CONTACT,
    NEW,
    Decisions,
    DraftOverride,
    RowDecision,
)
from brokenlinks.report.workbook.annotations import EMPTY, Annotation
from brokenlinks.report.workbook.cells import collapse_whitespace
from brokenlinks.report.workbook.sheets import contacts, drafts, opportunities
from brokenlinks.report.workbook.sheets.dashboard import DashboardData
from brokenlinks.report.workbook.snapshot import STATUS, SheetSnapshot
from brokenlinks.report.workbook.styles import STATUS_COLOURS
from brokenlinks.scoring.opportunities import Ranking, row_key

SITE = "Site"
NOT_TICKED = frozenset({"", "no", "n", "false", "0", "nein", "non"})
_STATUSES = {status.casefold(): status for status in STATUS_COLOURS}


def read_decisions(
    old: Mapping[str, SheetSnapshot],
    rows: pd.DataFrame,
    do_not_contact: DoNotContact,
    unread: tuple[str, ...],
) -> Decisions:
    """Return the decisions in the old sheets (by title); `rows` is the new work list.

    `do_not_contact` is the user's list of who must not be written to, `unread` names the workbooks
    that were set aside.
    """
    work_list, mails = old[opportunities.LAYOUT.title], old[drafts.LAYOUT.title]
    by_key = {key: _row_decision(notes) for key, notes in work_list.annotations.items()}
    sites = dict.fromkeys(rows["page_site"])
    mail_keys = {row_key("", site): site for site in sites}
    return Decisions(
        rows=by_key,
        drafts={
            mail_keys[key]: DraftOverride(
                annotation_text(notes, drafts.SUBJECT_OVERRIDE),
                annotation_text(notes, drafts.BODY_OVERRIDE),
            )
            for key, notes in mails.annotations.items()
            if key in mail_keys
        },
        suppressed_sites=frozenset(_suppressed_sites(old, by_key, rows, mail_keys)) - {""},
        do_not_contact=do_not_contact,
        unread=unread,
    )


def dashboard_data(ranking: Ranking, runs: pd.DataFrame, work_list: SheetSnapshot) -> DashboardData:
    """Return the dashboard's data: rows of the list, and rows kept on it for the user's notes."""
    live = ranking.opportunities
    status = {key: status_in(notes) for key, notes in work_list.annotations.items()}
    default = {True: NEW, False: CHECK}
    rows = pd.DataFrame(
        {
            "tier": live["tier"].astype(str),
            "verdict": live["verdict"].astype(str),
            "confirmed": live["confirmed"],
            "status": [
                status.get(key) or default[confirmed]
                for key, confirmed in zip(live["key"].to_list(), live["confirmed"], strict=True)
            ],
            "site": live["page_site"],
        }
    )
    known = set(live["key"])
    kept = [
        {
            "tier": str(work_list.rows.get(key, {}).get("Tier") or ""),
            "verdict": "",
            "confirmed": False,
            "status": status[key],
            "site": str(work_list.rows.get(key, {}).get(SITE) or ""),
        }
        for key in work_list.annotations
        if key not in known and work_list.is_annotated(key)
    ]
    return DashboardData(
        pd.concat([rows, pd.DataFrame(kept, columns=rows.columns)], ignore_index=True),
        ranking.dead_domains,
        runs,
    )


def annotation_text(annotations: Mapping[str, Annotation], header: str) -> str:
    """Return what the user wrote under a header, as text."""
    note = annotations.get(header)
    if note is None or note.value in EMPTY or note.is_formula:
        return ""
    return str(note.value).strip()


def status_in(annotations: Mapping[str, Annotation]) -> str:
    """Return a row's status; an offered one in our spelling, however it is capitalised."""
    status = collapse_whitespace(annotation_text(annotations, STATUS))
    return _STATUSES.get(status.casefold(), status)


def _row_decision(annotations: Mapping[str, Annotation]) -> RowDecision:
    return RowDecision(
        status=status_in(annotations),
        contact_name=annotation_text(annotations, "Contact name"),
        contact=_bare_address(_override(annotations, "Contact override")),
        replacement=_override(annotations, "Replacement override"),
    )


def _override(annotations: Mapping[str, Annotation], header: str) -> str:
    """Return an address: the link of a cell that has one, else its text."""
    note = annotations.get(header)
    return (note.link if note is not None else "") or annotation_text(annotations, header)


def _bare_address(route: str) -> str:
    """Return the email address without a name or mailto: parameters around it."""
    address = unquote(route.removeprefix("mailto:").partition("?")[0])
    is_mail = address.count("@") == 1 and "://" not in route
    return parseaddr(address)[1] or address if is_mail else route


def _suppressed_sites(
    old: Mapping[str, SheetSnapshot],
    by_key: Mapping[str, RowDecision],
    rows: pd.DataFrame,
    mail_keys: Mapping[str, str],
) -> Iterator[str]:
    """Yield the sites marked Do not contact, in a row or on the sheet Contacts."""
    site_of_row = dict(zip(rows["key"], rows["page_site"], strict=True))
    for sheet, site_of_key, keys in (
        (
            old[opportunities.LAYOUT.title],
            site_of_row,
            [key for key, row in by_key.items() if row.status == DO_NOT_CONTACT],
        ),
        (
            old[contacts.LAYOUT.title],
            mail_keys,
            [
                key
                for key, notes in old[contacts.LAYOUT.title].annotations.items()
                if annotation_text(notes, DO_NOT_CONTACT).casefold() not in NOT_TICKED
            ],
        ),
    ):
        for key in keys:
            yield site_of_key.get(key) or str(sheet.rows.get(key, {}).get(SITE) or "")
