"""What the user wrote on a sheet, read by key and header, never by position."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.worksheet import Worksheet

from brokenlinks.report.workbook import styles
from brokenlinks.report.workbook.annotations import Annotation, cells_by_row, read_annotation
from brokenlinks.report.workbook.arrangement import Arrangement, read_arrangement
from brokenlinks.report.workbook.cells import Link, collapse_whitespace, unescape_text
from brokenlinks.report.workbook.moves import Placement

KEY = "Key"
STATUS = "Status"
NOTES = "Notes"
PROGRAM_STATUSES = frozenset({"New", "Check"})
"""Statuses that the program sets: by themselves they are not the user's."""
UNNAMED_COLUMN = "Column"
KEY_PATTERN = re.compile(r"[a-z2-7]{10}")
MAX_TITLE_ROWS = 30
"""How far down to look for the headers: users put titles above a table."""
FindRenamed = Callable[[Mapping[int, str], Sequence[Mapping[int, Any]]], dict[int, str]]
"""Finds our headers by column, of the headers by column and the rows of cells."""
UNKEYED_PREFIX = "+"
"""In the journal, the key of a row without a key begins with this."""


@dataclass(slots=True)
class SheetSnapshot:
    """One of our sheets as the user left it.

    `keys` are of its rows; `annotations` by key and header; `rows` are the program's cells, by key
    and header, of rows with notes, in case the journal no longer has them; `unkeyed_rows` are rows
    that the user added; `hidden` and `shown` are the headers of columns known to be so. `looks` are
    the styles of cells in the user's columns, `heights` those of rows, both by key. `renamed` are
    the headers that the user gave columns of ours, by our header.
    """

    title: str = ""
    user_headers: list[str] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    annotations: dict[str, dict[str, Annotation]] = field(default_factory=dict)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    unkeyed_rows: list[dict[str, Annotation]] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)
    placement: Placement = field(default_factory=Placement)
    arrangement: Arrangement = field(default_factory=Arrangement)
    header_notes: dict[str, Annotation] = field(default_factory=dict)
    looks: dict[str, dict[str, StyleArray]] = field(default_factory=dict)
    heights: dict[str, float] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)

    def is_annotated(self, key: str) -> bool:
        """Whether the user wrote anything in a row."""
        return has_user_content(self.annotations.get(key, {}))

    def add_headers(self, headers: Iterable[str]) -> None:
        """Add columns of the user's that this sheet does not have."""
        self.user_headers += [
            header for header in dict.fromkeys(headers) if header not in self.user_headers
        ]

    def restore(self, key: str, header: str, note: Annotation) -> None:
        """Add a note from the journal that this sheet has lost."""
        alike = (own for own in self.user_headers if own.casefold() == header.casefold())
        header = next(alike, header)
        if key.startswith(UNKEYED_PREFIX):
            while len(self.unkeyed_rows) < int(key.removeprefix(UNKEYED_PREFIX)):
                self.unkeyed_rows.append({})
            self.unkeyed_rows[-1].setdefault(header, note)
        else:
            self.annotations.setdefault(key, {}).setdefault(header, note)
        if header not in self.user_headers:
            self.user_headers.append(header)


def restore_truncated(old: SheetSnapshot, stored: Iterable[Annotation]) -> set[str]:
    """Restore the text of notes that were cut; return the headers of notes that will be cut."""
    whole = {note.cell_value: note.value for note in stored if note.is_too_long}
    cut = set()
    for notes in (*old.annotations.values(), *old.unkeyed_rows):
        for header, note in notes.items():
            if note.is_too_long:
                cut.add(header)
            elif isinstance(note.value, str) and note.value in whole:
                notes[header] = replace(note, value=whole[note.value])
    return cut


def has_user_content(annotations: Mapping[str, Annotation]) -> bool:
    """Whether a row's notes are more than a status set by the program."""
    return any(
        header != STATUS or not is_program_status(note) for header, note in annotations.items()
    )


