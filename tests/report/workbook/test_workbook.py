"""The workbook is the user's: nothing they wrote is lost, moved or run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from brokenlinks.report.left_out import LeftOut
from brokenlinks.report.workbook.sheets.read_me import RunFacts
from brokenlinks.report.workbook.table import MAX_ROWS
from brokenlinks.report.workbook.workbook import StoredState, WriteResult, write_workbook
from brokenlinks.scoring.opportunities import load_weights, rank, row_key
from tests.frames import NOW, link, links_frame, rejected_frame, workbook_data

FACTS = RunFacts(niche="hops", written="today", unfinished=("Two look-ups.",))
MOMENT = datetime(2026, 11, 23, 6, tzinfo=UTC)


def write(path: Path, *rows: Any, stored: Any = (), at: datetime = MOMENT) -> WriteResult:
    ranking = rank(links_frame(*rows), rejected_frame(), load_weights(), now=NOW)
    return write_workbook(path, workbook_data(ranking, FACTS), StoredState(stored), at, LeftOut())


def table(path: Path, title: str = "Opportunities") -> dict[str, dict[str, Any]]:
    rows = list(load_workbook(path)[title].iter_rows(values_only=True))
    headers = [str(header) for header in rows[0]]
    return {str(row[0]): dict(zip(headers, row, strict=True)) for row in rows[1:] if row[0]}


def edit(path: Path, *edits: tuple[str, str, Any]) -> None:
    """Write values into cells by key and header, as a user would, at once."""
    book = load_workbook(path)
    sheet = book["Opportunities"]
    rows = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
    headers = {cell.value: n for n, cell in enumerate(sheet[1], start=1)}
    for key, header, value in edits:
        column = headers.setdefault(header, len(headers) + 1)
        sheet.cell(1, column, header).data_type = "s"
        cell = sheet.cell(rows[key], column)
        cell.value = value
        if isinstance(value, str) and value:
            cell.data_type = "s"
    book.save(path)


ROWS = [link(f"s{n}.example/links", f"gone.example/{n}") for n in range(4)]
KEYS = [row_key(row["page_key"], row["target_key"]) for row in ROWS]

user_text = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1)
edits = st.lists(
    st.tuples(
        st.sampled_from(KEYS),
        st.sampled_from(["Status", "Notes", "Owner", "Outcome", "Mine", "=Mine too"]),
        user_text | st.integers(-(10**9), 10**9) | st.sampled_from(["Won", "Not relevant"]),
    ),
    max_size=6,
)


@pytest.mark.slow
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits, st.permutations(range(4)), st.sets(st.integers(0, 3)))
def test_whatever_is_written_stays_with_its_row(
    tmp_path: Path, made: list[tuple[str, str, Any]], order: list[int], vanished: set[int]
) -> None:
    path = tmp_path / "book.xlsx"
    path.unlink(missing_ok=True)
    write(path, *ROWS)
    edit(path, *made)
    write(path, *(ROWS[n] for n in order if n not in vanished))
    after = table(path)
    written = {(key, header): value for key, header, value in made}
    for (key, header), value in written.items():
        assert after[key][header] == value
    for key, row in after.items():
        for header in ("Notes", "Owner", "Mine"):
            assert row.get(header) == written.get((key, header))


def test_a_row_with_notes_stays_when_the_link_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write(path, *ROWS)
    edit(path, (KEYS[0], "Notes", "they answered kindly"))
    write(path, *ROWS[1:])
    row = table(path)[KEYS[0]]
    assert row["Notes"] == "they answered kindly"
    assert row["New/Changed"] == "no longer found"
    assert row["Dead link"] == "http://gone.example/0"
    write(path, *ROWS[1:])
    assert table(path)[KEYS[0]] == row


def test_deleted_duplicated_and_added_rows(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write(path, *ROWS)
    edit(path, (KEYS[1], "Notes", "first"))
    book = load_workbook(path)
    sheet = book["Opportunities"]
    headers = {cell.value: n for n, cell in enumerate(sheet[1], start=1)}
    rows = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
    last = sheet.max_row + 1
    for column in range(1, sheet.max_column + 1):
        sheet.cell(last, column, sheet.cell(rows[KEYS[1]], column).value)
    sheet.cell(last, headers["Notes"], "second")
    sheet.cell(last + 1, headers["Notes"], "a row of my own")
    sheet.delete_rows(rows[KEYS[3]])
    book.save(path)
    write(path, *ROWS)
    after = table(path)
    assert set(after) == set(KEYS)
    assert after[KEYS[1]]["Notes"] == "first | second"
    texts = [row[headers["Notes"] - 1] for row in load_workbook(path)["Opportunities"].values]
    assert "a row of my own" in texts


def test_colours_comments_renamed_and_own_sheets_stay(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write(path, *ROWS)
    book = load_workbook(path)
    sheet = book["Opportunities"]
    headers = {cell.value: n for n, cell in enumerate(sheet[1], start=1)}
    note = sheet.cell(2, headers["Notes"], "look")
    note.fill = PatternFill("solid", start_color="FFFF0000")
    note.comment = Comment("call first", "me")
    key = sheet.cell(2, 1).value
    sheet.title = "Work list"
    book.create_sheet("Plans")["B2"] = "=SUM(1,2)"
    book.save(path)

    write(path, *ROWS)
    book = load_workbook(path)
    assert book.sheetnames[0] == "Work list"
    assert "Opportunities" not in book.sheetnames
    assert book["Plans"]["B2"].value == "=SUM(1,2)"
    sheet = book["Work list"]
    [cell] = [sheet.cell(r, headers["Notes"]) for r in range(2, 6) if sheet.cell(r, 1).value == key]
    assert cell.fill.start_color.rgb == "FFFF0000"
    assert cell.comment is not None
    assert cell.comment.text == "call first"


def test_a_lost_file_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write(path, *ROWS)
    edit(path, (KEYS[2], "Notes", "wrote on Monday"))
    edit(path, (KEYS[2], "Date contacted", datetime(2026, 11, 2, 9)))  # noqa: DTZ001 - Excel's
    kept = write(path, *ROWS).annotations
    path.unlink()
    write(path, *ROWS, stored=kept)
    row = table(path)[KEYS[2]]
    assert row["Notes"] == "wrote on Monday"
    assert row["Date contacted"] == datetime(2026, 11, 2, 9)  # noqa: DTZ001


def test_a_note_that_was_cleared_does_not_come_back(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write(path, *ROWS)
    edit(path, (KEYS[2], "Notes", "wrong row"))
    kept = write(path, *ROWS).annotations
    edit(path, (KEYS[2], "Notes", None))
    edit(path, (KEYS[1], "Notes", "right row"))
    assert write(path, *ROWS, stored=kept).annotations != kept
    assert table(path)[KEYS[2]]["Notes"] is None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half a workbook", b"my letter"])
def test_an_unreadable_file_is_set_aside_and_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    written = write(path, *ROWS)
    assert "set aside" in written.unread[0]
    assert set(table(path)) == set(KEYS)
    [aside] = tmp_path.glob("book-unreadable-*.xlsx")
    assert aside.read_bytes() == content


def test_a_foreign_workbook_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    foreign = Workbook()
    foreign.worksheets[0]["A1"] = "my budget"
    foreign.save(path)
    write(path, *ROWS)
    [aside] = tmp_path.glob("book-foreign-*.xlsx")
    assert load_workbook(aside).worksheets[0]["A1"].value == "my budget"


@pytest.mark.parametrize("lock", ["~$book.xlsx", ".~lock.book.xlsx#"])
def test_a_file_open_elsewhere_is_left_alone(tmp_path: Path, lock: str) -> None:
    path = tmp_path / "book.xlsx"
    write(path, *ROWS[:1])
    (tmp_path / lock).write_text("somebody")
    written = write(path, *ROWS)
    assert written.path != path
    assert "open elsewhere" in written.warnings[0]
    assert len(table(path)) == 1
    assert len(table(written.path)) == 4


def test_the_last_five_workbooks_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    for hour in range(8):
        write(path, *ROWS, at=MOMENT + timedelta(hours=hour))
    names = sorted(p.name for p in (tmp_path / "backups").iterdir())
    assert len(names) == 5
    assert names[-1] == "book-20261123-130000.xlsx"
    assert not [p for p in tmp_path.iterdir() if "tmp" in p.name]


HOSTILE = [
    '=HYPERLINK("http://evil.example","click")',
    "+1+1",
    "-1",
    "@SUM(A1)",
    "\x00\x01\x1f control",
    "no letters: \ufffe\uffff",
    "x" * 40_000,
    "\u202eright to left",
    "🍺" * 20_000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_strangers_stays_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "book.xlsx"
    row = link(anchor=text, page_title=text, heading=text, context=text, rel=text)
    write(path, {**row, "link_url": f"http://gone.example/{'y' * 3000}"})
    book = load_workbook(path)
    for sheet in book.worksheets:
        for cells in sheet.iter_rows(min_row=2):
            assert all(cell.data_type != "f" for cell in cells)
            assert all(len(str(c.value).encode("utf-16-le")) <= 2 * 32_767 for c in cells)


def test_each_table_can_be_filtered_and_the_header_stays_in_view(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write(path, *ROWS)
    book = load_workbook(path)
    for title in ("Opportunities", "Dead targets", "Uncertain", "Excluded"):
        sheet = book[title]
        assert len(sheet.tables) == 1
        assert str(sheet.freeze_panes).endswith("2")
    status = book["Opportunities"].data_validations.dataValidation[0]
    assert "Not relevant" in str(status.formula1)


def test_a_row_that_is_not_relevant_is_put_away_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "hops.xlsx"
    first = write(path, *ROWS)
    assert not first.hidden_keys
    edit(path, (KEYS[0], "Status", "not relevant"), (KEYS[0], "Notes", "a shop"))
    assert write(path, *ROWS).hidden_keys == {KEYS[0]}
    sheet = load_workbook(path)["Opportunities"]
    keys = [sheet.cell(row, 1).value for row in range(2, 6)]
    assert keys[-1] == KEYS[0]
    assert [sheet.row_dimensions[row].hidden for row in range(2, 6)] == [False, False, False, True]
    assert table(path)[KEYS[0]]["Notes"] == "a shop"


@pytest.mark.slow
def test_a_full_sheet_keeps_the_rows_that_the_user_wrote_in(tmp_path: Path) -> None:
    blocked = {"verdict": "blocked", "stage": "", "reason": "bot_protection"}
    rows = [link("a.example/links", f"w.example/{n}", **blocked) for n in range(MAX_ROWS + 3)]
    last = row_key(rows[-1]["page_key"], rows[-1]["target_key"])
    path = tmp_path / "book.xlsx"
    write(path, *rows, stored=[("Uncertain", last, "Mine", '{"value": "asked by phone"}')])
    book = load_workbook(path, read_only=True)
    shown = list(book["Uncertain"].iter_rows(min_row=2, values_only=True))
    assert len(shown) == MAX_ROWS + 1
    assert (shown[-1][0], shown[-1][-1]) == (last, "asked by phone")
    texts = [str(row[1]) for row in book["Read me"].iter_rows(max_col=2, values_only=True)]
    assert any(text.startswith("Uncertain: 2 more rows") for text in texts)
    book.close()
