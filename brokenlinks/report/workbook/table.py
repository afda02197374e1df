"""Writes one sheet as a real Excel table: machine columns, then the person's."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import Outline
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from brokenlinks.report.outreach.decisions import NOT_RELEVANT
from brokenlinks.report.workbook import styles
from brokenlinks.report.workbook.annotations import EMPTY, Note
from brokenlinks.report.workbook.cells import MOST_LINKS, Link, Value, clean, put
from brokenlinks.report.workbook.openpyxl_streaming import NumberedRow, StreamedSheet
from brokenlinks.report.workbook.removed_rows import UNKNOWN_ENDING, Ending
from brokenlinks.report.workbook.snapshot import KEY, STATUS, OldSheet, spelling

OWN_WIDTH = 18.0
CHANGED = "New/Changed"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the layout; `human` ones are the person's.

    `folded` ones are hidden, a person's own only until something is written in them.
    """

    header: str
    width: float = 14.0
    human: bool = False
    folded: bool = False
    choices: tuple[str, ...] = ()
    format: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a sheet is: its name, its table's name, its columns, how much of it stays in view.

    `cleared` are the machine's cells that say nothing any more once a row is no longer found;
    `height` is a row's, in points.
    """

    title: str
    table: str
    columns: tuple[Column, ...]
    frozen: str
    cleared: tuple[str, ...] = ()
    height: float = styles.ROW_HEIGHT

    @property
    def machine_headers(self) -> list[str]:
        """Return the headers of the program's own columns."""
        return [column.header for column in self.columns if not column.human]

    @property
    def human_headers(self) -> list[str]:
        """Return the headers of the person's columns that are on every such sheet."""
        return [column.header for column in self.columns if column.human]


Row = Mapping[str, Value]


def fill_sheet(
    sheet: StreamedSheet,
    layout: Layout,
    rows: Iterable[Row],
    old: OldSheet,
    endings: Mapping[str, Ending],
) -> None:
    """Let the sheet have the rows with the notes that belong to them, and those only people know.

    They are made as the workbook is saved. `endings` tell by key why a row that was on the sheet
    before is not among `rows`.
    """
    known = {column.header for column in layout.columns}
    own = [Column(clean(h), OWN_WIDTH, human=True) for h in old.own_headers if h not in known]
    columns = _unfolded([*layout.columns, *own], old)
    _write_headers(sheet, columns)
    _hide(sheet, columns, old.hidden.difference(c.header for c in layout.columns if c.folded))
    _arrange(sheet, columns, layout)
    sheet.further_rows = _numbered_rows(
        sheet, layout, columns, _with_notes(rows, layout, old, endings)
    )


def _numbered_rows(
    sheet: StreamedSheet,
    layout: Layout,
    columns: Sequence[Column],
    rows: Iterable[tuple[Row, Mapping[str, Note]]],
) -> Iterator[NumberedRow]:
    """Yield the rows, one at a time, and after them tell the sheet how far its table goes."""
    looks = [styles.looks(sheet, column.format) for column in columns]
    links = last = 1
    for last, (row, notes) in enumerate(rows, start=2):
        cells = []
        for number, (column, look) in enumerate(zip(columns, looks, strict=True), start=1):
            value, note = row.get(column.header), notes.get(column.header)
            if value in EMPTY and note is None:
                continue
            cell = Cell(sheet, last, number)
            put(cell, value, links_left=links <= MOST_LINKS)
            links += cell.hyperlink is not None
            _dress(cell, value, look, shared=note is None)
            if note is not None:
                note.write(cell)
            cells.append(cell)
        dimension = sheet.row_dimensions[last]
        dimension.height, dimension.hidden = layout.height, _is_put_away(notes)
        yield last, cells
        del sheet.row_dimensions[last]
    _make_table(sheet, layout, columns, max(last, 2))


def _unfolded(columns: Sequence[Column], old: OldSheet) -> list[Column]:
    """Return the columns, with those in view that a person has written in."""
    written = {header for notes in (*old.notes.values(), *old.strays) for header in notes}
    return [
        replace(column, folded=column.folded and not (column.human and column.header in written))
        for column in columns
    ]


def _with_notes(
    rows: Iterable[Row], layout: Layout, old: OldSheet, endings: Mapping[str, Ending]
) -> Iterator[tuple[Row, Mapping[str, Note]]]:
    keys = set()
    for row in rows:
        key = str(row[KEY])
        keys.add(key)
        notes = dict(old.notes.get(key, {}))
        if not old.touched(key):
            notes.pop(STATUS, None)
        yield row, notes
    for key in old.notes:
        if key not in keys and old.touched(key):
            ended = _ended(endings.get(key, UNKNOWN_ENDING), layout)
            yield {**old.rows.get(key, {}), KEY: key, **ended}, old.notes[key]
    for stray in old.strays:
        yield {}, stray


def _is_put_away(notes: Mapping[str, Note]) -> bool:
    status = notes.get(STATUS)
    return status is not None and spelling(status.value).casefold() == NOT_RELEVANT.casefold()


def _ended(ending: Ending, layout: Layout) -> Row:
    """Return what a row says that only a person's notes keep on the sheet."""
    said = {CHANGED: ending.word, "Verdict": ending.word, "Why": ending.sentence}
    return {**said, **dict.fromkeys(layout.cleared)}


def _write_headers(sheet: Worksheet, columns: Sequence[Column]) -> None:
    for number, column in enumerate(columns, start=1):
        cell = sheet.cell(1, number, column.header)
        cell.data_type = "s"
        cell.font = styles.HEADER_FONT
        cell.fill = styles.HUMAN_HEADER_FILL if column.human else styles.HEADER_FILL
        cell.alignment = styles.HEADER_ALIGNMENT
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = column.width
        styles.dress_column(dimension, column.format)
        if column.folded:
            dimension.outlineLevel, dimension.hidden = 1, True
    sheet.row_dimensions[1].height = styles.HEADER_HEIGHT


def _hide(sheet: Worksheet, columns: Sequence[Column], headers: Container[str]) -> None:
    """Hide the columns that a person hid; those that we fold are not told from theirs."""
    for number, column in enumerate(columns, start=1):
        if column.header in headers:
            sheet.column_dimensions[get_column_letter(number)].hidden = True


def _dress(cell: Any, value: Value, looks: styles.Looks, *, shared: bool) -> None:
    look = looks.text
    if isinstance(value, Link):
        look = looks.link
    elif isinstance(value, int | float | date):
        look = looks.number
    # Setting styles one by one hashes each of them for each cell: ten times slower.
    cell._style = look if shared else copy(look)  # noqa: SLF001


def _arrange(sheet: Worksheet, columns: Sequence[Column], layout: Layout) -> None:
    sheet.freeze_panes = layout.frozen
    sheet.sheet_properties.outlinePr = Outline(summaryRight=False)
    sheet.sheet_view.zoomScale = 90
    shown = sum(column.width for column in columns if not column.folded)
    styles.print_landscape(sheet, shown)
    sheet.print_title_rows = "1:1"


def _make_table(sheet: Worksheet, layout: Layout, columns: Sequence[Column], last: int) -> None:
    area = f"A1:{get_column_letter(len(columns))}{last}"
    table: Any = Table(displayName=layout.table, ref=area)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    table._initialise_columns()  # noqa: SLF001 - else openpyxl makes every cell of it for this
    for table_column, column in zip(table.tableColumns, columns, strict=True):
        table_column.name = column.header
    sheet.add_table(table)
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
