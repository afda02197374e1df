"""Writes one sheet as a real Excel table: the program's columns and the user's."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import Outline
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from brokenlinks.report.left_out import LeftOut
from brokenlinks.report.outreach.decisions import NOT_RELEVANT
from brokenlinks.report.workbook import styles
from brokenlinks.report.workbook.annotations import Annotation
from brokenlinks.report.workbook.arrangement import Entry
from brokenlinks.report.workbook.cells import (
    DATE_FORMAT,
    MAX_HYPERLINKS,
    Link,
    Value,
    clean_text,
    collapse_whitespace,
    date_from_text,
    is_blank,
    write_value,
)
from brokenlinks.report.workbook.moves import Placement
from brokenlinks.report.workbook.snapshot import KEY, STATUS, UNKEYED_PREFIX, SheetSnapshot
from brokenlinks.scoring.changes import UNKNOWN_REMOVAL, Removal

MAX_ROWS = 5_000
"""Rows of a sheet: more than anyone works through, and few enough for openpyxl to be quick.

Rows that the user wrote in are kept beyond it.
"""
USER_COLUMN_WIDTH = 18.0
CHANGED = "New/Changed"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the layout; `user_owned` ones are for the user to write in.

    `value` makes the program's value from a record, or names the record's field that is it.
    `folded` ones are hidden, the user's only until something is written in them.
    """

    header: str
    width: float = 14.0
    value: str | Callable[[Any], Value] = ""
    user_owned: bool = False
    folded: bool = False
    choices: tuple[str, ...] = ()
    format: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet's name, its table's name, its columns, and the first cell that scrolls.

    `cleared` are columns that are emptied once a row is no longer found.
    """

    title: str
    table: str
    columns: tuple[Column, ...]
    frozen: str
    cleared: tuple[str, ...] = ()

    @property
    def program_headers(self) -> list[str]:
        """The headers of the program's columns."""
        return [column.header for column in self.columns if not column.user_owned]

    @property
    def user_headers(self) -> list[str]:
        """The headers of the user's columns that every such sheet has."""
        return [column.header for column in self.columns if column.user_owned]


Row = Mapping[str, Value]


def fill_sheet(
    sheet: Worksheet,
    layout: Layout,
    records: Iterable[Any],
    old: SheetSnapshot,
    *,
    removals: Mapping[str, Removal],
    known: Mapping[str, Row],
    left_out: LeftOut,
) -> tuple[Placement, int]:
    """Write a row for each record, with its notes; then rows and notes that only the user has.

    Columns and rows are in the user's order. `removals` say by key why a row that was on the sheet
    before has no record, `known` gives the cells by which to tell what it is about. Without any it
    is not shown: the journal keeps its notes. Cells that fail are `left_out`. Returns where all
    are, and how many rows there is no room for.
    """
    ours = {column.header: column for column in layout.columns}
    columns = [
        ours.get(header) or Column(clean_text(header), USER_COLUMN_WIDTH, user_owned=True)
        for header in dict.fromkeys((*old.placement.columns, *ours, *old.user_headers))
    ]
    columns = _unfolded(columns, old)
    _write_headers(sheet, columns, old.header_notes)
    _hide(sheet, columns, old.hidden.difference(c.header for c in layout.columns if c.folded))
    _set_up_view(sheet, columns, layout)
    writer = _RowWriter(sheet, columns, layout, old, left_out)
    hidden = 0

    def entries() -> Iterator[Entry]:
        nonlocal hidden
        keys = set()
        for place, record in enumerate(records):
            row = _row(record, layout, left_out)
            if KEY not in row:
                continue
            key = str(row[KEY])
            keys.add(key)
            if place >= MAX_ROWS and not old.is_annotated(key):
                hidden += 1
                continue
            yield Entry(row, old.annotations.get(key, {}), record)
        for key, notes in old.annotations.items():
            cells = {**known.get(key, {}), **old.rows.get(key, {})}
            if key not in keys and old.is_annotated(key) and cells:
                removed = _removed_row(removals.get(key, UNKNOWN_REMOVAL), layout)
                yield Entry({**cells, KEY: key, **removed}, notes)

    placement = Placement({column.header: n for n, column in enumerate(columns, start=1)})
    for entry in old.arrangement.arranged(entries()):
        key = str(entry.row[KEY])
        writer.write(key, entry)
        placement.rows[key] = writer.last
    placement.last = max(writer.last, 2)
    for number, notes in enumerate(old.unkeyed_rows, start=1):
        added = f"{UNKEYED_PREFIX}{number}"
        writer.write(added, Entry({}, notes))
        placement.rows[added] = writer.last
    _make_table(sheet, layout, columns, max(writer.last, 2))
    return placement, hidden


def _row(record: Any, layout: Layout, left_out: LeftOut) -> Row:
    """Return a record's values by header, without those that fail; without a key it is no row."""
    row: dict[str, Value] = {}
    for column in layout.columns:
        with left_out.on_failure(f"{layout.title}, column {column.header}", record):
            if callable(column.value):
                row[column.header] = column.value(record)
            elif column.value:
                row[column.header] = getattr(record, column.value)
    return row


