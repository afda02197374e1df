"""The odder things people do to a workbook: none of them costs a character."""

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

from brokenlinks.report.workbook.annotations import Note
from brokenlinks.report.workbook.margin_notes import YOURS_BELOW
from brokenlinks.report.workbook.snapshot import every_note, read_sheet
from tests.frames import NOW, link, runs_frame
from tests.report.workbook.desk import BLOCKED, ROWS, Desk, cell_in, column_of

A, B = "a.example", "b.example"
YELLOW = "FFFFFF00"


def test_a_second_run_changes_nothing(desk: Desk) -> None:
    desk.run(*ROWS)
    desk.write(A, "Notes", "called")
    desk.run(*ROWS)
    first = desk.rows()
    desk.run(*ROWS)
    assert desk.rows() == first


def test_a_deleted_row_comes_back_with_what_was_written_in_it(desk: Desk) -> None:
    desk.run(*ROWS)
    desk.write(A, "Notes", "promised to answer")
    desk.run(*ROWS)

    def delete(book: Workbook) -> None:
        sheet: Any = book["Opportunities"]
        sheet.delete_rows(cell_in(sheet, A, "Page").row)

    desk.edit(delete)
    desk.run(*ROWS)
    assert desk.row(A)["Notes"] == "promised to answer"


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
    desk: Desk, lose: Callable[[Any, str], None], header: str, value: str
) -> None:
    desk.run(*ROWS)
    desk.write(A, header, value)
    desk.run(*ROWS)
    desk.edit(lambda book: lose(book["Opportunities"], header))
    [warning] = desk.run(*ROWS).warnings
    assert f"the column {header} was missing" in warning
    assert desk.row(A)[header] == value
    assert desk.run(*ROWS).warnings == []
    assert desk.row(A)[header] == value


def test_who_is_barred_stays_barred_without_the_column_and_the_link(desk: Desk) -> None:
    other = link(f"{A}/more", "lost.example/malt")
    desk.run(*ROWS, other)
    desk.write(A, "Status", "Do not contact")
    desk.run(*ROWS[1:], other)
    desk.edit(lambda book: rename(book["Opportunities"], "Status"))
    mailings = desk.run(*ROWS[1:], other).mailings
    assert A not in {mailing.site for mailing in mailings}


@pytest.mark.parametrize("sheet", ["Uncertain", "Excluded"])
def test_every_list_keeps_a_persons_own_column(desk: Desk, sheet: str) -> None:
    page = {"Uncertain": "d.example", "Excluded": "e.example"}[sheet]
    desk.run(*ROWS)
    desk.write(page, "I disagree", "because", sheet)
    desk.run(*ROWS)
    assert desk.row(page, sheet)["I disagree"] == "because"


def test_a_persons_sheet_that_bears_our_name_stays(desk: Desk) -> None:
    desk.run(*ROWS)

    def replace(book: Workbook) -> None:
        del book["Excluded"]
        book.create_sheet("Excluded")["A1"] = "my own list"

    desk.edit(replace)
    desk.run(*ROWS)
    assert load_workbook(desk.path)["Excluded"]["A1"].value == "my own list"


def test_what_stands_beside_the_read_me_stays(desk: Desk) -> None:
    desk.run(*ROWS)
    desk.edit(lambda book: book["Read me"].__setitem__("D4", "ask Jo about this"))
    desk.run(*ROWS)
    assert load_workbook(desk.path)["Read me"]["D4"].value == "ask Jo about this"


