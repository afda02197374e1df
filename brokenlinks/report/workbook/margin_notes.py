"""What people wrote around our cells on a sheet that is no table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from openpyxl.cell.cell import Cell
from openpyxl.utils import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from brokenlinks.report.workbook.annotations import Annotation, read_annotation
from brokenlinks.report.workbook.snapshot import collapse_whitespace

USER_NOTES_MARKER = "What you write below this line is kept."


@dataclass(frozen=True, slots=True)
class MarginNotes:
    """Notes that stay where they are, and those `below` our rows, which make way for them."""

    in_place: list[Annotation] = field(default_factory=list)
    below: list[Annotation] = field(default_factory=list)


def read_margin_notes(sheet: Worksheet, program_columns: int) -> MarginNotes:
    """Return what a person wrote beside our columns, below our rows, and in comments on both."""
    last = _last_program_row(sheet)
    margin_notes = MarginNotes()
    for number, row in enumerate(sheet.iter_rows(), start=1):
        for column, cell in enumerate(row, start=1):
            ours = number <= last and column <= program_columns
            note = read_annotation(cell, with_value=not ours)
            if note is not None and ours:  # its colour is ours as well
                note = (
                    Annotation(origin=note.origin, comment=note.comment) if note.comment else None
                )
            if note is not None:
                (margin_notes.below if number > last else margin_notes.in_place).append(note)
    return margin_notes


def write_margin_notes(sheet: Worksheet, margin_notes: MarginNotes) -> None:
    """Say below our rows that a person's begin there, and write theirs."""
    last = sheet.max_row + 2
    sheet.cell(last, 1, USER_NOTES_MARKER)
    first = min(
        (coordinate_to_tuple(note.origin)[0] for note in margin_notes.below), default=last + 1
    )
    for notes, further in (
        (margin_notes.in_place, 0),
        (margin_notes.below, max(0, last + 1 - first)),
    ):
        for note in notes:
            row, column = coordinate_to_tuple(note.origin)
            note.write(cast("Cell", sheet.cell(row + further, column)))


def _last_program_row(sheet: Worksheet) -> int:
    """Return the row that says so; without it nothing is known to be ours, and all is kept."""
    rows = enumerate(sheet.iter_rows(max_col=1, values_only=True), start=1)
    return max(
        (number for number, [said] in rows if collapse_whitespace(said) == USER_NOTES_MARKER),
        default=0,
    )
