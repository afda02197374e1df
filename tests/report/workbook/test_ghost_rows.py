"""Rows that only the user's notes keep on the list say what they are about, or are not shown."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from brokenlinks.report.workbook.cells import Link
from brokenlinks.scoring.changes import WON, Removal
from tests.frames import NOW
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


@pytest.mark.parametrize(
    ("status", "then"),
    [("", "Won"), ("Contacted", "Won"), ("Declined", "Declined"), ("Ask Ann", "Ask Ann")],
)
def test_a_row_whose_page_links_to_us_now_is_won_until_the_user_says_otherwise(
    harness: WorkbookHarness, status: str, then: str
) -> None:
    harness.run(*ROWS)
    if status:
        harness.write(B, "Status", status)
    key = harness.row(B)["Key"]
    harness.known = {key: {"Page": Link(f"http://{B}/links", f"http://{B}/links")}}
    harness.removals = {key: Removal(WON, "The page links to your site.", NOW)}
    harness.run(ROWS[0])
    row = harness.row(B)
    assert row["Status"] == then
    if then == "Won":
        assert row["Date live"].date() == NOW.date()
        harness.write(B, "Status", "Replied")
        harness.run(ROWS[0])
        assert harness.row(B)["Status"] == "Replied"
    else:
        assert row["Date live"] is None


def test_keys_under_a_renamed_header_are_keys(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    harness.write(B, "Notes", "called Bob")

    def rename(book: Workbook) -> None:
        book["Opportunities"]["A1"] = "ID"

    harness.edit(rename)
    harness.run(*ROWS)
    assert len(harness.rows()) == 3
    assert harness.row(B)["Notes"] == "called Bob"
