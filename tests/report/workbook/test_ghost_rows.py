"""Rows that only the user's notes keep on the list say what they are about, or are not shown."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from brokenlinks.report.workbook.cells import Link
from tests.report.workbook.desk import ROWS, WorkbookHarness, cell_in

pytestmark = pytest.mark.slow

B = "b.example"


def test_a_row_that_was_deleted_and_is_gone_says_what_it_was_about(
    harness: WorkbookHarness,
) -> None:
    harness.run(*ROWS)
    harness.write(B, "Notes", "called Bob")
    harness.run(*ROWS)

    def delete(book: Workbook) -> None:
        sheet = book["Opportunities"]
        sheet.delete_rows(cell_in(sheet, B, "Page").row)

    harness.edit(delete)
    key = next(key for _, key, _, value in harness.stored if "Bob" in value)
    harness.run(*ROWS[2:])
    assert key not in {row["Key"] for row in harness.rows()}  # nothing is known about it
    harness.known = {key: {"Page": Link("http://b.example/links", "http://b.example/links")}}
    harness.run(*ROWS[2:])
    assert harness.row(B)["Notes"] == "called Bob"
    harness.run(*ROWS)
    assert harness.row(B)["Status"] == "New"


def test_keys_under_a_renamed_header_are_keys(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    harness.write(B, "Notes", "called Bob")

    def rename(book: Workbook) -> None:
        book["Opportunities"]["A1"] = "ID"

    harness.edit(rename)
    harness.run(*ROWS)
    assert len(harness.rows()) == 3
    assert harness.row(B)["Notes"] == "called Bob"
