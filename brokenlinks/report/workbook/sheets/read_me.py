"""The sheet that explains the others, and says what the run did and left undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import cast

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from brokenlinks.report.workbook import styles
from brokenlinks.report.workbook.cells import write_value

TITLE = "Read me"
PROGRAM_COLUMNS = 2
WIDTH = 110
HOW_TO = (
    "Opportunities is the work list: one row for each dead link on each page, best first.",
    "Confirmed rows stand before suspected ones; write to people about confirmed rows.",
    "Status, the columns with a brown header, and every column or sheet you add are yours.",
    "The next run keeps them by the row's key, wherever you sort or move the row.",
    "To hide a row for good, set its status to Not relevant; a deleted row comes back.",
    "In formulas of your own name columns, e.g. [@Score]: our columns may move.",
    "A total counts the rows it names, however many there are later: put it on a sheet of yours.",
    "Each run writes this sheet anew; your words from column C on and below our rows are kept.",
    "Click the small + above the columns to unfold more: the evidence, and overrides of yours.",
    "A folded column of yours stays in view once you write in it.",
    "Check the page and the link with your own eyes before you write to anybody.",
)
LEGEND = {
    "confirmed": (styles.RED, "dead by the evidence, seen long enough or often enough"),
    "suspected": (styles.AMBER, "seen dead once; the next check on the date given decides"),
    "refuses, fails": (styles.GREY, "never called dead: on the sheet Uncertain"),
    "Tier A": (styles.GREEN, "confirmed, and strong in what is known"),
    "Tier B": (styles.BLUE, "worth a mail"),
    "Tier C": (styles.GREY, "weak: few sites, a stale page, or a doubtful verdict"),
}


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What the sheet tells of the run, label by label."""

    niche: str
    written: str
    counts: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    unfinished: tuple[str, ...] = ()


def fill(sheet: Worksheet, facts: RunFacts) -> None:
    """Write the sheet."""
    sheet.column_dimensions["A"].width = 26
    sheet.column_dimensions["B"].width = WIDTH
    sheet.sheet_view.showGridLines = False
    styles.print_landscape(sheet)
    for number, (label, text, colour) in enumerate(_lines(facts), start=1):
        for column, said in ((1, label), (2, text)):
            write_value(cast("Cell", sheet.cell(number, column)), said)
        for column in (1, 2):
            sheet.cell(number, column).alignment = styles.CELL_ALIGNMENT
        if len(text) > WIDTH:
            sheet.row_dimensions[number].height = styles.LINE_HEIGHT * ceil(len(text) / WIDTH)
        if number == 1:
            sheet.cell(1, 1).font = styles.TITLE_FONT
            sheet.cell(1, 1).alignment = Alignment(wrap_text=False)
        elif not text:
            sheet.cell(number, 1).font = styles.SECTION_FONT
        if colour:
            sheet.cell(number, 1).fill = PatternFill("solid", start_color=colour)


def _lines(facts: RunFacts) -> Iterator[tuple[str, str, str]]:
    yield f"Broken links in {facts.niche}", "", ""
    yield "Written", facts.written, ""
    yield "", "", ""
    yield "How to use this workbook", "", ""
    for number, text in enumerate(HOW_TO, start=1):
        yield str(number), text, ""
    yield "", "", ""
    yield "Colours", "", ""
    for label, (colour, meaning) in LEGEND.items():
        yield label, meaning, colour
    for heading, pairs in (("This run", facts.counts), ("Settings of the run", facts.settings)):
        yield "", "", ""
        yield heading, "", ""
        for label, said in pairs.items():
            yield label, said, ""
    yield "", "", ""
    yield "Left undone", "", ""
    for text in facts.unfinished or ("Nothing.",):
        yield "-", text, ""