@pytest.mark.parametrize("sheet", ["Read me", "Dashboard"])
def test_what_stands_below_our_rows_stays_and_makes_way(desk: Desk, sheet: str) -> None:
    desk.run(*ROWS)
    mine: dict[str, Any] = {}

    def add(book: Workbook) -> None:
        below = book[sheet].max_row + 1
        mine.update({f"A{below}": "my plan", f"B{below}": "two a day", f"J{below + 1}": "hm"})
        for place, text in mine.items():
            book[sheet][place] = text
        book[sheet]["B2"].comment = Comment("is this so?", "me")

    desk.edit(add)
    desk.run(*ROWS)
    first = load_workbook(desk.path)[sheet]
    assert {place: first[place].value for place in mine} == mine
    runs = [{"started_at": NOW, "spider": f"spider {n}", "outcome": "finished"} for n in range(9)]
    desk.shown = {"runs": runs_frame(*runs)}
    desk.facts = replace(desk.facts, left_undone=("this",) * 9)
    for _ in range(2):
        desk.run(*ROWS)
    again: Any = load_workbook(desk.path)[sheet]
    [row] = [row for row in again.iter_rows() if row[0].value == "my plan"]
    assert (row[1].value, again.cell(row[0].row + 1, 10).value) == ("two a day", "hm")
    assert again["B2"].comment.text == "is this so?"
    values = [cell.value for row in again.iter_rows() for cell in row if cell.value]
    assert [values.count(text) for text in ("my plan", "two a day", "hm", YOURS_BELOW)] == [1] * 4
    desk.edit(lambda book: book[sheet].delete_rows(row[0].row - 1))
    desk.run(*ROWS)
    kept = [cell.value for row in load_workbook(desk.path)[sheet].iter_rows() for cell in row]
    assert kept.count("my plan") == 1, "even where the line above it is gone"


def test_a_row_no_longer_found_says_so_in_view(desk: Desk) -> None:
    desk.run(*ROWS)
    desk.write(A, "Status", "Contacted")
    desk.run(*ROWS[1:])
    row = desk.row(A)
    assert (row["Verdict"], row["Status"]) == ("no longer found", "Contacted")
    assert (row["Rank"], row["Score"], row["Tier"]) == (None, None, "A")
    assert cell_in(load_workbook(desk.path)["Opportunities"], A, "Page").hyperlink is not None


def test_a_coloured_row_and_a_comment_on_our_cell_stay(desk: Desk) -> None:
    desk.run(*ROWS)

    def mark(book: Workbook) -> None:
        cell = cell_in(book["Opportunities"], A, "Dead link")
        cell.fill = PatternFill("solid", start_color=YELLOW)
        cell.comment = Comment("moved to their new site?", "me")

    desk.edit(mark)
    desk.run(*ROWS)
    cell = cell_in(load_workbook(desk.path)["Opportunities"], A, "Dead link")
    assert cell.value == "http://gone.example/hops"
    assert cell.fill.start_color.rgb == YELLOW
    assert cell.comment.text == "moved to their new site?"


def test_number_formats_and_links_of_a_person_stay(desk: Desk) -> None:
    desk.run(*ROWS)

    def fill(book: Workbook) -> None:
        cell_in(book["Opportunities"], A, "Chance").value = 0.25
        cell_in(book["Opportunities"], A, "Chance").number_format = "0%"
        form = cell_in(book["Opportunities"], A, "Contact override")
        form.value, form.hyperlink = "their form", "https://a.example/contact"

    desk.edit(fill)
    desk.run(*ROWS)
    sheet = load_workbook(desk.path)["Opportunities"]
    assert cell_in(sheet, A, "Chance").number_format == "0%"
    form = cell_in(sheet, A, "Contact override")
    assert (form.value, form.hyperlink.target) == ("their form", "https://a.example/contact")


@pytest.mark.parametrize("array", [False, True])
def test_a_formula_moves_along_with_its_row(desk: Desk, array: bool) -> None:  # noqa: FBT001
    desk.run(link(f"{A}/links", relevance=0.9), link(f"{B}/links", relevance=0.5))

    def reckon(book: Workbook) -> None:
        sheet: Any = book["Opportunities"]
        text = f"=C{cell_in(sheet, A, 'Page').row}*2"
        cell = cell_in(sheet, A, "Doubled")
        cell.value = ArrayFormula(cell.coordinate, text) if array else text

    desk.edit(reckon)
    desk.run(link(f"{A}/links", relevance=0.3), link(f"{B}/links", relevance=0.5))
    sheet = load_workbook(desk.path)["Opportunities"]
    cell = cell_in(sheet, A, "Doubled")
    assert cell.row == 3
    assert (cell.value, cell.data_type) == ("=C3*2", "f")


def test_a_formula_with_the_tables_names_stays_as_it_is(desk: Desk) -> None:
    desk.run(*ROWS)
    formula = "=Opportunities[[#This Row],[Score]]*$B$1"
    desk.write(A, "Doubled", formula)
    desk.run(*ROWS[1:], ROWS[0] | {"relevance": 0.1})
    assert desk.row(A)["Doubled"] == formula


