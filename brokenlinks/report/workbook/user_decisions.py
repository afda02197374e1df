"""The user's decisions, read from the cells they wrote in."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from email.utils import parseaddr
from urllib.parse import unquote

import pandas as pd

from brokenlinks.models.contact import DoNotContact
from brokenlinks.report.outreach.decisions import (
    CHECK,
    DO_NOT_CONTACT,
    FUNNEL_STATUSES,
    NEW,
    WON,
    Decisions,
    DraftOverride,
    RowDecision,
)
from brokenlinks.report.workbook.annotations import EMPTY, Annotation
from brokenlinks.report.workbook.cells import DATE_FORMAT, Link, collapse_whitespace
from brokenlinks.report.workbook.sheets import contacts, drafts, opportunities
from brokenlinks.report.workbook.sheets.dashboard import DashboardData
from brokenlinks.report.workbook.snapshot import STATUS, SheetSnapshot, is_program_status
from brokenlinks.report.workbook.styles import STATUS_COLOURS
from brokenlinks.scoring.changes import Removal
from brokenlinks.scoring.opportunities import Ranking, row_key

SITE, DATE_LIVE = "Site", "Date live"
NOT_TICKED = frozenset({"", "no", "n", "false", "0", "nein", "non"})
NAME_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "ph.d", "md", "m.d", "esq"})
"""What may follow a comma and is no first name."""
_SPACES = dict.fromkeys((0xA0, 0x202F), " ") | dict.fromkeys((0x200B, 0xFEFF), "")
"""No-break spaces, and characters without width, as text from web pages has them."""
_TEXT_MARK = re.compile(r"^'(?=[=+\-@\d])")
"""The apostrophe with which users keep a spreadsheet from reading text as a formula or number."""
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


def settle_statuses(
    work_list: SheetSnapshot, ranked: Container[str], removals: Mapping[str, Removal]
) -> None:
    """Forget the statuses that the program set in `ranked` rows, and mark rows that are won.

    The program sets its own anew: otherwise a row in which the user wrote anything else would stay
    Check when it is confirmed. Won is only set where the user gave no day and no outcome: what they
    decide counts, in later runs too.
    """
    for key, notes in work_list.annotations.items():
        if key in ranked and STATUS in notes and is_program_status(notes[STATUS]):
            del notes[STATUS]
    for key, removal in removals.items():
        notes = work_list.annotations.get(key, {})
        is_open = status_in(notes) in {"", NEW, CHECK, *FUNNEL_STATUSES, "No reply"}
        if removal.live_on is not None and is_open and not annotation_text(notes, DATE_LIVE):
            won = replace(notes.get(STATUS, Annotation()), value=WON, is_formula=False)
            live = Annotation(removal.live_on.date(), number_format=DATE_FORMAT)
            work_list.annotations[key] = {**notes, STATUS: won, DATE_LIVE: live}


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
    listed = set(live["key"])
    kept = [
        {
            "tier": str(work_list.rows.get(key, {}).get("Tier") or ""),
            "verdict": "",
            "confirmed": False,
            "status": status[key],
            "site": _site_in(work_list, key),
        }
        for key in work_list.annotations
        if key not in listed and work_list.is_annotated(key)
    ]
    return DashboardData(
        pd.concat([rows, pd.DataFrame(kept, columns=rows.columns)], ignore_index=True),
        ranking.dead_domains,
        runs,
    )


def annotation_text(annotations: Mapping[str, Annotation], header: str) -> str:
    """Return what the user wrote under a header, as text with plain spaces."""
    note = annotations.get(header)
    if note is None or note.value in EMPTY or note.is_formula:
        return ""
    text = str(note.value).translate(_SPACES).strip()
    return _TEXT_MARK.sub("", text)


def status_in(annotations: Mapping[str, Annotation]) -> str:
    """Return a row's status; an offered one in our spelling, however it is capitalised."""
    status = collapse_whitespace(_entry(annotations, STATUS))
    return _STATUSES.get(status.casefold(), status)


def _entry(annotations: Mapping[str, Annotation], header: str) -> str:
    """Return a cell that holds a word, a name or an address: none begins with an apostrophe."""
    return annotation_text(annotations, header).lstrip("'").strip()


def _row_decision(annotations: Mapping[str, Annotation]) -> RowDecision:
    route = _override(annotations, "Contact override")
    return RowDecision(
        status=status_in(annotations),
        contact_name=_full_name(_entry(annotations, "Contact name"))
        or _full_name(route if "<" in route else ""),
        contact=_bare_address(route),
        replacement=_override(annotations, "Replacement override"),
    )


def _override(annotations: Mapping[str, Annotation], header: str) -> str:
    """Return an address: the link of a cell that has one, else its text."""
    note = annotations.get(header)
    return (note.link if note is not None else "") or _entry(annotations, header)


def _full_name(text: str) -> str:
    """Return a name first name first, from "Lee, Ann" or "Ann Lee <ann@...>"; "" for an address."""
    name = text.partition("<")[0].strip(" \"'") if "<" in text else text
    if "@" in name or "://" in name:
        return ""
    last, comma, first = (part.strip() for part in name.partition(","))
    if not comma or "," in first:
        return name
    if first.rstrip(".").casefold() in NAME_SUFFIXES:
        return last
    return f"{first} {last}".strip()


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
                if _entry(notes, DO_NOT_CONTACT).casefold() not in NOT_TICKED
            ],
        ),
    ):
        for key in keys:
            yield site_of_key.get(key) or _site_in(sheet, key)


def _site_in(sheet: SheetSnapshot, key: str) -> str:
    """Return what a row of the sheet shows as its site, "" for nothing."""
    site = sheet.rows.get(key, {}).get(SITE) or ""
    return site.text if isinstance(site, Link) else str(site)