def read_sheet(
    sheet: Worksheet,
    program_headers: Sequence[str],
    user_headers: Sequence[str],
    annotated_keys: Container[str] = (),
    find_renamed: FindRenamed | None = None,
) -> SheetSnapshot:
    """Read the user's cells from one of our sheets; rows `annotated_keys` had notes before.

    These are all cells of columns that are not the program's, and colours and comments in the
    program's columns. Headers are compared without regard to capitals; `find_renamed` returns
    our headers of columns that have others now.
    """
    old = SheetSnapshot(title=sheet.title)
    top = header_row(sheet)
    cells = cells_by_row(sheet)
    headers = _headers(cells, top, (*program_headers, *user_headers))
    if find_renamed:
        rows = [row for number, row in cells.items() if number > top]
        renamed = find_renamed(headers, rows)
        old.renamed = {header: headers[column] for column, header in renamed.items()}
        headers |= renamed
    program_columns = set(program_headers)
    old.user_headers = [header for header in headers.values() if header not in program_columns]
    old.hidden, old.shown = (_columns(sheet, headers, hidden=hidden) for hidden in (True, False))
    old.placement = Placement({header: column for column, header in headers.items()}, top=top)
    old.arrangement = read_arrangement(sheet, headers)
    titles = {headers[column]: c for column, c in cells.get(top, {}).items() if column in headers}
    old.header_notes = _row_annotations(titles, set(titles))
    has_key_column = KEY in headers.values()
    for number in sorted(cells.keys() - {top}):
        row = {headers[column]: c for column, c in cells[number].items() if column in headers}
        key = str(row[KEY].value).strip(" '\xa0") if KEY in row else ""
        if KEY_PATTERN.fullmatch(key):
            _merge_duplicate(old, key, _row_annotations(row, program_columns))
            old.keys.add(key)
            old.placement.rows.setdefault(key, number)
            _read_look(old, key, sheet, number, row)
            if key in annotated_keys or old.is_annotated(key):
                old.rows.setdefault(
                    key, {h: _program_value(row[h]) for h in program_columns if h in row}
                )
        elif _add_unkeyed_row(old, row, program_columns, has_key_column=has_key_column):
            added = f"{UNKEYED_PREFIX}{len(old.unkeyed_rows)}"
            old.placement.rows[added] = number
            _read_look(old, added, sheet, number, row)
    old.placement.last = max((old.placement.rows[key] for key in old.keys), default=top + 1)
    return old


def header_row(sheet: Worksheet) -> int:
    """Return the number of the row with the headers."""
    top = sheet.iter_rows(max_row=min(MAX_TITLE_ROWS, sheet.max_row), values_only=True)
    key = KEY.casefold()
    rows = enumerate(top, start=1)
    return next(
        (n for n, row in rows if key in {collapse_whitespace(v).casefold() for v in row}), 1
    )


def encoded_annotations(old: SheetSnapshot) -> Iterator[tuple[str, str, str]]:
    """Yield (key, header, encoded note) of everything the user wrote."""
    rows = {key: notes for key, notes in old.annotations.items() if has_user_content(notes)}
    rows |= {
        f"{UNKEYED_PREFIX}{number}": notes for number, notes in enumerate(old.unkeyed_rows, start=1)
    }
    for key, notes in rows.items():
        for header, note in notes.items():
            if note.has_content:
                yield key, header, note.encoded()


def is_program_status(note: Annotation) -> bool:
    """Whether a status is one that the program sets, without a colour or comment of the user's."""
    return note.value in PROGRAM_STATUSES and note.fill is None and not note.comment


def _row_annotations(row: Mapping[str, Any], program_columns: set[str]) -> dict[str, Annotation]:
    notes = {
        h: read_annotation(cell, with_value=h not in program_columns) for h, cell in row.items()
    }
    return {header: note for header, note in notes.items() if note is not None}


def _add_unkeyed_row(
    old: SheetSnapshot, row: Mapping[str, Any], program_columns: set[str], *, has_key_column: bool
) -> bool:
    """Keep a row without a key; if the key column is gone, only if the user wrote in the row.

    Returns whether it is kept.
    """
    notes = _row_annotations(row, set())
    own = {header: note for header, note in notes.items() if header not in program_columns}
    is_kept = any(note.has_content for note in notes.values()) and (
        has_key_column or has_user_content(own)
    )
    if is_kept:
        old.unkeyed_rows.append(notes)
    return is_kept


