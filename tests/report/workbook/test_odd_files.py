"""A workbook that a spreadsheet program opens is read, whatever openpyxl thinks of its styles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from tests.report.workbook.desk import ROWS, WorkbookHarness, cell_in
from tests.report.workbook.odd_files import ODD_FILES, an_unknown_fill

pytestmark = pytest.mark.slow

TYPED = {
    "Status": "Contacted",
    "Notes": "mailed\non Monday, _x005F_x000D_ and all",
    "Contact override": "ann@a.example",
    "Date contacted": datetime(2026, 11, 20),  # noqa: DTZ001 - as spreadsheets do
    "My DR": 54,
    "=Mine": "=not a formula",
}


def fill_in(harness: WorkbookHarness) -> None:
    def change(book: Workbook) -> None:
        for header, value in TYPED.items():
            cell = cell_in(book["Opportunities"], "a.example", header)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
        cell_in(book["Opportunities"], "a.example", "Notes").comment = Comment("ask Ann", "me")
        book["Opportunities"].title = "My list"
        book.create_sheet("Plan")["B2"] = "week 1"

    harness.edit(change)


@pytest.mark.parametrize("save", ODD_FILES)
def test_every_value_is_kept_and_the_file_is_copied(
    harness: WorkbookHarness, save: Callable[[Path], None]
) -> None:
    harness.run(*ROWS)
    fill_in(harness)
    harness.run(*ROWS)  # so that the journal knows the comment
    save(harness.path)
    # Each file fails in its own way.
    with harness.path.open("rb") as file, pytest.raises(Exception):  # noqa: B017, PT011
        assert load_workbook(file).worksheets
    odd = harness.path.read_bytes()
    written = harness.run(*ROWS)
    assert written.unread == []
    [aside] = harness.path.parent.glob("home-brewing-original-*.xlsx")
    assert aside.read_bytes() == odd
    [warning] = written.warnings
    assert aside.name in warning
    row = next(r for r in harness.rows("My list") if r["Page"] == "http://a.example/links")
    assert {header: row[header] for header in TYPED} == TYPED
    book = load_workbook(harness.path)
    assert cell_in(book["My list"], "a.example", "Notes").comment.text.startswith("ask Ann")
    assert book["Plan"]["B2"].value == "week 1"
    assert harness.run(*ROWS).warnings == []


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_sheet_that_ends_in_the_middle_is_not_half_read(
    harness: WorkbookHarness, share: float
) -> None:
    harness.run(*ROWS)
    with ZipFile(harness.path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(harness.path, "w") as archive:
        for name, content in parts.items():
            cut = int(len(content) * share) if name == "xl/worksheets/sheet1.xml" else None
            archive.writestr(name, content[:cut])
    an_unknown_fill(harness.path)
    assert len(harness.run(*ROWS).unread) == 1


def test_line_ends_that_excel_escapes_are_line_ends(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    harness.write("a.example", "Notes", "Hello,_x000D_\n_x000D_\nJo_x000d_")
    harness.write("b.example", "Notes", "a text with _x005F_x000D_ in it")
    for _ in range(2):
        harness.run(*ROWS)
        assert harness.row("a.example")["Notes"] == "Hello,\n\nJo\n"
        assert harness.row("b.example")["Notes"] == "a text with _x005F_x000D_ in it"
    assert any('"a text with _x000D_ in it"' in note[3] for note in harness.stored)


@pytest.mark.parametrize(
    "text", ["2026-11-20", "'2026-11-20", "20.11.2026", "20 Nov 2026", "11/20/2026", "Nov 20, 2026"]
)
def test_a_date_that_is_text_becomes_a_date(harness: WorkbookHarness, text: str) -> None:
    harness.run(*ROWS)
    harness.write("a.example", "Date contacted", text)
    harness.write("a.example", "Notes", text)
    harness.run(*ROWS)
    row = harness.row("a.example")
    assert row["Date contacted"] == datetime(2026, 11, 20)  # noqa: DTZ001
    assert row["Notes"] == text


@pytest.mark.parametrize("text", ["03/04/2026", "soon", "20.11.", "31.02.2026"])
def test_a_text_that_is_no_certain_date_stays(harness: WorkbookHarness, text: str) -> None:
    harness.run(*ROWS)
    harness.write("a.example", "Date contacted", text)
    harness.run(*ROWS)
    assert harness.row("a.example")["Date contacted"] == text
