"""Lets openpyxl make a sheet's rows while it writes them: a million cells are never there at once.

Its own way to do so, a write-only workbook, could not hold the person's sheets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer import excel

NumberedRow = tuple[int, Sequence[Cell]]


class StreamedSheet(Worksheet):
    """A sheet whose further rows are made when the workbook is saved, which can be done once."""

    streamed_rows: Iterator[NumberedRow] = iter(())


def add_sheet(book: Any, title: str, position: int | None) -> StreamedSheet:
    """Add such a sheet to a workbook, at the end where no `position` is given."""
    sheet = StreamedSheet(book, title)
    book._add_sheet(sheet, position)
    return sheet


class _Writer(WorksheetWriter):
    ws: Any

    def rows(self) -> Any:
        yield from super().rows()
        if isinstance(self.ws, StreamedSheet):
            yield from self.ws.streamed_rows

    def write_dimensions(self) -> None:
        if not isinstance(self.ws, StreamedSheet):  # how large it gets is not known yet
            super().write_dimensions()

    def write_hyperlinks(self) -> None:
        super().write_hyperlinks()
        self.ws._hyperlinks.clear()  # else kept until all sheets are saved


excel.WorksheetWriter = _Writer  # type: ignore[attr-defined]
