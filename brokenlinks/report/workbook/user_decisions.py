"""What a person decided, read from the cells they wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from email.utils import parseaddr
from urllib.parse import unquote

import pandas as pd

from brokenlinks.models.do_not_contact import DoNotContact
from brokenlinks.report.outreach.decisions import (
    CHECK,
    DO_NOT_CONTACT,
    NEW,
    Decisions,
    DraftDecision,
    RowDecision,
)
from brokenlinks.report.workbook.annotations import EMPTY, Note
from brokenlinks.report.workbook.sheets import contacts, drafts, opportunities
from brokenlinks.report.workbook.sheets.dashboard import Standing
from brokenlinks.report.workbook.snapshot import STATUS, OldSheet, spelling
from brokenlinks.report.workbook.styles import STATUS_COLOURS
from brokenlinks.scoring.opportunities import Ranking, row_key

SITE = "Site"
NOT_TICKED = frozenset({"", "no", "n", "false", "0", "nein", "non"})
_STATUSES = {status.casefold(): status for status in STATUS_COLOURS}


def decisions_of(
    old: Mapping[str, OldSheet], rows: pd.DataFrame, listed: DoNotContact, unread: tuple[str, ...]
) -> Decisions:
    """Return the decisions in the old sheets (by title); `rows` is the new work list.

    `listed` is the person's file of those who are not to be written to, `unread` names the
    workbooks that were set aside.
    """
    work_list, mails = old[opportunities.LAYOUT.title], old[drafts.LAYOUT.title]
    by_key = {key: _row_decision(notes) for key, notes in work_list.notes.items()}
    sites = dict.fromkeys(rows["page_site"])
    mail_keys = {row_key("", site): site for site in sites}
    return Decisions(
        rows=by_key,
        drafts={
            mail_keys[key]: DraftDecision(
                said(notes, drafts.OWN_SUBJECT), said(notes, drafts.OWN_BODY)
            )
            for key, notes in mails.notes.items()
            if key in mail_keys
        },
        barred=frozenset(_barred(old, by_key, rows, mail_keys)) - {""},
        listed=listed,
        unread=unread,
    )


def standing_of(ranking: Ranking, runs: pd.DataFrame, work_list: OldSheet) -> Standing:
    """Return how the work stands: the rows of the list, and those a person's notes keep on it."""
    live = ranking.opportunities
    status = {key: status_in(notes) for key, notes in work_list.notes.items()}
    ours = {True: NEW, False: CHECK}
    rows = pd.DataFrame(
        {
            "tier": live["tier"].astype(str),
            "verdict": live["verdict"].astype(str),
            "confirmed": live["confirmed"],
            "status": [
                status.get(key) or ours[confirmed]
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
        for key in work_list.notes
        if key not in known and work_list.touched(key)
    ]
    return Standing(
        pd.concat([rows, pd.DataFrame(kept, columns=rows.columns)], ignore_index=True),
        ranking.dead_domains,
        runs,
    )


def said(notes: Mapping[str, Note], header: str) -> str:
    """Return what a person wrote under a header, as text."""
    note = notes.get(header)
    if note is None or note.value in EMPTY or note.is_formula:
        return ""
    return str(note.value).strip()


def status_in(notes: Mapping[str, Note]) -> str:
    """Return a row's status; one that we offer as we write it, however it was capitalised."""
    status = spelling(said(notes, STATUS))
    return _STATUSES.get(status.casefold(), status)


def _row_decision(notes: Mapping[str, Note]) -> RowDecision:
    return RowDecision(
        status=status_in(notes),
        contact_name=said(notes, "Contact name"),
        contact=_bare(_route(notes, "Contact override")),
        replacement=_route(notes, "Replacement override"),
    )


def _route(notes: Mapping[str, Note], header: str) -> str:
    """Return an address; of a cell that is a link, where it leads."""
    note = notes.get(header)
    return (note.link if note is not None else "") or said(notes, header)


def _bare(route: str) -> str:
    """Return the one mail address without the name and the wishes that may stand around it."""
    address = unquote(route.removeprefix("mailto:").partition("?")[0])
    is_mail = address.count("@") == 1 and "://" not in route
    return parseaddr(address)[1] or address if is_mail else route


def _barred(
    old: Mapping[str, OldSheet],
    by_key: Mapping[str, RowDecision],
    rows: pd.DataFrame,
    mail_keys: Mapping[str, str],
) -> Iterator[str]:
    """Yield the sites a person has barred, in a row of theirs or on the sheet Contacts."""
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
                for key, notes in old[contacts.LAYOUT.title].notes.items()
                if said(notes, DO_NOT_CONTACT).casefold() not in NOT_TICKED
            ],
        ),
    ):
        for key in keys:
            yield site_of_key.get(key) or str(sheet.rows.get(key, {}).get(SITE) or "")
