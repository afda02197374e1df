"""A workbook to test with: written by the program, edited by a user, written again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook, load_workbook

from brokenlinks.report.left_out import LeftOut
from brokenlinks.report.workbook.reading import StoredAnnotation
from brokenlinks.report.workbook.sheets.read_me import RunFacts
from brokenlinks.report.workbook.workbook import StoredState, WriteResult, write_workbook
from brokenlinks.scoring.changes import Removal
from brokenlinks.scoring.opportunities import load_weights, rank
from tests.frames import NOW, link, links_frame, rejected_frame, workbook_data

LEFT_UNDONE = "3 archive look-ups are left; the next run continues them"
FACTS = RunFacts(niche="home brewing", written="23 November 2026", unfinished=(LEFT_UNDONE,))
REJECTED = {
    "url": "http://coffee.example/",
    "site": "coffee.example",
    "reason": "not_relevant",
    "detail": "niche: nothing matched",
    "title": "Coffee corner",
    "relevance": 0.05,
    "resource_score": 0.8,
}
SUSPECTED = link("c.example/links", "lost.example/malt", stage="suspected", anchor="Malt tables")
BLOCKED = link(
    "d.example/links", "w.example/", verdict="blocked", stage="", reason="bot_protection"
)
FOOTER = link("e.example/links", "foot.example/", placement="footer")
ROWS = (
    link("a.example/links", "gone.example/hops", relevance=0.9),
    link("b.example/links", "gone.example/hops", relevance=0.6),
    SUSPECTED,
    BLOCKED,
    FOOTER,
)
Cells = dict[str, Any]


@dataclass
class WorkbookHarness:
    """The workbook's path, the time, what the journal remembers, what is to be shown.

    `left_out` is what a run is expected to leave out.
    """

    path: Path
    now: pd.Timestamp = NOW
    stored: list[StoredAnnotation] = field(default_factory=list)
    shown: dict[str, Any] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)
    removals: dict[str, Removal] = field(default_factory=dict)
    facts: RunFacts = FACTS
    left_out: tuple[str, ...] = ()

    def run(self, *rows: Any) -> WriteResult:
        """Write the workbook as a run an hour later would, and remember its notes."""
        self.now += pd.Timedelta(hours=1)
        found = links_frame(*rows), rejected_frame(REJECTED)
        ranking = rank(*found, load_weights(), now=self.now)
        moment, left_out = self.now.to_pydatetime(), LeftOut()
        written = write_workbook(
            self.path,
            workbook_data(ranking, self.facts, **self.shown),
            StoredState(self.stored, self.removals, self.known),
            moment,
            left_out,
        )
        assert left_out.sentences() == self.left_out
        self.stored = written.annotations
        return written

    def edit(self, change: Callable[[Workbook], None]) -> None:
        """Let the user change the workbook."""
        book = load_workbook(self.path)
        change(book)
        book.save(self.path)

    def write(self, page: str, header: str, value: Any, sheet: str = "Opportunities") -> None:
        """Let the user write in the row of a linking page."""

        def change(book: Workbook) -> None:
            cell_in(book[sheet], page, header).value = value

        self.edit(change)

    def rows(self, sheet: str = "Opportunities") -> list[Cells]:
        """Return a sheet's rows by header."""
        values = load_workbook(self.path)[sheet].iter_rows(values_only=True)
        headers = [str(name) for name in next(values)]
        return [dict(zip(headers, row, strict=True)) for row in values]

    def row(self, page: str, sheet: str = "Opportunities") -> Cells:
        """Return the one row of a linking page."""
        [row] = [r for r in self.rows(sheet) if r["Page"] == f"http://{page}/links"]
        return row


def cell_in(sheet: Any, page: str, header: str) -> Any:
    """Return the cell of a linking page's row under a header, which is added if new."""
    pages = column_of(sheet, "Page")
    [row] = [
        row
        for row in range(2, sheet.max_row + 1)
        if sheet.cell(row, pages).value == f"http://{page}/links"
    ]
    return sheet.cell(row, column_of(sheet, header))


def column_of(sheet: Any, header: str) -> int:
    """Return the number of a column, a new one for a new header."""
    for cell in sheet[1]:
        if cell.value == header:
            return int(cell.column)
    sheet.cell(1, sheet.max_column + 1, header)
    return int(sheet.max_column)