class _RowWriter:
    """Writes rows below each other, with as many hyperlinks as a sheet may have."""

    def __init__(
        self,
        sheet: Worksheet,
        columns: Sequence[Column],
        layout: Layout,
        old: SheetSnapshot,
        left_out: LeftOut,
    ) -> None:
        self.last = 1
        self._sheet, self._columns, self._layout, self._old = sheet, columns, layout, old
        self._left_out = left_out
        self._styles = [styles.column_styles(sheet, column.format) for column in columns]
        self._links = 0

    def write(self, key: str, entry: Entry) -> None:
        row, notes, record = entry
        self.last += 1
        looks, lines = self._old.looks.get(key, {}), 1
        for number, (column, look) in enumerate(
            zip(self._columns, self._styles, strict=True), start=1
        ):
            value, note = row.get(column.header), notes.get(column.header)
            own_look = looks.get(column.header)
            if is_blank(value) and note is None and own_look is None:
                continue
            cell: Any = self._sheet.cell(self.last, number)
            place = f"{self._layout.title}, column {column.header}"
            with self._left_out.on_failure(place, record):
                write_value(cell, value, allow_hyperlink=self._links < MAX_HYPERLINKS)
                self._links += cell.hyperlink is not None
            _style_cell(cell, value, look, shared=note is None)
            if own_look is not None:
                cell._style = copy(own_look)  # noqa: SLF001
            if note is not None:
                _with_date(note, column).write(cell)
            if isinstance(cell.value, str) and not column.folded:
                lines = max(lines, styles.lines_in(cell.value, column.width))
        dimension = self._sheet.row_dimensions[self.last]
        dimension.height = self._old.heights.get(key) or styles.row_height(lines)
        dimension.hidden = _is_hidden(notes)
        with self._left_out.on_failure(f"{self._layout.title}, its filter", record):
            dimension.hidden |= self._old.arrangement.hides(key, entry)


def _with_date(note: Annotation, column: Column) -> Annotation:
    """Return a note in a column of dates with the date that its text is, if it is one."""
    is_text = isinstance(note.value, str) and not note.is_formula
    if column.format != DATE_FORMAT or not is_text:
        return note
    day = date_from_text(note.value)
    return note if day is None else replace(note, value=day, number_format=DATE_FORMAT)


def _unfolded(columns: Sequence[Column], old: SheetSnapshot) -> list[Column]:
    """Return the columns, unfolding those that the user has opened or written in."""
    written = {
        header for notes in (*old.annotations.values(), *old.unkeyed_rows) for header in notes
    }
    return [
        replace(
            column,
            folded=column.folded
            and column.header not in old.shown
            and not (column.user_owned and column.header in written),
        )
        for column in columns
    ]


def _is_hidden(annotations: Mapping[str, Annotation]) -> bool:
    status = annotations.get(STATUS)
    return (
        status is not None
        and collapse_whitespace(status.value).casefold() == NOT_RELEVANT.casefold()
    )


def _removed_row(removal: Removal, layout: Layout) -> Row:
    """Return the values of a row that is on the sheet only because of the user's notes."""
    values = {CHANGED: removal.label, "Verdict": removal.label, "Why": removal.explanation}
    return {**values, **dict.fromkeys(layout.cleared)}


def _write_headers(
    sheet: Worksheet, columns: Sequence[Column], notes: Mapping[str, Annotation]
) -> None:
    for number, column in enumerate(columns, start=1):
        cell = sheet.cell(1, number, column.header)
        cell.data_type = "s"
        cell.font = styles.HEADER_FONT
        cell.fill = styles.USER_HEADER_FILL if column.user_owned else styles.HEADER_FILL
        cell.alignment = styles.HEADER_ALIGNMENT
        if column.header in notes:
            notes[column.header].write(cell)
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = column.width
        styles.style_column(dimension, column.format)
        if column.folded:
            dimension.outlineLevel, dimension.hidden = 1, True
    sheet.row_dimensions[1].height = styles.HEADER_HEIGHT


def _hide(sheet: Worksheet, columns: Sequence[Column], headers: Container[str]) -> None:
    """Hide the columns that the user hid."""
    for number, column in enumerate(columns, start=1):
        if column.header in headers:
            sheet.column_dimensions[get_column_letter(number)].hidden = True


def _style_cell(
    cell: Any, value: Value, column_styles: styles.ColumnStyles, *, shared: bool
) -> None:
    look = column_styles.text
    if isinstance(value, Link):
        look = column_styles.link
    elif isinstance(value, int | float | date):
        look = column_styles.number
    # Setting styles one by one hashes each of them for each cell: ten times slower.
    cell._style = look if shared else copy(look)  # noqa: SLF001


def _set_up_view(sheet: Worksheet, columns: Sequence[Column], layout: Layout) -> None:
    sheet.freeze_panes = layout.frozen
    sheet.sheet_properties.outlinePr = Outline(summaryRight=False)
    sheet.sheet_view.zoomScale = 100
    shown = sum(column.width for column in columns if not column.folded)
    styles.print_landscape(sheet, shown)
    sheet.print_title_rows = "1:1"


def _make_table(sheet: Worksheet, layout: Layout, columns: Sequence[Column], last: int) -> None:
    area = f"A1:{get_column_letter(len(columns))}{last}"
    table: Any = Table(displayName=layout.table, ref=area)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        _format_column(sheet, column, f"{letter}2:{letter}{last}")


def _format_column(sheet: Worksheet, column: Column, area: str) -> None:
    """Add the column's dropdown and colours."""
    if column.choices:
        choices = ",".join(column.choices)
        validation = DataValidation("list", formula1=f'"{choices}"', allow_blank=True)
        validation.showErrorMessage = False  # users may write a status of their own
        sheet.add_data_validation(validation)
        validation.add(area)
        styles.colour_values(sheet, area, styles.STATUS_COLOURS)
    if column.header == "Verdict":
        styles.colour_verdicts(sheet, area)
    elif column.header == "Tier":
        styles.colour_values(sheet, area, styles.TIER_COLOURS)
    elif column.header == "Score":
        styles.draw_score_bars(sheet, area)
