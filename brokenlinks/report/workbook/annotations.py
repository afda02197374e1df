"""Cells the user wrote in: value, colour and comment, in a workbook and as text in the journal."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any, cast

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError
from openpyxl.styles import PatternFill
from openpyxl.utils import coordinate_to_tuple
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from brokenlinks.report.workbook.cells import (
    MAX_CELL_CHARS,
    collapse_whitespace,
    escape_text,
    unescape_text,
)

EMPTY = (None, "")
GENERAL = "General"
LAST_ROW = 1_048_576
"""Of a sheet: programs repair, and may empty, a file with more."""
SEPARATOR = " | "
COMMENT_AUTHOR = "brokenlinks"
"""Author of comments restored from the journal, which does not store authors."""
USER_NOTES_MARKER = "What you write below this line is kept."
_ROW_PREFIX = r"((?:^|:)@?(?:\$?[A-Za-z]{1,3})?)"
"""What comes before a row's number in a relative reference to the same sheet."""
_DATE_TYPES = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}


@dataclass(frozen=True, slots=True)
class Annotation:
    """One cell the user wrote in, coloured or commented.

    A formula's value is its text; `origin` is the cell it was in.
    """

    value: Any = None
    is_formula: bool = False
    origin: str = ""
    number_format: str = GENERAL
    link: str = ""
    fill: PatternFill | None = None
    comment: Comment | None = None

    @property
    def has_content(self) -> bool:
        """Whether there is more than a colour."""
        return self.value not in EMPTY or self.comment is not None

    def merged(self, other: Annotation) -> Annotation:
        """Return both notes as one; equal values once."""
        comment = self.comment or other.comment
        if self.comment and other.comment and self.comment.text != other.comment.text:
            comment = Comment(f"{self.comment.text}\n{other.comment.text}", self.comment.author)
        kept = replace(self, fill=self.fill or other.fill, comment=comment)
        if other.value in EMPTY or other.value == self.value:
            return kept
        if self.value in EMPTY:
            return replace(other, fill=kept.fill, comment=comment)
        return replace(kept, value=f"{self.value}{SEPARATOR}{other.value}", is_formula=False)

    @property
    def cell_value(self) -> Any:
        """The value as a cell can hold it."""
        return self.value[:MAX_CELL_CHARS] if self.is_too_long else self.value

    @property
    def is_too_long(self) -> bool:
        """Whether a cell can hold only the beginning: programs other than Excel allow more."""
        return isinstance(self.value, str) and len(self.value) > MAX_CELL_CHARS

    def encoded(self) -> str:
        """Return value, link and comment as text for the journal."""
        fields: dict[str, Any] = {"value": self.value}
        for kind in _DATE_TYPES:
            if type(self.value).__name__ == kind:
                fields = {kind: self.value.isoformat()}
        if self.is_formula:
            fields = {"formula": self.value}
        if self.link:
            fields["link"] = self.link
        if self.comment:
            fields["comment"] = self.comment.text
        return json.dumps(fields, default=str, ensure_ascii=False)

    @classmethod
    def decoded(cls, text: str) -> Annotation:
        """Read back what `encoded` wrote."""
        fields = json.loads(text)
        value = fields.get("formula", fields.get("value"))
        for kind, read in _DATE_TYPES.items():
            if kind in fields:
                value = read(fields[kind])
        comment = Comment(fields["comment"], COMMENT_AUTHOR) if "comment" in fields else None
        link = fields.get("link", "")
        return cls(value, is_formula="formula" in fields, link=link, comment=comment)

    def write(self, cell: Cell) -> None:
        """Write the note into a cell as the user wrote it: text as text, formulas as formulas."""
        if self.value not in EMPTY:
            self._write_value(cell)
        if self.number_format != GENERAL:
            cell.number_format = self.number_format
        if self.fill is not None:
            cell.fill = self.fill
        if self.comment is not None:
            cell.comment = copy(self.comment)

    def _write_value(self, cell: Cell) -> None:
        cell.value = self._formula_at(cell) if self.is_formula else self.cell_value
        if isinstance(cell.value, str):
            if not self.is_formula:
                cell.value = escape_text(cell.value)
            cell.data_type = "f" if self.is_formula else "s"
        if self.link:
            cell.hyperlink = self.link

    def _formula_at(self, cell: Cell) -> str:
        """Return the formula with references to its own row moved to where the row is now."""
        if not self.origin:
            return str(self.value)
        before, _ = coordinate_to_tuple(self.origin)
        try:
            tokens = Tokenizer(self.value)
        except TokenizerError:
            return str(self.value)
        for token in tokens.items:
            if token.subtype == Token.RANGE:
                token.value = _shift_row(token.value, before, cell.row)
        return "=" + "".join(token.value for token in tokens.items)