def _headers(
    cells: Mapping[int, Mapping[int, Any]], top: int, ours: Sequence[str]
) -> dict[int, str]:
    """Return the header of every column with any content, each name once."""
    used: dict[int, str] = {}
    for number, row in cells.items():
        for column, cell in row.items():
            value = cell.value
            if number == top and value is not None:
                used[column] = collapse_whitespace(value)
            elif value is not None and value != "":
                used.setdefault(column, "")
    if KEY.casefold() not in map(str.casefold, used.values()):
        used |= dict.fromkeys(_key_columns(cells, top)[:1], KEY)  # its header was renamed
    changed = {name.casefold(): name for name in ours if name not in used.values()}
    headers: dict[int, str] = {}
    taken: set[str] = set()
    for column in sorted(used):
        name = changed.get(used[column].casefold(), used[column])
        headers[column] = _unique_name(name or UNNAMED_COLUMN, taken)
        taken.add(headers[column].casefold())
    return headers


def _key_columns(cells: Mapping[int, Mapping[int, Any]], top: int) -> list[int]:
    """Return the columns whose cells below the headers are all keys."""
    columns: dict[int, list[str]] = {}
    for number, row in cells.items():
        for column, cell in row.items():
            if number > top and cell.value not in {None, ""}:
                columns.setdefault(column, []).append(str(cell.value))
    return sorted(c for c, values in columns.items() if all(map(KEY_PATTERN.fullmatch, values)))


def _read_look(
    old: SheetSnapshot, key: str, sheet: Worksheet, number: int, row: Mapping[str, Any]
) -> None:
    """Add how a row looks: its height, whether it is hidden, its cells in the user's columns."""
    if number in sheet.row_dimensions:
        dimension = sheet.row_dimensions[number]
        if dimension.height and not styles.is_ours(dimension.height):
            old.heights[key] = dimension.height
        if dimension.hidden:
            old.arrangement.hidden.add(key)
    old.looks[key] = {
        header: row[header]._style  # noqa: SLF001 - openpyxl has no public name for it
        for header in old.user_headers
        if header in row and row[header].has_style
    }


def _columns(sheet: Worksheet, headers: Mapping[int, str], *, hidden: bool) -> set[str]:
    """Return the headers of columns that are known to be hidden, or known not to be."""
    dimensions: Any = sheet.column_dimensions.values()
    spans = [range(one.min, one.max + 1) for one in dimensions if bool(one.hidden) == hidden]
    return {name for column, name in headers.items() if any(column in span for span in spans)}


def _unique_name(name: str, taken: set[str]) -> str:
    """Return a name that no other column has, capitals ignored, as Excel demands of tables."""
    candidate, number = name, 1
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{name} {number}"
    return candidate


def _program_value(cell: Any) -> Any:
    link = cell.hyperlink if isinstance(cell, Cell) else None
    value = unescape_text(cell.value) if isinstance(cell.value, str) else cell.value
    if link is None or not link.target:
        return value
    spot = f"#{link.location}" if link.location else ""
    return Link(str(value or ""), f"{link.target}{spot}")


def _merge_duplicate(old: SheetSnapshot, key: str, written: dict[str, Annotation]) -> None:
    """Merge a duplicated row into the first, keeping what is in either."""
    kept = old.annotations.setdefault(key, {})
    for header, note in written.items():
        first = kept.get(header)
        if first is None or (header == STATUS and is_program_status(first)):
            kept[header] = note
        elif header == STATUS and first.value != note.value and not is_program_status(note):
            kept[NOTES] = kept.get(NOTES, Annotation()).merged(Annotation(note.value))
            kept[STATUS] = first.merged(Annotation(fill=note.fill, comment=note.comment))
            old.user_headers += [NOTES] if NOTES not in old.user_headers else []
        elif not (header == STATUS and is_program_status(note)):
            kept[header] = first.merged(note)