@pytest.mark.parametrize("blank_rows", [0, 1, 2, 30])
def test_a_total_below_the_table_counts_what_it_was_told_to(desk: Desk, blank_rows: int) -> None:
    desk.run(*ROWS)
    total = "=COUNTA(G2:G4)"

    def add(book: Workbook) -> None:
        sheet: Any = book["Opportunities"]
        sheet.cell(sheet.max_row + 1 + blank_rows, column_of(sheet, "Chance"), total)

    desk.edit(add)
    desk.run(*ROWS)
    desk.run(*ROWS)
    assert [row["Chance"] for row in desk.rows() if row["Chance"]] == [total]


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
    Note(typed, is_formula=True, origin="F2").write(cell)
    assert cell.value == kept


def test_titles_above_the_table_and_rows_below_it_stay(desk: Desk) -> None:
    desk.run(*ROWS)
    desk.write(A, "Notes", "still here")

    def add(book: Workbook) -> None:
        sheet: Any = book["Opportunities"]
        sheet.cell(sheet.max_row + 2, column_of(sheet, "Page"), "http://my.example/own-lead")
        del sheet.tables["Opportunities"]
        sheet.insert_rows(1)
        sheet["A1"] = "My brewing campaign"

    desk.edit(add)
    desk.run(*ROWS)
    desk.run(*ROWS)
    said = [value for row in desk.rows() for value in row.values()]
    assert said.count("My brewing campaign") == 1
    assert said.count("http://my.example/own-lead") == 1
    assert desk.row(A)["Notes"] == "still here"


def test_without_the_key_column_only_what_people_wrote_is_kept_apart(desk: Desk) -> None:
    desk.run(*ROWS)
    desk.write(A, "Notes", "known to the journal")
    desk.run(*ROWS)
    desk.write(B, "Notes", "not yet")

    def delete(book: Workbook) -> None:
        sheet: Any = book["Opportunities"]
        del sheet.tables["Opportunities"]
        sheet.delete_cols(1)

    desk.edit(delete)
    desk.run(*ROWS)
    rows = desk.rows()
    keyed = {row["Page"]: row["Notes"] for row in rows if row["Key"]}
    assert keyed[f"http://{A}/links"] == "known to the journal"
    assert "not yet" in [row["Notes"] for row in rows]
    assert len(rows) == 3 + 2


def test_headers_that_differ_in_case_alone_do_not_break_the_table(desk: Desk) -> None:
    desk.run(*ROWS)
    desk.write(A, "NOTES", "shouted")
    desk.write(A, "Notes", "said")
    desk.run(*ROWS)
    headers = [str(header).casefold() for header in desk.rows()[0]]
    assert len(set(headers)) == len(headers)
    assert {"said", "shouted"} <= set(desk.row(A).values())


@pytest.mark.parametrize("header", ["Key", "Status", "Notes", "Page"])
@pytest.mark.parametrize("tables_are_dropped", [False, True])
def test_a_header_in_other_letters_is_still_ours(
    desk: Desk,
    header: str,
    tables_are_dropped: bool,  # noqa: FBT001
) -> None:
    desk.run(*ROWS)
    desk.write(A, "Notes", "said")
    desk.write(A, "Status", "Ready")
    before = desk.rows()

    def shout(book: Workbook) -> None:
        sheet: Any = book["Opportunities"]
        sheet.cell(1, column_of(sheet, header)).value = f" {header.upper()}"
        if tables_are_dropped:
            del sheet.tables["Opportunities"]
            sheet.title = "Arbeitsliste"

    desk.edit(shout)
    desk.run(*ROWS)
    assert desk.rows("Arbeitsliste" if tables_are_dropped else "Opportunities") == before


def test_a_row_comes_back_under_a_header_that_changed_its_letters_meanwhile(desk: Desk) -> None:
    desk.run(*ROWS)
    desk.write(A, "Mine", "of the first row")
    desk.write(B, "Mine", "of the second row")
    desk.run(*ROWS)

    def shout_and_delete(book: Workbook) -> None:
        sheet: Any = book["Opportunities"]
        sheet.cell(1, column_of(sheet, "Mine")).value = "MINE"
        sheet.delete_rows(cell_in(sheet, A, "Notes").row)

    desk.edit(shout_and_delete)
    desk.run(*ROWS)
    assert (desk.row(A)["MINE"], desk.row(B)["MINE"]) == ("of the first row", "of the second row")
    assert "Mine" not in desk.row(A)


