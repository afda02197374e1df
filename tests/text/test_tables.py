"""Files that users save in any program."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from brokenlinks.text.tables import (
    COMPOUND_FILE,
    ENCRYPTED_PACKAGE,
    PasswordError,
    WorkbookError,
    decode_text,
    escape_formula,
    parse_json,
    read_table,
    read_workbook,
    sheet_values,
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_the_usual_encodings_are_read(encoding: str) -> None:
    assert decode_text("Gärung".encode(encoding)) == "Gärung"


def test_a_line_in_another_encoding_costs_no_other_line() -> None:
    lines = ("b\u00fccher.example", "m\u00fcller.example", "caf\u00e9.example")
    content = b"\n".join((lines[0].encode(), lines[1].encode("cp1252"), lines[2].encode()))
    assert decode_text(content).splitlines() == list(lines)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\nc,d", [(1, ["a", "b"]), (2, ["c", "d"])]),
        ("\n a ;b,c\r\n\r\n;;\r1;2", [(2, ["a", "b,c"]), (5, ["1", "2"])]),
        ('a\tb\n"c\nd"\te', [(1, ["a", "b"]), (3, ["c\nd", "e"])]),
        ("http://a.example/x", [(1, ["http://a.example/x"])]),
        ("a\nb,c", [(1, ["a"]), (2, ["b,c"])]),
        ("", []),
    ],
)
def test_rows_keep_the_numbers_of_their_lines(text: str, rows: list[tuple[int, list[str]]]) -> None:
    table = read_table(text)
    assert table.rows == rows
    assert table.problems == []


def test_a_row_that_cannot_be_read_costs_no_other() -> None:
    table = read_table('a,b\nc,d\n"e,f\ng,h\n')
    assert [row.cells for row in table.rows] == [["a", "b"], ["c", "d"], ["g", "h"]]
    assert table.problems == [(3, "a quotation mark is not closed")]


def test_a_cell_may_hold_the_text_of_a_page() -> None:
    text = "x" * 2_000_000
    assert read_table(f"a,b\n{text},y\n").rows == [(1, ["a", "b"]), (2, [text, "y"])]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("sep=;\na,1;b\nc;d\n", [["a,1", "b"], ["c", "d"]]),
        ('"sep=,"\r\na,b;c;d\r\n', [["a", "b;c;d"]]),
        ("SEP=|\na|b\n", [["a", "b"]]),
        (
            '"Report of 28 Feb"\n"a","b","c"\n"1","2","3"\n',
            [["Report of 28 Feb"], [*"abc"], [*"123"]],
        ),
        ("Report; of 28, Feb\n\na,b,c\n1,2,3\n", [["Report; of 28", "Feb"], [*"abc"], [*"123"]]),
        ("a;b\nx;1,5\ny;2,5\n", [["a", "b"], ["x", "1,5"], ["y", "2,5"]]),
        (
            "http://a/\nhttp://b/1,2\nhttp://b/3,4\n",
            [["http://a/"], ["http://b/1,2"], ["http://b/3,4"]],
        ),
    ],
)
def test_the_delimiter_is_the_one_that_the_rows_have(text: str, rows: list[list[str]]) -> None:
    assert [row.cells for row in read_table(text).rows] == rows


@pytest.mark.parametrize(
    "content",
    [
        "a\tb\n\u00e9\tc\n".encode("utf-16"),
        "a\tb\n\u00e9\tc\n".encode("utf-16-le"),
        "a\tb\n\u00e9\tc\n".encode("utf-16-be"),
        "a;b\n\u00e9;c\n".encode("cp1252"),
    ],
)
def test_the_encodings_that_spreadsheets_save(content: bytes) -> None:
    assert [row.cells for row in read_table(decode_text(content)).rows] == [
        ["a", "b"],
        ["\u00e9", "c"],
    ]


def workbook(*sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_an_excel_file_is_read_by_its_sheets() -> None:
    sheets = read_workbook(workbook([["total", 2.0]], [["url", "DR"], [], [" http://a/ ", 7.5]]))
    assert [sheet.rows for sheet in sheets] == [
        [(1, ["total", "2"])],
        [(1, ["url", "DR"]), (3, ["http://a/", "7.5"])],
    ]


@given(st.binary(max_size=100), st.integers(min_value=0), st.integers(min_value=0, max_value=255))
def test_a_broken_excel_file_is_one_error(content: bytes, at: int, byte: int) -> None:
    whole = bytearray(WORKBOOK)
    whole[at % len(whole)] = byte
    for broken in (content, WORKBOOK[: at % len(WORKBOOK)], bytes(whole)):
        with suppress(WorkbookError):
            assert len(read_workbook(broken)) <= 1


def test_an_encrypted_excel_file_is_called_so() -> None:
    with pytest.raises(PasswordError, match="needs a password"):
        read_workbook(COMPOUND_FILE + bytes(1000) + ENCRYPTED_PACKAGE + bytes(1000))


def test_a_cell_in_the_farthest_corner_does_not_end_the_program() -> None:
    book = Workbook()
    book.worksheets[0].cell(1_048_576, 16_384, "stray")
    saved = BytesIO()
    book.save(saved)
    with pytest.raises(WorkbookError, match="too far from the others, in row 1,048,576"):
        read_workbook(saved.getvalue())


def test_styles_that_no_program_knows_keep_no_value_from_being_read() -> None:
    odd = BytesIO()
    with ZipFile(BytesIO(WORKBOOK)) as archive, ZipFile(odd, "w") as changed:
        for name in archive.namelist():
            content = archive.read(name)
            changed.writestr(name, content.replace(b'patternType="', b'patternType="odd-'))
    assert read_workbook(odd.getvalue()) == read_workbook(WORKBOOK)


def test_a_sheet_whose_values_are_hidden_by_its_damage_is_not_an_empty_one() -> None:
    book, saved, damaged = Workbook(), BytesIO(), BytesIO()
    for title in ("Mine", "Sums", "Empty"):
        book.create_sheet(title)
    book["Mine"].append(["http://a.example/"])
    book["Sums"].append(["=1+1"])
    book.save(saved)
    assert [sheet.rows for sheet in sheet_values(saved.getvalue())][1] == [["http://a.example/"]]
    with ZipFile(saved) as archive, ZipFile(damaged, "w") as copy:
        for name in archive.namelist():
            part = archive.read(name)
            head, data, rows = part.partition(b"<row ")
            is_mine = name == "xl/worksheets/sheet2.xml"
            copy.writestr(name, head.decode().encode("utf-16") + data + rows if is_mine else part)
    with pytest.raises(WorkbookError, match="values that cannot be read"):
        sheet_values(damaged.getvalue())


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "9" * 5_000, "{", ""])
def test_json_that_cannot_be_read_is_one_error(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_json(text)


WORKBOOK = workbook([["url"], ["http://a.example/"]])


@pytest.mark.parametrize("text", ["=1+1", "-1", "@x", "\tx", "\uff1dx", " =1+1", "\u00a0\n@x"])
def test_no_text_is_run_as_a_formula(text: str) -> None:
    assert escape_formula(text) == f"'{text}"
    assert escape_formula(f"a{text}") == f"a{text}"


@given(st.binary(max_size=200))
def test_any_content_is_a_table(content: bytes) -> None:
    table = read_table(decode_text(content))
    assert all(any(row.cells) for row in table.rows)
