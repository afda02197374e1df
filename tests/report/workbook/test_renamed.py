"""Columns of ours under other headers: what the user decides in them counts all the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from openpyxl import Workbook

from brokenlinks.report.workbook.cells import Link
from tests.report.workbook.desk import ROWS, WorkbookHarness, column_of

pytestmark = pytest.mark.slow

A, B = "a.example", "b.example"


def rename(harness: WorkbookHarness, names: Mapping[str, str], sheet: str) -> None:
    """Let the user change headers."""

    def change(book: Workbook) -> None:
        for header, name in names.items():
            book[sheet].cell(1, column_of(book[sheet], header)).value = name

    harness.edit(change)


@pytest.mark.parametrize("name", ["Stand", None])
def test_a_decision_typed_as_the_column_was_renamed_counts(
    harness: WorkbookHarness, name: Any
) -> None:
    harness.run(*ROWS)
    harness.write(A, "Status", "Do not contact")
    rename(harness, {"Status": name}, "Opportunities")
    written = harness.run(*ROWS)
    assert A not in {mailing.site for mailing in written.mailings}
    [warning] = written.warnings
    assert "the column Status was missing" in warning
    assert harness.row(A)["Status"] == "Do not contact"
    assert "Stand" not in harness.row(A)
    assert harness.run(*ROWS).warnings == []


def test_a_renamed_status_is_found_where_the_user_moved_it(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    harness.write(A, "Status", "Do not contact")

    def move(book: Workbook) -> None:
        sheet: Any = book["Opportunities"]
        status, mine = column_of(sheet, "Status"), column_of(sheet, "My DR")
        for row in range(1, sheet.max_row + 1):
            sheet.cell(row, mine).value = sheet.cell(row, status).value
            sheet.cell(row, status).value = "Mine" if row == 1 else row
        sheet.cell(1, mine).value = "Stand"

    harness.edit(move)
    mailings = harness.run(*ROWS).mailings
    assert A not in {mailing.site for mailing in mailings}
    assert (harness.row(A)["Status"], harness.row(A)["Mine"]) == ("Do not contact", 2)


def test_renamed_neighbours_are_told_apart_by_their_order(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    harness.write(A, "Contact name", "Lee, Ann")
    harness.write(A, "Contact override", "ann@a.example")
    names = {"Contact name": "Who", "Contact override": "Where"}
    rename(harness, names, "Opportunities")
    [mailing] = [mailing for mailing in harness.run(*ROWS).mailings if mailing.site == A]
    assert (mailing.recipient.email, mailing.recipient.name) == ("ann@a.example", "Ann Lee")


def test_a_site_ticked_in_a_renamed_column_gets_no_mail(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)

    def tick(book: Workbook) -> None:
        sheet: Any = book["Contacts"]
        sites = column_of(sheet, "Site")
        [row] = [n for n in range(2, sheet.max_row + 1) if sheet.cell(n, sites).value == A]
        sheet.cell(row, column_of(sheet, "Do not contact")).value = "x"

    harness.edit(tick)
    rename(harness, {"Do not contact": "Never"}, "Contacts")
    assert A not in {mailing.site for mailing in harness.run(*ROWS).mailings}


def test_a_renamed_column_of_the_programs_keeps_no_row_on_the_list(
    harness: WorkbookHarness,
) -> None:
    harness.run(*ROWS)
    urls = {row["Key"]: row["Page"] for row in harness.rows()}
    harness.known = {key: {"Page": Link(url, url)} for key, url in urls.items()}
    rename(harness, {"Page": "Seite"}, "Opportunities")
    harness.run(*ROWS[1:])
    assert {row["Page"] for row in harness.rows()} == {urls[key] for key in urls} - {
        f"http://{A}/links"
    }
    assert "Seite" not in harness.row(B)


def test_a_column_of_ones_own_is_not_taken_for_one_that_was_deleted(
    harness: WorkbookHarness,
) -> None:
    harness.run(*ROWS)
    harness.write(A, "My DR", 40)
    harness.write(A, "Notes", "promised to answer")
    harness.run(*ROWS)

    def delete(book: Workbook) -> None:
        sheet: Any = book["Opportunities"]
        del sheet.tables["Opportunities"]
        sheet.delete_cols(column_of(sheet, "Notes"))

    harness.edit(delete)
    harness.run(*ROWS)
    assert (harness.row(A)["Notes"], harness.row(A)["My DR"]) == ("promised to answer", 40)
