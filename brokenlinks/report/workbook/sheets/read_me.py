"""The sheet that explains the others, and lists what the run did and did not do."""

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
    "Confirmed rows come before suspected ones. Write only about confirmed rows.",
    "Better tiers come first. Where a site has many rows, most follow the rest of their tier.",
    "Status, the columns with a brown header, and all columns and sheets you add are yours.",
    "The next run keeps what you wrote with its row, even if you sort or move rows.",
    "To hide a row for good, set its status to Not relevant. A deleted row comes back.",
    "In your formulas, refer to columns by name, such as [@Score], because our columns may move.",
    "Put totals on a sheet of your own: a formula counts only the rows it names.",
    "Each run rewrites this sheet. What you write from column C on and below our rows is kept.",
    "Click the small + above the columns to see more: the evidence, and columns to override it.",
    "A folded column of yours stays visible once you write in it.",
    "Look at the page and the link yourself before you write to anyone.",
)
LEGEND = {
    "confirmed": (styles.RED, "dead, and the evidence is complete"),
    "suspected": (styles.AMBER, "found dead, but needs another check"),
    "refuses, fails": (styles.GREY, "never counted as dead, see the sheet Uncertain"),
    "Tier A": (styles.GREEN, "confirmed, with a high score and a way to write"),
    "Tier B": (styles.BLUE, "worth a mail"),
    "Tier C": (
        styles.GREY,
        "weak: few sites, an old page, an uncertain verdict or a link hardly worth a mail",
    ),
}


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What the sheet shows about the run, by label.

    `unfinished` is what a later run does, `left_out` what failed although it was our work.
    """

    niche: str
    written: str
    counts: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    unfinished: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def fill(sheet: Worksheet, facts: RunFacts) -> None:
    """Write the sheet."""
    sheet.column_dimensions["A"].width = 26
    sheet.column_dimensions["B"].width = WIDTH
    sheet.sheet_view.showGridLines = False
    styles.print_landscape(sheet)
    for number, (label, text, colour) in enumerate(_lines(facts), start=1):
        for column, value in ((1, label), (2, text)):
            write_value(cast("Cell", sheet.cell(number, column)), value)
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
        for label, text in pairs.items():
            yield label, text, ""
    yield "", "", ""
    yield "Not done", "", ""
    for text in facts.unfinished or ("Nothing.",):
        yield "-", text, ""
    if facts.left_out:
        yield "", "", ""
        yield "Left out: our work on it failed", "", ""
        for text in facts.left_out:
            yield "-", text, ""
