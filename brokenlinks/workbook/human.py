"""What people wrote: read from the workbook by key and header, never by position."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, cast

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

KEY = "Key"
STATUS = "Status"
NOTES = "Notes"
UNTOUCHED = frozenset({"New", "Check"})
"""Statuses the program sets itself: by themselves they say nothing a person wrote."""
JOINED_BY = " | "


@dataclass(slots=True)
class Note:
    """One cell a person wrote in, coloured or commented."""

    value: Any = None
    is_formula: bool = False
    fill: PatternFill | None = None
    comment: Comment | None = None

    def encoded(self) -> str:
        """Return the value as text for the journal."""
        if isinstance(self.value, datetime | date | time):
            return json.dumps({type(self.value).__name__: self.value.isoformat()})
        return json.dumps({"formula": self.value} if self.is_formula else self.value, default=str)

    @classmethod
    def decoded(cls, text: str) -> Note:
        """Read back what `encoded` wrote."""
        raw = json.loads(text)
        if not isinstance(raw, dict):
            return cls(raw)
        [(kind, value)] = raw.items()
        readers = {
            "datetime": datetime.fromisoformat,
            "date": date.fromisoformat,
            "time": time.fromisoformat,
        }
        if kind in readers:
            return cls(readers[kind](value))
        return cls(value, is_formula=True)


@dataclass(slots=True)
class OldSheet:
    """One of our sheets as a person left it.

    `notes` by key and header; `rows` the machine's cells by key and header, for rows the
    journal does not have any more; `strays` are rows without a key that a person added.
    """

    title: str = ""
    own_headers: list[str] = field(default_factory=list)
    notes: dict[str, dict[str, Note]] = field(default_factory=dict)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    strays: list[dict[str, Note]] = field(default_factory=list)

    def touched(self, key: str) -> bool:
        """Tell whether a person wrote anything in a row."""
        return any(
            header != STATUS
            or note.value not in UNTOUCHED
            or note.fill is not None
            or note.comment is not None
            for header, note in self.notes.get(key, {}).items()
        )

    def remember(self, key: str, header: str, note: Note) -> None:
        """Add a note unless the row has one there already."""
        self.notes.setdefault(key, {}).setdefault(header, note)
        if header not in self.own_headers:
            self.own_headers.append(header)


def read_sheet(sheet: Worksheet, machine_headers: Sequence[str]) -> OldSheet:
    """Read a person's cells from one of our sheets: every column that is not the machine's."""
    old = OldSheet(title=sheet.title)
    headers = _headers(sheet)
    mine = set(machine_headers) - {KEY}
    old.own_headers = [h for h in headers.values() if h not in mine and h != KEY]
    key_column = next((column for column, h in headers.items() if h == KEY), None)
    for cells in sheet.iter_rows(min_row=2):
        row = {headers[cell.column]: cell for cell in cells if cell.column in headers}
        key = row[KEY].value if key_column is not None and KEY in row else None
        if key:
            _merge(old, str(key), _notes({h: c for h, c in row.items() if h not in mine | {KEY}}))
            old.rows.setdefault(str(key), {h: _machine_value(row[h]) for h in mine if h in row})
        elif any(cell.value is not None for cell in cells):
            old.strays.append(_notes(row))
    return old


def _notes(row: dict[str, Any]) -> dict[str, Note]:
    notes = {header: _note(cell) for header, cell in row.items()}
    return {header: note for header, note in notes.items() if note is not None}


def _headers(sheet: Worksheet) -> dict[int, str]:
    """Return the header of every column that holds anything, each name once."""
    headers: dict[int, str] = {}
    for column in range(1, sheet.max_column + 1):
        text = sheet.cell(1, column).value
        name = str(text).strip() if text is not None else ""
        if not name and any(sheet.cell(r, column).value for r in range(2, sheet.max_row + 1)):
            name = "Column"
        if name:
            headers[column] = _unused(name, set(headers.values()))
    return headers


def _unused(name: str, taken: set[str]) -> str:
    candidate, number = name, 1
    while candidate in taken:
        number += 1
        candidate = f"{name} {number}"
    return candidate


def _note(cell: Any) -> Note | None:
    if not isinstance(cell, Cell):
        return None
    filled = cell.fill is not None and cell.fill.fill_type is not None
    if cell.value in {None, ""} and cell.comment is None and not filled:
        return None
    return Note(
        cell.value,
        is_formula=cell.data_type == "f",
        fill=cast("PatternFill", copy(cell.fill)) if filled else None,
        comment=copy(cell.comment) if cell.comment else None,
    )


def _machine_value(cell: Any) -> Any:
    return cell.hyperlink.target if getattr(cell, "hyperlink", None) else cell.value


def _merge(old: OldSheet, key: str, written: dict[str, Note]) -> None:
    """Merge a duplicated row into the first; where both say something, both are kept."""
    kept = old.notes.setdefault(key, {})
    for header, note in written.items():
        known = kept.get(header)
        if known is None or (header == STATUS and known.value in UNTOUCHED):
            kept[header] = note
        elif known.value != note.value and not (header == STATUS and note.value in UNTOUCHED):
            target = NOTES if header == STATUS else header
            first = kept.setdefault(target, Note())
            parts = [str(v) for v in (first.value, note.value) if v not in {None, ""}]
            first.value, first.is_formula = JOINED_BY.join(dict.fromkeys(parts)), False


def every_note(old: OldSheet) -> Iterator[tuple[str, str, str]]:
    """Yield (key, header, encoded value) of everything a person wrote."""
    for key, by_header in old.notes.items():
        if old.touched(key):
            for header, note in by_header.items():
                if note.value not in {None, ""}:
                    yield key, header, note.encoded()
