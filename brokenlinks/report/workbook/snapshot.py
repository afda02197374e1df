"""What people wrote: read from the workbook by key and header, never by position."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from brokenlinks.report.workbook.annotations import Note, note_of
from brokenlinks.report.workbook.cells import Link

KEY = "Key"
STATUS = "Status"
NOTES = "Notes"
UNTOUCHED = frozenset({"New", "Check"})
"""Statuses the program sets itself: by themselves they say nothing a person wrote."""
NAMELESS = "Column"
KEY_FORM = re.compile(r"[a-z2-7]{10}")
ROWS_OF_TITLES = 30
"""How far down the headers are looked for: people put titles above a table."""
STRAY = "+"
"""In the journal, the key of a row that has none begins with this."""


@dataclass(slots=True)
class OldSheet:
    """One of our sheets as a person left it.

    `keys` of its rows; `notes` by key and header; `rows` the machine's cells by key and header
    where a person wrote, for rows the journal does not have any more; `strays` are rows without a
    key that a person added; `hidden` are the headers of columns that are not in view.
    """

    title: str = ""
    own_headers: list[str] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    notes: dict[str, dict[str, Note]] = field(default_factory=dict)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    strays: list[dict[str, Note]] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)

    def touched(self, key: str) -> bool:
        """Tell whether a person wrote anything in a row."""
        return is_touched(self.notes.get(key, {}))

    def remember(self, key: str, header: str, note: Note) -> None:
        """Add what the journal remembers of a row that this sheet has no more."""
        alike = (own for own in self.own_headers if own.casefold() == header.casefold())
        header = next(alike, header)
        if key.startswith(STRAY):
            while len(self.strays) < int(key.removeprefix(STRAY)):
                self.strays.append({})
            self.strays[-1].setdefault(header, note)
        else:
            self.notes.setdefault(key, {}).setdefault(header, note)
        if header not in self.own_headers:
            self.own_headers.append(header)


def cut_notes(old: OldSheet, remembered: Iterable[Note]) -> set[str]:
    """Give notes back what the workbook cut off; return the headers of those that will be cut."""
    whole = {note.shown: note.value for note in remembered if note.is_too_long}
    cut = set()
    for notes in (*old.notes.values(), *old.strays):
        for header, note in notes.items():
            if note.is_too_long:
                cut.add(header)
            elif isinstance(note.value, str) and note.value in whole:
                notes[header] = replace(note, value=whole[note.value])
    return cut


def is_touched(notes: Mapping[str, Note]) -> bool:
    """Tell whether a row's notes hold more than a status of the program's own."""
    return any(header != STATUS or not _is_ours(note) for header, note in notes.items())


def read_sheet(
    sheet: Worksheet,
    machine_headers: Sequence[str],
    human_headers: Sequence[str],
    written_in: Container[str] = (),
) -> OldSheet:
    """Read a person's cells from one of our sheets; they wrote in the rows `written_in` before.

    Those are all cells of columns that are not the machine's, and in the machine's columns
    colours and comments. Both kinds of headers are known in whatever letters they are written.
    """
    old = OldSheet(title=sheet.title)
    top = header_row(sheet)
    cells = _cells_by_row(sheet)
    headers = _headers(cells, top, (*machine_headers, *human_headers))
    mine = set(machine_headers)
    old.own_headers = [header for header in headers.values() if header not in mine]
    old.hidden = _hidden(sheet, headers)
    keyed = KEY in headers.values()
    for number in sorted(cells.keys() - {top}):
        row = {headers[column]: c for column, c in cells[number].items() if column in headers}
        key = str(row[KEY].value) if KEY in row else ""
        if KEY_FORM.fullmatch(key):
            _merge(old, key, _notes(row, mine))
            old.keys.add(key)
            if key in written_in or old.touched(key):
                old.rows.setdefault(key, {h: _machine_value(row[h]) for h in mine if h in row})
        else:
            _keep_stray(old, row, mine, keyed=keyed)
    return old


def header_row(sheet: Worksheet) -> int:
    """Return the number of the row that holds the headers."""
    top = sheet.iter_rows(max_row=min(ROWS_OF_TITLES, sheet.max_row), values_only=True)
    key = KEY.casefold()
    rows = enumerate(top, start=1)
    return next((n for n, row in rows if key in {spelling(v).casefold() for v in row}), 1)


def spelling(header: object) -> str:
    """Return a header without spaces that nobody sees, "" for none."""
    return "" if header is None else " ".join(str(header).split())


def every_note(old: OldSheet) -> Iterator[tuple[str, str, str]]:
    """Yield (key, header, encoded note) of everything a person wrote."""
    rows = {key: notes for key, notes in old.notes.items() if is_touched(notes)}
    rows |= {f"{STRAY}{number}": notes for number, notes in enumerate(old.strays, start=1)}
    for key, notes in rows.items():
        for header, note in notes.items():
            if note.says_something:
                yield key, header, note.encoded()


def _is_ours(note: Note) -> bool:
    return note.value in UNTOUCHED and note.fill is None and not note.comment


def _notes(row: Mapping[str, Any], mine: set[str]) -> dict[str, Note]:
    notes = {h: note_of(cell, with_value=h not in mine) for h, cell in row.items()}
    return {header: note for header, note in notes.items() if note is not None}


def _keep_stray(old: OldSheet, row: Mapping[str, Any], mine: set[str], *, keyed: bool) -> None:
    """Keep a row without a key; where the key's column is gone, only if a person wrote in it."""
    notes = _notes(row, set())
    theirs = {header: note for header, note in notes.items() if header not in mine}
    if any(note.says_something for note in notes.values()) and (keyed or is_touched(theirs)):
        old.strays.append(notes)


