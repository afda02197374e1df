"""Puts the workbook together: reads what people wrote, rebuilds our sheets, keeps theirs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import cast

import pandas as pd
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from brokenlinks.ranking import Ranking
from brokenlinks.workbook import (
    dead_targets,
    excluded,
    opportunities,
    read_me,
    saving,
    uncertain,
)
from brokenlinks.workbook.human import KEY, Note, OldSheet, every_note, read_sheet
from brokenlinks.workbook.table import Layout, Row, fill_sheet

LAYOUTS = (opportunities.LAYOUT, dead_targets.LAYOUT, uncertain.LAYOUT, excluded.LAYOUT)
FOREIGN, UNREADABLE = "foreign", "unreadable"

JournalNote = tuple[str, str, str, str]
"""Sheet, key, header, encoded value."""


@dataclass(slots=True)
class Written:
    """Where the workbook is, what people wrote in it, and what they should know."""

    path: Path
    notes: list[JournalNote] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def write_workbook(
    path: Path,
    ranking: Ranking,
    facts: read_me.RunFacts,
    remembered: Iterable[JournalNote],
    now: datetime,
) -> Written:
    """Rebuild the workbook at `path`; nothing a person wrote in it is lost or moved.

    `remembered` are notes the journal kept, for a file that was lost.
    """
    book, warnings = _open(path, now)
    lost = {layout.title for layout in LAYOUTS if _find(book, layout) is None}
    old = {layout.title: _read(book, layout) for layout in LAYOUTS}
    for title, key, header, value in remembered:
        if title in lost:
            old[title].remember(key, header, Note.decoded(value))
    for layout, rows in zip(LAYOUTS, _rows(ranking, now), strict=True):
        sheet = _renewed(book, layout, old[layout.title])
        fill_sheet(sheet, layout, rows, old[layout.title])
    _read_me(book, facts)
    _order(book, old)
    saved, more = saving.save(book, path, now)
    notes = [(layout.title, *note) for layout in LAYOUTS for note in every_note(old[layout.title])]
    return Written(saved, notes, [*warnings, *more])


def _open(path: Path, now: datetime) -> tuple[Workbook, list[str]]:
    book = saving.load(path)
    if book is not None and any(_find(book, layout) for layout in LAYOUTS):
        return book, []
    fresh = Workbook()
    fresh.remove(fresh.worksheets[0])
    if not path.exists():
        return fresh, []
    return fresh, [saving.set_aside(path, FOREIGN if book is not None else UNREADABLE, now)]


def _find(book: Workbook, layout: Layout) -> Worksheet | None:
    """Find one of our sheets by its table, which keeps its name when the sheet is renamed."""
    for candidate in book.worksheets:
        if layout.table in candidate.tables:
            return candidate
    if layout.title in book.sheetnames:
        sheet = cast("Worksheet", book[layout.title])
        if not layout.keyed or KEY in [cell.value for cell in sheet[1]]:
            return sheet
    return None


def _read(book: Workbook, layout: Layout) -> OldSheet:
    sheet = _find(book, layout)
    if sheet is None:
        return OldSheet(title=layout.title)
    if layout.keyed:
        return read_sheet(sheet, layout.machine_headers)
    return OldSheet(title=sheet.title)


def _renewed(book: Workbook, layout: Layout, old: OldSheet) -> Worksheet:
    """Put an empty sheet in the place of the old one, under the name the person gave it."""
    sheet = _find(book, layout)
    position = None
    if sheet is not None:
        position = book.index(sheet)
        book.remove(sheet)
    return cast("Worksheet", book.create_sheet(old.title, position))


def _rows(ranking: Ranking, now: datetime) -> list[list[Row]]:
    return [
        opportunities.rows(ranking.opportunities, pd.Timestamp(now)),
        dead_targets.rows(ranking.dead_targets),
        uncertain.rows(ranking.uncertain),
        excluded.rows(ranking.excluded),
    ]


def _read_me(book: Workbook, facts: read_me.RunFacts) -> None:
    if read_me.TITLE in book.sheetnames:
        book.remove(book[read_me.TITLE])
    read_me.fill(book.create_sheet(read_me.TITLE), facts)


def _order(book: Workbook, old: dict[str, OldSheet]) -> None:
    """Open on the work list."""
    first = book[old[opportunities.LAYOUT.title].title]
    book.active = book.index(first)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is first
