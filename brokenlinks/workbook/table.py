"""Writes one sheet as a real Excel table: machine columns, then the person's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import Outline
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from brokenlinks.workbook import styles
from brokenlinks.workbook.cells import MOST_LINKS, Link, Value, clean, put
from brokenlinks.workbook.human import KEY, STATUS, Note, OldSheet

OWN_WIDTH = 18.0
NO_LONGER_FOUND = "no longer found"
CHANGED = "New/Changed"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the layout; `human` ones are the person's, `folded` ones start hidden."""

    header: str
    width: float = 14.0
    human: bool = False
    folded: bool = False
    choices: tuple[str, ...] = ()
    format: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a sheet is: its name, its table's name, its columns, how much of it stays in view."""

    title: str
    table: str
    columns: tuple[Column, ...]
    frozen: str
    keyed: bool = True

    @property
    def machine_headers(self) -> list[str]:
        """Return the headers of the program's own columns."""
        return [column.header for column in self.columns if not column.human]


Row = Mapping[str, Value]


def fill_sheet(sheet: Worksheet, layout: Layout, rows: Sequence[Row], old: OldSheet) -> None:
    """Write the rows with the notes that belong to them, and keep the rows only people know."""
    known = {column.header for column in layout.columns}
    own = [Column(clean(h), OWN_WIDTH, human=True) for h in old.own_headers if h not in known]
    columns = [*layout.columns, *own]
    _write_headers(sheet, columns)
    links = 0
    written = 1
    for written, (row, notes) in enumerate(_with_notes(layout, rows, old), start=2):
        for number, column in enumerate(columns, start=1):
            cell = cast("Cell", sheet.cell(written, number))
            value = row.get(column.header)
            put(cell, value, links_left=links < MOST_LINKS)
            links += isinstance(value, Link)
            _dress(cell, column)
            note = notes.get(column.header)
            if note is not None:
                _put_note(cell, note)
        sheet.row_dimensions[written].height = styles.ROW_HEIGHT
    _finish(sheet, layout, columns, max(written, 2))


def _with_notes(
    layout: Layout, rows: Sequence[Row], old: OldSheet
) -> Iterator[tuple[Row, Mapping[str, Note]]]:
    keys = set()
    for row in rows:
        key = str(row.get(KEY, ""))
        keys.add(key)
        notes = dict(old.notes.get(key, {}))
        if not old.touched(key):
            notes.pop(STATUS, None)
        yield row, notes
    for key in old.notes:
        if key not in keys and old.touched(key):
            machine = {h: v for h, v in old.rows.get(key, {}).items() if h != CHANGED}
            yield {**machine, KEY: key, **_gone(layout)}, old.notes[key]
    for stray in old.strays:
        yield {}, stray


def _gone(layout: Layout) -> Row:
    return {CHANGED: NO_LONGER_FOUND} if CHANGED in layout.machine_headers else {}


def _write_headers(sheet: Worksheet, columns: Sequence[Column]) -> None:
    for number, column in enumerate(columns, start=1):
        cell = sheet.cell(1, number, column.header)
        cell.data_type = "s"
        cell.font = styles.HEADER_FONT
        cell.fill = styles.HUMAN_HEADER_FILL if column.human else styles.HEADER_FILL
        cell.alignment = styles.HEADER_ALIGNMENT
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = column.width
        if column.folded:
            dimension.outlineLevel, dimension.hidden = 1, True
    sheet.row_dimensions[1].height = styles.HEADER_HEIGHT


def _dress(cell: Cell, column: Column) -> None:
    number = isinstance(cell.value, int | float)
    cell.alignment = styles.NUMBER_ALIGNMENT if number else styles.CELL_ALIGNMENT
    cell.border = styles.HAIRLINE
    if column.format and cell.value is not None:
        cell.number_format = column.format
    if cell.hyperlink:
        cell.font = styles.LINK_FONT


def _put_note(cell: Cell, note: Note) -> None:
    """Write what a person wrote, as they wrote it: a formula stays one, text stays text."""
    cell.value = note.value
    if isinstance(note.value, str) and note.value:
        cell.data_type = "f" if note.is_formula else "s"
    if note.fill is not None:
        cell.fill = note.fill
    if note.comment is not None:
        cell.comment = note.comment


def _finish(sheet: Worksheet, layout: Layout, columns: Sequence[Column], last: int) -> None:
    area = f"A1:{get_column_letter(len(columns))}{last}"
    table = Table(displayName=layout.table, ref=area)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)
    sheet.freeze_panes = layout.frozen
    sheet.sheet_properties.outlinePr = Outline(summaryRight=False)
    sheet.sheet_view.zoomScale = 90
    styles.print_landscape(sheet)
    sheet.print_title_rows = "1:1"
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        _offer(sheet, column, f"{letter}2:{letter}{last}")


def _offer(sheet: Worksheet, column: Column, area: str) -> None:
    """Add the column's dropdown and colours."""
    if column.choices:
        choices = ",".join(column.choices)
        validation = DataValidation("list", formula1=f'"{choices}"', allow_blank=True)
        validation.showErrorMessage = False  # a status of one's own is welcome
        sheet.add_data_validation(validation)
        validation.add(area)
        styles.colour_values(sheet, area, styles.STATUS_COLOURS)
    if column.header == "Verdict":
        styles.colour_verdicts(sheet, area)
    elif column.header == "Tier":
        styles.colour_values(sheet, area, styles.TIER_COLOURS)
    elif column.header == "Score":
        styles.draw_score_bars(sheet, area)