def test_a_sheet_is_known_by_its_headers_when_its_table_and_name_are_gone(desk: Desk) -> None:
    desk.run(*ROWS)
    desk.write(A, "Notes", "made elsewhere")

    def rename(book: Workbook) -> None:
        del book["Opportunities"].tables["Opportunities"]
        book["Opportunities"].title = "Arbeitsliste"

    desk.edit(rename)
    desk.run(*ROWS)
    assert desk.row(A, "Arbeitsliste")["Notes"] == "made elsewhere"
    assert "Opportunities" not in load_workbook(desk.path).sheetnames


def test_a_lost_file_loses_no_comment_and_no_row_of_ones_own(desk: Desk) -> None:
    desk.run(*ROWS)

    def add(book: Workbook) -> None:
        sheet: Any = book["Opportunities"]
        cell_in(sheet, A, "Owner").comment = Comment("ask Jo first", "me")
        sheet.cell(sheet.max_row + 1, column_of(sheet, "Page"), "http://my.example/own-lead")

    desk.edit(add)
    desk.run(*ROWS)
    desk.path.unlink()
    desk.run(*ROWS)
    sheet = load_workbook(desk.path)["Opportunities"]
    assert cell_in(sheet, A, "Owner").comment.text == "ask Jo first"
    assert "http://my.example/own-lead" in [row["Page"] for row in desk.rows()]


def test_a_note_stays_on_uncertain_when_its_row_moves_to_the_work_list(desk: Desk) -> None:
    desk.run(BLOCKED)
    desk.write("d.example", "Seen by", "Ann", "Uncertain")
    desk.run(BLOCKED | {"verdict": "dead_gone", "stage": "confirmed"})
    assert desk.row("d.example", "Uncertain")["Seen by"] == "Ann"
    assert desk.row("d.example")["Status"] == "New"


def test_a_workbook_with_damaged_xml_is_set_aside(desk: Desk) -> None:
    desk.run(*ROWS)
    with ZipFile(desk.path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(desk.path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content[:200] if name.endswith("sheet1.xml") else content)
    written = desk.run(*ROWS)
    assert "set aside" in written.unread[0]
    assert len(list(desk.path.parent.glob("*-unreadable-*.xlsx"))) == 1


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
    note = Note(
        value, link="https://a.example", comment=Comment("hm", "x") if has_comment else None
    )
    again = Note.decoded(note.encoded())
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
    kept = {header: str(Note.decoded(text).value) for _, header, text in every_note(old)}
    for row in rows:
        for header, text in row.items():
            assert text in kept[header] or text in kept.get("Notes", "")


def test_a_note_longer_than_a_cell_is_cut_on_the_sheet_only(desk: Desk) -> None:
    long = "called " * 6_000
    desk.run(*ROWS)

    def paste(book: Workbook) -> None:
        cell = cell_in(book["Opportunities"], A, "Notes")
        cell._value, cell.data_type = long, "s"  # noqa: SLF001 - openpyxl cuts as Excel does

    desk.edit(paste)
    [warning] = desk.run(*ROWS).warnings
    assert "a note under Notes on the sheet Opportunities is longer" in warning
    for _ in range(2):
        written = desk.run(*ROWS)
        assert written.warnings == []
        [kept] = [value for _, _, header, value in written.notes if header == "Notes"]
        assert Note.decoded(kept).value == long
        assert desk.row(A)["Notes"] == long[:32_767]
    desk.write(A, "Notes", "enough")
    desk.run(*ROWS)
    assert desk.row(A)["Notes"] == "enough"


def test_no_temporary_file_is_left_when_the_disk_refuses(desk: Desk, tmp_path: Path) -> None:
    desk.path = tmp_path / "no such folder" / "book.xlsx"
    with pytest.raises(OSError, match="no such folder"):
        desk.run(*ROWS)
    assert list(tmp_path.iterdir()) == []
