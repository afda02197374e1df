"""Puts the workbook together: reads what people wrote, rebuilds our sheets, keeps theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar, cast

import pandas as pd
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from brokenlinks.models.do_not_contact import DoNotContact
from brokenlinks.report.outreach.decisions import Decisions
from brokenlinks.report.outreach.drafts import Sender
from brokenlinks.report.outreach.mailings import Mailing, plan_mailings
from brokenlinks.report.workbook import save as saving
from brokenlinks.report.workbook.annotations import Annotation
from brokenlinks.report.workbook.cells import MAX_CELL_CHARS
from brokenlinks.report.workbook.margin_notes import (
    MarginNotes,
    read_margin_notes,
    write_margin_notes,
)
from brokenlinks.report.workbook.openpyxl_patches import gc_disabled
from brokenlinks.report.workbook.openpyxl_streaming import StreamedSheet, add_sheet
from brokenlinks.report.workbook.removed_rows import Removal
from brokenlinks.report.workbook.sheets import (
    changes,
    contacts,
    dashboard,
    dead_domains,
    dead_targets,
    drafts,
    excluded,
    opportunities,
    read_me,
    uncertain,
)
from brokenlinks.report.workbook.snapshot import (
    UNKEYED_PREFIX,
    SheetSnapshot,
    collapse_whitespace,
    encoded_annotations,
    header_row,
    read_sheet,
    restore_truncated,
)
from brokenlinks.report.workbook.table import Layout, Row, fill_sheet
from brokenlinks.report.workbook.user_decisions import dashboard_data, read_decisions
from brokenlinks.scoring.opportunities import Ranking

LAYOUTS = (
    opportunities.LAYOUT,
    dead_targets.LAYOUT,
    dead_domains.LAYOUT,
    contacts.LAYOUT,
    drafts.LAYOUT,
    changes.LAYOUT,
    uncertain.LAYOUT,
    excluded.LAYOUT,
)
MIN_HEADER_SHARE = 0.7

T = TypeVar("T")
StoredAnnotation = tuple[str, str, str, str]
"""Sheet, key, header, encoded value."""


@dataclass(slots=True)
class WriteResult:
    """Where the workbook is, what people wrote in it, and what they should know.

    `unread` says of each workbook that was set aside what is to be done with it: no mail goes out
    before. `mailings` are the mails that follow from what they wrote, `hidden_keys` the keys of the
    rows they do not want to see.
    """

    path: Path
    annotations: list[StoredAnnotation] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    mailings: list[Mailing] = field(default_factory=list)
    hidden_keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StoredState:
    """What the journal kept for rows people wrote in: their notes, and how the rows ended.

    `annotations` are for a file, a sheet or a row that was lost; `removals` are by row key.
    """

    annotations: Sequence[StoredAnnotation] = ()
    removals: Mapping[str, Removal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkbookData:
    """What the workbook is to show: the ranking, what changed, the runs; who writes the mails.

    `listed` is the person's file of those who are not to be written to.
    """

    ranking: Ranking
    facts: read_me.RunFacts
    events: pd.DataFrame
    runs: pd.DataFrame
    sender: Sender = field(default_factory=Sender)
    listed: DoNotContact = field(default_factory=DoNotContact)


def write_workbook(
    path: Path, contents: WorkbookData, stored: StoredState, now: datetime
) -> WriteResult:
    """Rebuild the workbook at `path`; nothing a person wrote in it is lost or moved."""
    with gc_disabled():
        return _write_workbook(path, contents, stored, now)


def _write_workbook(
    path: Path, contents: WorkbookData, stored: StoredState, now: datetime
) -> WriteResult:
    book = _load_or_create(path, now)
    unread = {aside: _why_unread(aside) for aside in saving.files_set_aside(path)}
    found = {layout.title: find_sheet(book, layout) for layout in LAYOUTS}
    annotated = {(title, key) for title, key, _, _ in stored.annotations}
    old = {layout.title: _read(layout, found[layout.title], annotated) for layout in LAYOUTS}
    lost = {title for title, sheet in found.items() if sheet is None}
    warnings = [
        *_restore_truncated(stored.annotations, old),
        *_restore_lost(stored.annotations, old, lost),
    ]
    ranked = contents.ranking.opportunities
    decisions = read_decisions(old, ranked, contents.listed, tuple(aside.name for aside in unread))
    mailings = plan_mailings(ranked, decisions, contents.sender)
    for layout, rows in zip(LAYOUTS, _sheet_rows(contents, decisions, mailings), strict=True):
        sheet = _replace_sheet(book, found[layout.title], old[layout.title].title)
        fill_sheet(sheet, layout, rows, old[layout.title], stored.removals)
    standing = dashboard_data(contents.ranking, contents.runs, old[opportunities.LAYOUT.title])
    _rewrite_free_sheet(book, dashboard.TITLE, dashboard.PROGRAM_COLUMNS, dashboard.fill, standing)
    _rewrite_free_sheet(book, read_me.TITLE, read_me.PROGRAM_COLUMNS, read_me.fill, contents.facts)
    _activate_work_list(book, old)
    saved, more = saving.save(book, path, now)
    notes = [
        (layout.title, *note)
        for layout in LAYOUTS
        for note in encoded_annotations(old[layout.title])
    ]
    return WriteResult(
        saved,
        notes,
        warnings=[*warnings, *more],
        unread=[_what_to_do(path, aside, why) for aside, why in unread.items()],
        mailings=mailings,
        hidden_keys=decisions.hidden_keys(),
    )


def _load_or_create(path: Path, now: datetime) -> Workbook:
    """Open the workbook; an empty one where there is none, or one that has to be set aside."""
    if path.exists():
        try:
            book = saving.load(path)
        except saving.UnreadableError:
            saving.set_aside(path, saving.UNREADABLE, now)
        else:
            if _is_ours(book):
                return book
            saving.set_aside(path, saving.FOREIGN, now)
    fresh = Workbook()
    fresh.remove(fresh.worksheets[0])
    return fresh


def _is_ours(book: Workbook) -> bool:
    return any(find_sheet(book, layout) for layout in LAYOUTS)


def _why_unread(aside: Path) -> str:
    """Say what keeps a file that was set aside from being read: asked anew, as it may be mended."""
    try:
        book = saving.load(aside)
    except saving.UnreadableError as error:
        return str(error)
    return "it can be read now" if _is_ours(book) else "there is no sheet of ours in it"


def _what_to_do(path: Path, aside: Path, why: str) -> str:
    return (
        f"No mail goes out: {path.name} could not be read ({why}) and may hold decisions of yours."
        f" It was set aside as {aside}. Mend it (open it in Excel or LibreOffice, save it as .xlsx)"
        f" and rename it {path.name}, in place of the new one, once you have copied what you wrote"
        " there; or delete it, or move it to another folder, if you do not need it."
        " Then run scrapy report"
    )


def find_sheet(book: Workbook, layout: Layout) -> Worksheet | None:
    """Find one of our sheets by its table, which keeps its name when the sheet is renamed.

    Programs that drop tables leave the sheet's name, or at least its headers.
    """
    by_table = [sheet for sheet in book.worksheets if layout.table in sheet.tables]
    by_name = [sheet for sheet in book.worksheets if sheet.title == layout.title]
    ours = [sheet for sheet in (*by_name, *book.worksheets) if _has_headers(sheet, layout)]
    return next(iter(by_table or ours), None)


def _has_headers(sheet: Worksheet, layout: Layout) -> bool:
    """Tell whether a sheet without a known table has most headers of a layout."""
    if any(other.table in sheet.tables for other in LAYOUTS if other is not layout):
        return False
    headers = {collapse_whitespace(cell.value).casefold() for cell in sheet[header_row(sheet)]}
    here = headers.intersection(map(str.casefold, layout.program_headers))
    return len(here) > MIN_HEADER_SHARE * len(layout.program_headers)


def _read(
    layout: Layout, sheet: Worksheet | None, annotated: Iterable[tuple[str, str]]
) -> SheetSnapshot:
    if sheet is None:
        return SheetSnapshot(title=layout.title)
    keys = {key for title, key in annotated if title == layout.title}
    old = read_sheet(sheet, layout.program_headers, layout.user_headers, keys)
    sheet._cells.clear()  # noqa: SLF001 - they hold each other in memory
    return old


def _restore_truncated(
    stored: Sequence[StoredAnnotation], old: dict[str, SheetSnapshot]
) -> list[str]:
    """Give notes that the workbook could show in part only all their text back from the journal.

    Returns a warning for each column with a note that is such a one from now on.
    """
    long = [note for note in stored if len(note[3]) > MAX_CELL_CHARS]
    return [
        f"a note under {header} on the sheet {sheet.title} is longer than a cell may be: the sheet"
        f" shows its first {MAX_CELL_CHARS:,} characters, the journal keeps them all"
        for title, sheet in old.items()
        for header in sorted(
            restore_truncated(sheet, (Annotation.decoded(n[3]) for n in long if n[0] == title))
        )
    ]


def _restore_lost(
    stored: Iterable[StoredAnnotation], old: dict[str, SheetSnapshot], lost: set[str]
) -> list[str]:
    """Give back what was written in lost sheets and columns, and in rows deleted with their notes.

    Returns a warning for each column that a person renamed or deleted.
    """
    missing = {
        (layout.title, header)
        for layout in LAYOUTS
        if layout.title not in lost
        for header in layout.user_headers
        if header not in old[layout.title].user_headers
    }
    back = set()
    for title, key, header, value in stored:
        is_stray = key.startswith(UNKEYED_PREFIX)
        deleted = title in old and not is_stray and key not in old[title].keys
        if title in lost or deleted:
            old[title].restore(key, header, Annotation.decoded(value))
        elif (title, header) in missing and not is_stray:
            old[title].restore(key, header, Annotation.decoded(value))
            back.add((title, header))
    return [
        f"the column {header} was missing on the sheet {old[title].title}: what the last run read"
        " in it is back; what was written under another name since is kept, but not heeded"
        for title, header in sorted(back)
    ]


def _replace_sheet(book: Workbook, sheet: Worksheet | None, title: str) -> StreamedSheet:
    """Put an empty sheet in the place of the old one, named and hidden as the person left it."""
    if sheet is None:
        return add_sheet(book, title, None)
    position = book.index(sheet)
    book.remove(sheet)
    renewed = add_sheet(book, title, position)
    renewed.sheet_state = sheet.sheet_state
    return renewed


def _sheet_rows(
    contents: WorkbookData, decisions: Decisions, mailings: Sequence[Mailing]
) -> list[Iterator[Row]]:
    ranking = contents.ranking
    return [
        opportunities.rows(
            ranking.opportunities, decisions, changes.of_latest_run(contents.events)
        ),
        dead_targets.rows(ranking.dead_targets),
        dead_domains.rows(ranking.dead_domains),
        contacts.rows(ranking.opportunities, decisions),
        drafts.rows(mailings),
        changes.rows(contents.events),
        uncertain.rows(ranking.uncertain),
        excluded.rows(ranking.excluded),
    ]


def _rewrite_free_sheet(
    book: Workbook,
    title: str,
    program_columns: int,
    fill: Callable[[Worksheet, T], None],
    contents: T,
) -> None:
    """Write a sheet that is no table anew, and keep what a person wrote around our cells."""
    sheet = cast("Worksheet", book[title]) if title in book.sheetnames else None
    around = MarginNotes() if sheet is None else read_margin_notes(sheet, program_columns)
    renewed = _replace_sheet(book, sheet, title)
    fill(renewed, contents)
    write_margin_notes(renewed, around)


def _activate_work_list(book: Workbook, old: dict[str, SheetSnapshot]) -> None:
    """Open on the work list, which is in view for that."""
    first = book[old[opportunities.LAYOUT.title].title]
    first.sheet_state = "visible"
    book.active = book.index(first)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is first
