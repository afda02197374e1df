"""Unusual things that users do to a workbook: none loses a character."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.formula import ArrayFormula

from brokenlinks.report.workbook.annotations import USER_NOTES_MARKER, Annotation
from brokenlinks.report.workbook.snapshot import encoded_annotations, read_sheet
from tests.frames import NOW, link, runs_frame
from tests.report.workbook.desk import BLOCKED, ROWS, SUSPECTED, WorkbookHarness, cell_in, column_of

pytestmark = pytest.mark.slow

A, B = "a.example", "b.example"
YELLOW = "FFFFFF00"


def test_a_second_run_changes_nothing(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    harness.write(A, "Notes", "called")
    harness.run(*ROWS)
    first = harness.rows()
    harness.run(*ROWS)
    assert harness.rows() == first


def test_a_deleted_row_comes_back_with_what_was_written_in_it(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    harness.write(A, "Notes", "promised to answer")
    harness.run(*ROWS)

    def delete(book: Workbook) -> None:
        sheet: Any = book["Opportunities"]
        sheet.delete_rows(cell_in(sheet, A, "Page").row)

    harness.edit(delete)
    harness.run(*ROWS)
    assert harness.row(A)["Notes"] == "promised to answer"


def rename(sheet: Any, header: str) -> None:
    sheet.cell(1, column_of(sheet, header)).value = "Stand"


def delete(sheet: Any, header: str) -> None:
    del sheet.tables["Opportunities"]
    sheet.delete_cols(column_of(sheet, header))


@pytest.mark.parametrize("lose", [rename, delete])
@pytest.mark.parametrize(
    ("header", "value"), [("Status", "Do not contact"), ("Notes", "promised to answer")]
)
def test_a_column_that_was_renamed_or_deleted_comes_back_with_what_was_in_it(
    harness: WorkbookHarness, lose: Callable[[Any, str], None], header: str, value: str
) -> None:
    harness.run(*ROWS)
    harness.write(A, header, value)
    harness.run(*ROWS)
    harness.edit(lambda book: lose(book["Opportunities"], header))
    [warning] = harness.run(*ROWS).warnings
    assert f"the column {header} was missing" in warning
    assert harness.row(A)[header] == value
    assert harness.run(*ROWS).warnings == []
    assert harness.row(A)[header] == value


def test_who_is_barred_stays_barred_without_the_column_and_the_link(
    harness: WorkbookHarness,
) -> None:
    other = link(f"{A}/more", "lost.example/malt")
    harness.run(*ROWS, other)
    harness.write(A, "Status", "Do not contact")
    harness.run(*ROWS[1:], other)
    harness.edit(lambda book: rename(book["Opportunities"], "Status"))
    mailings = harness.run(*ROWS[1:], other).mailings
    assert A not in {mailing.site for mailing in mailings}


@pytest.mark.parametrize("sheet", ["Uncertain", "Excluded"])
def test_every_list_keeps_a_persons_own_column(harness: WorkbookHarness, sheet: str) -> None:
    page = {"Uncertain": "d.example", "Excluded": "e.example"}[sheet]
    harness.run(*ROWS)
    harness.write(page, "I disagree", "because", sheet)
    harness.run(*ROWS)
    assert harness.row(page, sheet)["I disagree"] == "because"


def test_a_persons_sheet_that_bears_our_name_stays(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)

    def replace(book: Workbook) -> None:
        del book["Excluded"]
        book.create_sheet("Excluded")["A1"] = "my own list"

    harness.edit(replace)
    harness.run(*ROWS)
    assert load_workbook(harness.path)["Excluded"]["A1"].value == "my own list"


def test_what_stands_beside_the_read_me_stays(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    harness.edit(lambda book: book["Read me"].__setitem__("D4", "ask Jo about this"))
    harness.run(*ROWS)
    assert load_workbook(harness.path)["Read me"]["D4"].value == "ask Jo about this"


@pytest.mark.parametrize("sheet", ["Read me", "Dashboard"])
def test_what_stands_below_our_rows_stays_and_makes_way(
    harness: WorkbookHarness, sheet: str
) -> None:
    harness.run(*ROWS)
    mine: dict[str, Any] = {}

    def add(book: Workbook) -> None:
        below = book[sheet].max_row + 1
        mine.update({f"A{below}": "my plan", f"B{below}": "two a day", f"J{below + 1}": "hm"})
        for place, text in mine.items():
            book[sheet][place] = text
        book[sheet]["B2"].comment = Comment("is this so?", "me")

    harness.edit(add)
    harness.run(*ROWS)
    first = load_workbook(harness.path)[sheet]
    assert {place: first[place].value for place in mine} == mine
    runs = [{"started_at": NOW, "spider": f"spider {n}", "outcome": "finished"} for n in range(9)]
    harness.shown = {"runs": runs_frame(*runs)}
    harness.facts = replace(harness.facts, unfinished=("this",) * 9)
    for _ in range(2):
        harness.run(*ROWS)
    again: Any = load_workbook(harness.path)[sheet]
    [row] = [row for row in again.iter_rows() if row[0].value == "my plan"]
    assert (row[1].value, again.cell(row[0].row + 1, 10).value) == ("two a day", "hm")
    assert again["B2"].comment.text == "is this so?"
    values = [cell.value for row in again.iter_rows() for cell in row if cell.value]
    assert [values.count(text) for text in ("my plan", "two a day", "hm", USER_NOTES_MARKER)] == [
        1
    ] * 4
    harness.edit(lambda book: book[sheet].delete_rows(row[0].row - 1))
    harness.run(*ROWS)
    kept = [cell.value for row in load_workbook(harness.path)[sheet].iter_rows() for cell in row]
    assert kept.count("my plan") == 1, "even where the line above it is gone"


def test_a_row_no_longer_found_says_so_in_view(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    harness.write(A, "Status", "Contacted")
    harness.run(*ROWS[1:])
    row = harness.row(A)
    assert (row["Verdict"], row["Status"]) == ("no longer found", "Contacted")
    assert (row["Rank"], row["Score"], row["Tier"]) == (None, None, "A")
    assert cell_in(load_workbook(harness.path)["Opportunities"], A, "Page").hyperlink is not None


def test_a_coloured_row_and_a_comment_on_our_cell_stay(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)

    def mark(book: Workbook) -> None:
        cell = cell_in(book["Opportunities"], A, "Dead link")
        cell.fill = PatternFill("solid", start_color=YELLOW)
        cell.comment = Comment("moved to their new site?", "me")

    harness.edit(mark)
    harness.run(*ROWS)
    cell = cell_in(load_workbook(harness.path)["Opportunities"], A, "Dead link")
    assert cell.value == "http://gone.example/hops"
    assert cell.fill.start_color.rgb == YELLOW
    assert cell.comment.text == "moved to their new site?"


def test_number_formats_and_links_of_a_person_stay(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)

    def fill(book: Workbook) -> None:
        cell_in(book["Opportunities"], A, "Chance").value = 0.25
        cell_in(book["Opportunities"], A, "Chance").number_format = "0%"
        form = cell_in(book["Opportunities"], A, "Contact override")
        form.value, form.hyperlink = "their form", "https://a.example/contact"

    harness.edit(fill)
    harness.run(*ROWS)
    sheet = load_workbook(harness.path)["Opportunities"]
    assert cell_in(sheet, A, "Chance").number_format == "0%"
    form = cell_in(sheet, A, "Contact override")
    assert (form.value, form.hyperlink.target) == ("their form", "https://a.example/contact")


@pytest.mark.parametrize("array", [False, True])
def test_a_formula_moves_along_with_its_row(harness: WorkbookHarness, array: bool) -> None:  # noqa: FBT001
    harness.run(link(f"{A}/links", relevance=0.9), link(f"{B}/links", relevance=0.5))

    def reckon(book: Workbook) -> None:
        sheet: Any = book["Opportunities"]
        text = f"=C{cell_in(sheet, A, 'Page').row}*2"
        cell = cell_in(sheet, A, "Doubled")
        cell.value = ArrayFormula(cell.coordinate, text) if array else text

    harness.edit(reckon)
    harness.run(link(f"{A}/links", relevance=0.3), link(f"{B}/links", relevance=0.5))
    sheet = load_workbook(harness.path)["Opportunities"]
    cell = cell_in(sheet, A, "Doubled")
    assert cell.row == 3
    assert (cell.value, cell.data_type) == ("=C3*2", "f")


def test_a_formula_with_the_tables_names_stays_as_it_is(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    formula = "=Opportunities[[#This Row],[Score]]*$B$1"
    harness.write(A, "Doubled", formula)
    harness.run(*ROWS[1:], ROWS[0] | {"relevance": 0.1})
    assert harness.row(A)["Doubled"] == formula


@pytest.mark.parametrize("blank_rows", [0, 1, 2, 30])
def test_a_total_below_the_table_counts_what_it_was_told_to(
    harness: WorkbookHarness, blank_rows: int
) -> None:
    harness.run(*ROWS)
    total = "=COUNTA(G2:G4)"

    def add(book: Workbook) -> None:
        sheet: Any = book["Opportunities"]
        sheet.cell(sheet.max_row + 1 + blank_rows, column_of(sheet, "Chance"), total)

    harness.edit(add)
    harness.run(*ROWS)
    harness.run(*ROWS)
    assert [row["Chance"] for row in harness.rows() if row["Chance"]] == [total]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("=B2*2+$C2", "=B3*2+$C3"),
        ("=SUM(B2:C2)", "=SUM(B3:C3)"),
        ("=B1+B3", "=B1+B3"),
        ("=B2-B20-AB2", "=B3-B20-AB3"),
        ("=B$2", "=B$2"),
        ("=Prices!B2", "=Prices!B2"),
        ('=LOG10(B2)&"B2"', '=LOG10(B3)&"B2"'),
        ("=SUM(2:2)", "=SUM(3:3)"),
    ],
)
def test_of_a_formula_only_the_cells_of_its_own_row_move(typed: str, kept: str) -> None:
    sheet: Any = Workbook().active
    cell = sheet["F3"]
    Annotation(typed, is_formula=True, origin="F2").write(cell)
    assert cell.value == kept


def test_titles_above_the_table_and_rows_below_it_stay(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    harness.write(A, "Notes", "still here")

    def add(book: Workbook) -> None:
        sheet: Any = book["Opportunities"]
        sheet.cell(sheet.max_row + 2, column_of(sheet, "Page"), "http://my.example/own-lead")
        del sheet.tables["Opportunities"]
        sheet.insert_rows(1)
        sheet["A1"] = "My brewing campaign"

    harness.edit(add)
    harness.run(*ROWS)
    harness.run(*ROWS)
    said = [value for row in harness.rows() for value in row.values()]
    assert said.count("My brewing campaign") == 1
    assert said.count("http://my.example/own-lead") == 1
    assert harness.row(A)["Notes"] == "still here"


def test_without_the_key_column_only_what_people_wrote_is_kept_apart(
    harness: WorkbookHarness,
) -> None:
    harness.run(*ROWS)
    harness.write(A, "Notes", "known to the journal")
    harness.run(*ROWS)
    harness.write(B, "Notes", "not yet")

    def delete(book: Workbook) -> None:
        sheet: Any = book["Opportunities"]
        del sheet.tables["Opportunities"]
        sheet.delete_cols(1)

    harness.edit(delete)
    harness.run(*ROWS)
    rows = harness.rows()
    keyed = {row["Page"]: row["Notes"] for row in rows if row["Key"]}
    assert keyed[f"http://{A}/links"] == "known to the journal"
    assert "not yet" in [row["Notes"] for row in rows]
    assert len(rows) == 3 + 2


def test_headers_that_differ_in_case_alone_do_not_break_the_table(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    harness.write(A, "NOTES", "shouted")
    harness.write(A, "Notes", "said")
    harness.run(*ROWS)
    headers = [str(header).casefold() for header in harness.rows()[0]]
    assert len(set(headers)) == len(headers)
    assert {"said", "shouted"} <= set(harness.row(A).values())


def test_a_sheet_is_not_taken_for_another_whose_headers_are_lost(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    harness.write(A, "Notes", "asked Ann")

    def spoil(book: Workbook) -> None:
        for sheet in book.worksheets:
            sheet.tables.clear()
        book["Dead targets"].delete_rows(1)

    harness.edit(spoil)
    harness.run(*ROWS)
    assert harness.row(A)["Notes"] == "asked Ann"
    assert harness.rows("Dead targets")


@pytest.mark.parametrize("header", ["Key", "Status", "Notes", "Page"])
@pytest.mark.parametrize("tables_are_dropped", [False, True])
def test_a_header_in_other_letters_is_still_ours(
    harness: WorkbookHarness,
    header: str,
    tables_are_dropped: bool,  # noqa: FBT001
) -> None:
    harness.run(*ROWS)
    harness.write(A, "Notes", "said")
    harness.write(A, "Status", "Ready")
    before = harness.rows()

    def shout(book: Workbook) -> None:
        sheet: Any = book["Opportunities"]
        sheet.cell(1, column_of(sheet, header)).value = f" {header.upper()}"
        if tables_are_dropped:
            del sheet.tables["Opportunities"]
            sheet.title = "Arbeitsliste"

    harness.edit(shout)
    harness.run(*ROWS)
    assert harness.rows("Arbeitsliste" if tables_are_dropped else "Opportunities") == before


def test_a_row_comes_back_under_a_header_that_changed_its_letters_meanwhile(
    harness: WorkbookHarness,
) -> None:
    harness.run(*ROWS)
    harness.write(A, "Mine", "of the first row")
    harness.write(B, "Mine", "of the second row")
    harness.run(*ROWS)

    def shout_and_delete(book: Workbook) -> None:
        sheet: Any = book["Opportunities"]
        sheet.cell(1, column_of(sheet, "Mine")).value = "MINE"
        sheet.delete_rows(cell_in(sheet, A, "Notes").row)

    harness.edit(shout_and_delete)
    harness.run(*ROWS)
    assert (harness.row(A)["MINE"], harness.row(B)["MINE"]) == (
        "of the first row",
        "of the second row",
    )
    assert "Mine" not in harness.row(A)


def test_a_column_that_earlier_versions_wrote_is_not_the_users(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    harness.write(A, "Demand", 1)
    harness.run(*ROWS[1:])
    assert f"http://{A}/links" not in {row["Page"] for row in harness.rows()}


def test_a_sheet_is_known_by_its_headers_when_its_table_and_name_are_gone(
    harness: WorkbookHarness,
) -> None:
    harness.run(*ROWS)
    harness.write(A, "Notes", "made elsewhere")

    def rename(book: Workbook) -> None:
        del book["Opportunities"].tables["Opportunities"]
        book["Opportunities"].title = "Arbeitsliste"

    harness.edit(rename)
    harness.run(*ROWS)
    assert harness.row(A, "Arbeitsliste")["Notes"] == "made elsewhere"
    assert "Opportunities" not in load_workbook(harness.path).sheetnames


def test_a_lost_file_loses_no_comment_and_no_row_of_ones_own(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)

    def add(book: Workbook) -> None:
        sheet: Any = book["Opportunities"]
        cell_in(sheet, A, "Owner").comment = Comment("ask Jo first", "me")
        sheet.cell(sheet.max_row + 1, column_of(sheet, "Page"), "http://my.example/own-lead")

    harness.edit(add)
    harness.run(*ROWS)
    harness.path.unlink()
    harness.run(*ROWS)
    sheet = load_workbook(harness.path)["Opportunities"]
    assert cell_in(sheet, A, "Owner").comment.text == "ask Jo first"
    assert "http://my.example/own-lead" in [row["Page"] for row in harness.rows()]


def test_a_note_stays_on_uncertain_when_its_row_moves_to_the_work_list(
    harness: WorkbookHarness,
) -> None:
    harness.run(BLOCKED)
    harness.write("d.example", "Seen by", "Ann", "Uncertain")
    harness.run(BLOCKED | {"verdict": "dead_gone", "stage": "confirmed"})
    assert harness.row("d.example", "Uncertain")["Seen by"] == "Ann"
    assert harness.row("d.example")["Status"] == "New"


def test_a_column_of_ones_own_never_keeps_a_row_from_being_confirmed(
    harness: WorkbookHarness,
) -> None:
    harness.run(SUSPECTED)
    harness.write("c.example", "My DR", 54)
    harness.run(SUSPECTED)
    assert harness.row("c.example")["Status"] == "Check"
    harness.run(SUSPECTED | {"stage": "confirmed"})
    row = harness.row("c.example")
    assert (row["Status"], row["My DR"]) == ("New", 54)
    harness.write("c.example", "Status", "Won")
    harness.run(SUSPECTED)
    assert harness.row("c.example")["Status"] == "Won"


def test_a_workbook_with_damaged_xml_is_set_aside(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    with ZipFile(harness.path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(harness.path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content[:200] if name.endswith("sheet1.xml") else content)
    written = harness.run(*ROWS)
    assert "set aside" in written.unread[0]
    assert len(list(harness.path.parent.glob("*-unreadable-*.xlsx"))) == 1


values = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=20),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.datetimes(),
    st.dates(),
    st.times(),
)


@given(values, st.booleans())
def test_a_note_comes_back_from_the_journal_as_it_was(value: Any, has_comment: bool) -> None:  # noqa: FBT001
    note = Annotation(
        value, link="https://a.example", comment=Comment("hm", "x") if has_comment else None
    )
    again = Annotation.decoded(note.encoded())
    assert (again.value, again.link) == (value, note.link)
    assert (again.comment is not None) == has_comment


texts = st.text("ab|= ", min_size=1, max_size=4)
copies = st.lists(st.dictionaries(st.sampled_from(["Status", "Notes", "Mine"]), texts), max_size=4)


@settings(deadline=None)
@given(copies)
def test_duplicated_rows_are_merged_without_loss(rows: list[dict[str, str]]) -> None:
    sheet: Any = Workbook().active
    sheet.append(["Key", "Status", "Notes", "Mine"])
    for number, row in enumerate(rows, start=2):
        sheet.cell(number, 1, "abcdefghij")
        for column, header in enumerate(("Status", "Notes", "Mine"), start=2):
            if header in row:
                sheet.cell(number, column, row[header]).data_type = "s"
    old = read_sheet(sheet, ["Key"], [])
    kept = {
        header: str(Annotation.decoded(text).value) for _, header, text in encoded_annotations(old)
    }
    for row in rows:
        for header, text in row.items():
            assert text in kept[header] or text in kept.get("Notes", "")


def test_a_note_longer_than_a_cell_is_cut_on_the_sheet_only(harness: WorkbookHarness) -> None:
    long = "called " * 6_000
    harness.run(*ROWS)

    def paste(book: Workbook) -> None:
        cell = cell_in(book["Opportunities"], A, "Notes")
        cell._value, cell.data_type = long, "s"  # noqa: SLF001 - openpyxl cuts as Excel does

    harness.edit(paste)
    [warning] = harness.run(*ROWS).warnings
    assert "a note under Notes on the sheet Opportunities is too long" in warning
    for _ in range(2):
        written = harness.run(*ROWS)
        assert written.warnings == []
        [kept] = [value for _, _, header, value in written.annotations if header == "Notes"]
        assert Annotation.decoded(kept).value == long
        assert harness.row(A)["Notes"] == long[:32_767]
    harness.write(A, "Notes", "enough")
    harness.run(*ROWS)
    assert harness.row(A)["Notes"] == "enough"


def test_no_temporary_file_is_left_when_the_disk_refuses(
    harness: WorkbookHarness, tmp_path: Path
) -> None:
    harness.path = tmp_path / "no such folder" / "book.xlsx"
    with pytest.raises(OSError, match="no such folder"):
        harness.run(*ROWS)
    assert list(tmp_path.iterdir()) == []
