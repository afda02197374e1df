"""How the workbook looks: shared style objects, colours of verdicts, tiers and statuses."""

from __future__ import annotations

from copy import copy
from math import ceil
from typing import Any, NamedTuple

from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import DataBar, FormatObject, Rule
from openpyxl.styles import Alignment, Border, Color, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

HEADER_FILL = PatternFill("solid", start_color="FF1F3A5F")
USER_HEADER_FILL = PatternFill("solid", start_color="FF7A5C00")
FONT = "Calibri"
HEADER_FONT = Font(name=FONT, size=11, bold=True, color="FFFFFFFF")
HEADER_ALIGNMENT = Alignment(vertical="center", wrap_text=True)
CELL_ALIGNMENT = Alignment(vertical="top", wrap_text=True)
NUMBER_ALIGNMENT = Alignment(vertical="top", horizontal="right", indent=1)
LEFT_ALIGNMENT = Alignment(horizontal="left")
LINK_FONT = Font(name=FONT, size=11, color="FF0B5CAD", underline="single")
TITLE_FONT = Font(name=FONT, bold=True, size=16, color="FF1F3A5F")
SECTION_FONT = Font(name=FONT, bold=True, size=12, color="FF1F3A5F")
HAIRLINE = Border(bottom=Side(style="hair", color="FFD0D5DB"))
MAX_PRINT_WIDTH = 280
"""Characters on one landscape page that can still be read."""
HEADER_HEIGHT = 32.0
LINE_HEIGHT = 15.0
MAX_LINES = 19
"""Of a row: a mail has as many."""
OLD_HEIGHTS = (32.0, 285.0)
"""Heights of rows that versions before 0.4 wrote, besides those of three lines."""

GREEN, AMBER, RED, BLUE, GREY = "FFDFF2E1", "FFFFF1CC", "FFFADBD8", "FFDCEAF7", "FFE9EBEE"
STATUS_COLOURS = {
    "New": BLUE,
    "Check": AMBER,
    "Ready": GREEN,
    "Contacted": AMBER,
    "Followed up": AMBER,
    "Replied": BLUE,
    "Won": GREEN,
    "Fixed without us": GREY,
    "Declined": GREY,
    "No reply": GREY,
    "Not relevant": GREY,
    "Do not contact": RED,
}
STAGE_COLOURS = {"suspected": AMBER, "confirmed": RED}
TIER_COLOURS = {"A": GREEN, "B": BLUE, "C": GREY}


def lines_in(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of so many characters."""
    return sum(max(1, ceil(len(line) / width)) for line in text.split("\n"))


def row_height(lines: int) -> float:
    """Return the height in points of a row with so many lines."""
    return min(lines, MAX_LINES) * LINE_HEIGHT + 1


def is_ours(height: float) -> bool:
    """Whether the program gave a row its height; programs round it a little."""
    ours = (*OLD_HEIGHTS, *map(row_height, range(1, MAX_LINES + 1)))
    return any(abs(height - one) < 0.5 for one in ours)


class ColumnStyles(NamedTuple):
    """The styles of a column's cells, by kind of value."""

    text: StyleArray
    number: StyleArray
    link: StyleArray


def column_styles(sheet: Worksheet, number_format: str) -> ColumnStyles:
    """Register a column's styles with the sheet's workbook."""
    cell: Any = Cell(sheet, row=1, column=1)
    cell.border = HAIRLINE
    if number_format:
        cell.number_format = number_format
    cell.alignment = NUMBER_ALIGNMENT
    number = copy(cell._style)  # noqa: SLF001 - openpyxl has no public name for it
    cell.alignment = CELL_ALIGNMENT
    text = copy(cell._style)  # noqa: SLF001
    cell.font = LINK_FONT
    return ColumnStyles(text, number, copy(cell._style))  # noqa: SLF001


def style_column(dimension: ColumnDimension, number_format: str) -> None:
    """Style a column's empty cells, for what the user will write there."""
    column: Any = dimension
    column.border = HAIRLINE
    column.alignment = CELL_ALIGNMENT
    if number_format:
        column.number_format = number_format


def colour_values(sheet: Worksheet, area: str, colours: dict[str, str]) -> None:
    """Colour the cells of `area` by their value."""
    for value, colour in colours.items():
        sheet.conditional_formatting.add(
            area,
            Rule("cellIs", dxf=_fill(colour), operator="equal", formula=[f'"{value}"']),
        )


def colour_verdicts(sheet: Worksheet, area: str) -> None:
    """Colour verdicts: suspected ones amber, confirmed ones red, refusals and failures grey."""
    first = area.partition(":")[0]
    stages = {
        f'ISNUMBER(SEARCH("{stage}",{first}))': colour for stage, colour in STAGE_COLOURS.items()
    }
    for formula, colour in {**stages, f"LEN({first})>0": GREY}.items():
        rule = Rule("expression", dxf=_fill(colour), formula=[formula], stopIfTrue=True)
        sheet.conditional_formatting.add(area, rule)


def draw_score_bars(sheet: Worksheet, area: str) -> None:
    """Draw a score of 0 to 100 as a bar behind its number."""
    ends = [FormatObject(type="num", val=0), FormatObject(type="num", val=100)]
    bar = DataBar(cfvo=ends, color=Color("FF8FB8DE"))
    sheet.conditional_formatting.add(area, Rule("dataBar", dataBar=bar))


def print_landscape(sheet: Worksheet, width: float = 0) -> None:
    """Print landscape, `width` characters on as many pages as keep them readable."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1 + int(width // MAX_PRINT_WIDTH)
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins = PageMargins(left=0.3, right=0.3, top=0.4, bottom=0.4)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _fill(colour: str) -> DifferentialStyle:
    return DifferentialStyle(fill=PatternFill("solid", start_color=colour, end_color=colour))
