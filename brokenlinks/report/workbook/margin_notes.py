"""What people wrote around our cells on a sheet that is no table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from openpyxl.cell.cell import Cell
from openpyxl.utils import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from brokenlinks.report.workbook.annotations import Note, note_of
from brokenlinks.report.workbook.snapshot import spelling

YOURS_BELOW = "What you write below this line is kept."


@dataclass(frozen=True, slots=True)
class Around:
    """Notes that stay where they are, and those `below` our rows, which make way for them."""

    staying: list[Note] = field(default_factory=list)
    below: list[Note] = field(default_factory=list)


def notes_around(sheet: Worksheet, our_columns: int) -> Around:
    """Return what a person wrote beside our columns, below our rows, and in comments on both."""
    last = _last_row_of_ours(sheet)
    around = Around()
    for number, row in enumerate(sheet.iter_rows(), start=1):
        for column, cell in enumerate(row, start=1):
            ours = number <= last and column <= our_columns
            note = note_of(cell, with_value=not ours)
            if note is not None and ours:  # its colour is ours as well
                note = Note(origin=note.origin, comment=note.comment) if note.comment else None
            if note is not None:
                (around.below if number > last else around.staying).append(note)
    return around


def put_around(sheet: Worksheet, around: Around) -> None:
    """Say below our rows that a person's begin there, and write theirs."""
    last = sheet.max_row + 2
    sheet.cell(last, 1, YOURS_BELOW)
    first = min((coordinate_to_tuple(note.origin)[0] for note in around.below), default=last + 1)
    for notes, further in ((around.staying, 0), (around.below, max(0, last + 1 - first))):
        for note in notes:
            row, column = coordinate_to_tuple(note.origin)
            note.write(cast("Cell", sheet.cell(row + further, column)))


def _last_row_of_ours(sheet: Worksheet) -> int:
    """Return the row that says so; without it nothing is known to be ours, and all is kept."""
    rows = enumerate(sheet.iter_rows(max_col=1, values_only=True), start=1)
    return max((number for number, [said] in rows if spelling(said) == YOURS_BELOW), default=0)