def _shift_row(reference: str, before: int, after: int) -> str:
    """Return a reference such as `B5:$C5` with the row `before` in it replaced."""
    return re.sub(rf"{_ROW_PREFIX}{before}(?=:|$)", rf"\g<1>{after}", reference)


def read_annotation(cell: Any, *, with_value: bool) -> Annotation | None:
    """Return what the user wrote in a cell, None for nothing.

    Without `with_value` only colour and comment count: the value is the program's.
    """
    if not isinstance(cell, Cell):
        return None
    filled = cell.has_style and cell.fill.fill_type is not None
    value = cell.value if with_value else None
    if isinstance(value, str) and cell.data_type != "f":
        value = unescape_text(value)
    if value in EMPTY and not filled and cell.comment is None:
        return None
    link = cell.hyperlink if with_value else None
    return Annotation(
        value=value.text if isinstance(value, ArrayFormula) else value,
        is_formula=with_value and cell.data_type == "f",
        origin=cell.coordinate,
        number_format=cell.number_format if with_value else GENERAL,
        link=(link.target or "") if link else "",
        fill=cast("PatternFill", copy(cell.fill)) if filled else None,
        comment=copy(cell.comment) if cell.comment else None,
    )


def cells_by_row(sheet: Worksheet) -> dict[int, dict[int, Any]]:
    """Return the cells that exist; `iter_rows` would create all others up to the last row."""
    cells: dict[int, dict[int, Any]] = {}
    for (row, column), cell in sheet._cells.items():  # noqa: SLF001
        cells.setdefault(row, {})[column] = cell
    return cells


@dataclass(frozen=True, slots=True)
class MarginNotes:
    """Notes on a sheet without a table: those beside our rows, and those `below` them.

    Notes below move down when our rows need the space.
    """

    in_place: list[Annotation] = field(default_factory=list)
    below: list[Annotation] = field(default_factory=list)


def read_margin_notes(sheet: Worksheet, program_columns: int) -> MarginNotes:
    """Return what the user wrote beside our columns, below our rows, and in comments on both."""
    rows = cells_by_row(sheet)
    last = _last_program_row(rows)
    margin_notes = MarginNotes()
    for number in sorted(rows):
        for column, cell in sorted(rows[number].items()):
            ours = number <= last and column <= program_columns
            note = read_annotation(cell, with_value=not ours)
            if note is not None and ours:  # the colour is ours
                note = (
                    Annotation(origin=note.origin, comment=note.comment) if note.comment else None
                )
            if note is not None:
                (margin_notes.below if number > last else margin_notes.in_place).append(note)
    return margin_notes


def write_margin_notes(sheet: Worksheet, margin_notes: MarginNotes) -> None:
    """Write the marker below our rows, and the user's notes."""
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
            note.write(cast("Cell", sheet.cell(min(row + further, LAST_ROW), column)))


def _last_program_row(rows: Mapping[int, Mapping[int, Any]]) -> int:
    """Return the marker's row, 0 without one: then no row is known to be ours, and all are kept."""
    first_column = ((number, row[1].value) for number, row in rows.items() if 1 in row)
    return max(
        (number for number, text in first_column if collapse_whitespace(text) == USER_NOTES_MARKER),
        default=0,
    )
