"""What makes openpyxl quick enough for 20,000 rows. It is slow where it need not be.

Its switch for XML from strangers is off as well: the workbook is the person's own file, and its
other reader takes a quarter longer.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from sys import intern
from typing import Any, cast

os.environ.setdefault("OPENPYXL_DEFUSEDXML", "False")

from openpyxl.cell.cell import Cell
from openpyxl.packaging.relationship import Relationship, RelationshipList
from openpyxl.reader import excel
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet._reader import WorkSheetParser, WorksheetReader
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.xml.constants import REL_NS, SHEET_MAIN_NS

VALUE, INLINE, TEXT = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("v", "is", "t"))
ATTRIBUTE_ALIASES = {f"{{{REL_NS}}}id": "id"}

NO_FILL = 0
"""Every workbook's first fill."""

ReadCell = tuple[int, int, Any, str, int]
"""Row, column, value, type, number of its style."""

column_number = cache(column_index_from_string)


class _Parser(WorkSheetParser):
    """Reads plain texts and numbers, which is nearly all there is, without a dozen checks each."""

    def parse_cell(self, element: Any) -> ReadCell:  # type: ignore[override]
        kind, style = element.get("t", "n"), int(element.get("s", 0))
        value, place = self._plain_value(element, kind, style), element.get("r")
        if value is None or place is None:
            return cast("ReadCell", tuple(super().parse_cell(element).values()))
        self.col_counter = column_number(place.rstrip("0123456789"))
        return self.row_counter, self.col_counter, value, "n" if kind == "n" else "s", style

    def _plain_value(self, element: Any, kind: str, style: int) -> Any:
        """Return the value of a cell that holds nothing else; None where there is more to it."""
        if len(element) != 1:
            return None
        held = element[0]
        if kind == "inlineStr" and held.tag == INLINE and len(held) == 1 and held[0].tag == TEXT:
            return intern(held[0].text) if held[0].text else None
        if held.tag != VALUE or not held.text:
            return None
        if kind == "s":
            return self.shared_strings[int(held.text)]
        if kind == "n" and style not in self.date_formats:
            return int(held.text) if held.text.lstrip("-").isdecimal() else float(held.text)
        return None


class _Reader(WorksheetReader):
    def __init__(self, ws: Any, *source: Any) -> None:
        super().__init__(ws, *source)
        self.parser.__class__ = _Parser

    def bind_cells(self) -> None:
        sheet: Any = self.ws
        styles = sheet.parent._cell_styles
        for _, read in self.parser.parse():
            for row, column, value, kind, style in read:
                cell: Any = Cell(sheet, row, column)
                cell._style = styles[style]  # its own would be half of what a cell takes
                cell._value, cell.data_type = value, kind
                sheet._cells[row, column] = cell
        if sheet._cells:
            sheet._current_row = sheet.max_row


def _get_relationship(relationships: RelationshipList, key: str) -> Relationship:
    """Find a link's address without going through all links: that takes minutes for 60,000."""
    index: dict[str, Relationship] = relationships.__dict__.setdefault("index_by_id", {})
    if len(index) != len(relationships):
        index.clear()
        index.update((str(relationship.Id), relationship) for relationship in relationships)
    return index[key]


def _patch_from_tree(kind: Any, *fields: str) -> None:
    """Let links be read with one look at all their attributes, where those are the usual ones."""
    usual, nothing = frozenset(fields), dict.fromkeys(fields)
    read_with_care = kind.from_tree

    def from_tree(node: Any) -> Any:
        attributes = {ATTRIBUTE_ALIASES.get(name, name): text for name, text in node.items()}
        if not usual.issuperset(attributes):
            return read_with_care(node)
        made = kind.__new__(kind)
        made.__dict__.update(nothing | attributes)
        return made

    kind.from_tree = from_tree


excel.WorksheetReader = _Reader  # type: ignore[attr-defined]
RelationshipList.get = _get_relationship  # type: ignore[method-assign,assignment]
_patch_from_tree(Relationship, "Id", "Type", "Target", "TargetMode")
_patch_from_tree(Hyperlink, "ref", "location", "tooltip", "display", "id", "target")


def is_filled(cell: Any) -> bool:
    """Tell whether a cell has a colour of its own, without unpacking the style of each."""
    style = cell._style  # None on a cell that openpyxl has just made
    return style is not None and style.fillId != NO_FILL and cell.fill.fill_type is not None


@contextmanager
def gc_disabled() -> Iterator[None]:
    """Spare the search for garbage while a million cells are made, none of which is any."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
