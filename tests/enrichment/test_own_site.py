"""The list of the user's own pages, as any program saves it."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from brokenlinks.enrichment.own_site import parse_own_site

PAGES = (("https://own.example/a", "A"), ("https://own.example/b", ""))


@pytest.mark.parametrize(
    "content",
    [
        "title;url\nA;https://own.example/a\n;https://own.example/b\n",
        "\nURL\tName\nhttps://own.example/a\tA\nhttps://own.example/b\n",
        f"url,title\nhttps://own.example/a,A\n{'x' * 200_000},B\nhttps://own.example/b,\n",
        f"url,title,text\nhttps://own.example/a,A,{'x' * 200_000}\nhttps://own.example/b,,\n",
        (
            '"Internal - All"\n"Address","Content","Title 1"\n"https://own.example/a","text/html","A"\n'
            '"https://own.example/b","text/html",""\n'
        ),
        "Title,Page,Target URL\nA,9,https://own.example/a\n,8,https://own.example/b\n",
        (
            "sep=,\nAddress,title,Homepage\n1 High St,A,https://own.example/a\n"
            "2 Low St,,https://own.example/b\n"
        ),
    ],
)
def test_own_pages_are_read_from_a_table(tmp_path: Path, content: str) -> None:
    path = tmp_path / "pages.csv"
    path.write_text(content, encoding="utf-16")
    assert parse_own_site(str(path)).listed == PAGES


def test_own_pages_are_read_from_an_excel_file(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["Date", "Clicks"])
    pages = book.create_sheet("Pages")
    for row in (["Top pages", "Title"], ["https://own.example/a", "A"], ["https://own.example/b"]):
        pages.append(row)
    book.save(tmp_path / "pages.xlsx")
    assert parse_own_site(str(tmp_path / "pages.xlsx")).listed == PAGES


@pytest.mark.parametrize("name", ["pages.csv", "pages.xlsx"])
def test_a_file_without_pages_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(ValueError, match=name):
        parse_own_site(str(tmp_path / name))
