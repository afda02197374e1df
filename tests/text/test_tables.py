"""Files that users save in any program."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.text.tables import decode_text, escape_formula, read_table


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_the_usual_encodings_are_read(encoding: str) -> None:
    assert decode_text("Gärung".encode(encoding)) == "Gärung"


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
    table = read_table(f'a,b\n{"x" * 200_000},y\nc,d\n"e,f\ng,h\n')
    assert [row.cells for row in table.rows] == [["a", "b"], ["c", "d"], ["g", "h"]]
    assert table.problems == [
        (2, "field larger than field limit (131072)"),
        (4, "a quotation mark is not closed"),
    ]


@pytest.mark.parametrize("text", ["=1+1", "-1", "@x", "\tx", "\uff1dx"])
def test_no_text_is_run_as_a_formula(text: str) -> None:
    assert escape_formula(text) == f"'{text}"
    assert escape_formula(f"a{text}") == f"a{text}"


@given(st.binary(max_size=200))
def test_any_content_is_a_table(content: bytes) -> None:
    table = read_table(decode_text(content))
    assert all(any(row.cells) for row in table.rows)