def _cells_by_row(sheet: Worksheet) -> dict[int, dict[int, Any]]:
    """Return the cells that there are; openpyxl's own way makes the missing ones as it goes."""
    cells: dict[int, dict[int, Any]] = {}
    for (row, column), cell in sheet._cells.items():  # noqa: SLF001
        cells.setdefault(row, {})[column] = cell
    return cells


def _headers(
    cells: Mapping[int, Mapping[int, Any]], top: int, ours: Sequence[str]
) -> dict[int, str]:
    """Return the header of every column that holds anything, each name once."""
    used: dict[int, str] = {}
    for number, row in cells.items():
        for column, cell in row.items():
            value = cell.value
            if number == top and value is not None:
                used[column] = spelling(value)
            elif value is not None and value != "":
                used.setdefault(column, "")
    changed = {name.casefold(): name for name in ours if name not in used.values()}
    headers: dict[int, str] = {}
    taken: set[str] = set()
    for column in sorted(used):
        name = changed.get(used[column].casefold(), used[column])
        headers[column] = _unused(name or NAMELESS, taken)
        taken.add(headers[column].casefold())
    return headers


def _hidden(sheet: Worksheet, headers: Mapping[int, str]) -> set[str]:
    dimensions: Any = sheet.column_dimensions.values()
    spans = [range(one.min, one.max + 1) for one in dimensions if one.hidden]
    return {name for column, name in headers.items() if any(column in span for span in spans)}


def _unused(name: str, taken: set[str]) -> str:
    """Return a name no other column has: Excel refuses tables where case alone differs."""
    candidate, number = name, 1
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{name} {number}"
    return candidate


def _machine_value(cell: Any) -> Any:
    link = cell.hyperlink if isinstance(cell, Cell) else None
    if link is None or not link.target:
        return cell.value
    spot = f"#{link.location}" if link.location else ""
    return Link(str(cell.value or ""), f"{link.target}{spot}")


def _merge(old: OldSheet, key: str, written: dict[str, Note]) -> None:
    """Merge a duplicated row into the first; where both say something, both are kept."""
    kept = old.notes.setdefault(key, {})
    for header, note in written.items():
        known = kept.get(header)
        if known is None or (header == STATUS and _is_ours(known)):
            kept[header] = note
        elif header == STATUS and known.value != note.value and not _is_ours(note):
            kept[NOTES] = kept.get(NOTES, Note()).joined(Note(note.value))
            kept[STATUS] = known.joined(Note(fill=note.fill, comment=note.comment))
            old.own_headers += [NOTES] if NOTES not in old.own_headers else []
        elif not (header == STATUS and _is_ours(note)):
            kept[header] = known.joined(note)
