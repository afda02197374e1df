"""The list of the user's own pages, as any program saves it."""

from __future__ import annotations

from pathlib import Path

import pytest

from brokenlinks.enrichment.own_site import parse_own_site

PAGES = (("https://own.example/a", "A"), ("https://own.example/b", ""))


@pytest.mark.parametrize(
    "content",
    [
        "title;url\nA;https://own.example/a\n;https://own.example/b\n",
        "\nURL\tName\nhttps://own.example/a\tA\nhttps://own.example/b\n",
        f"url,title\nhttps://own.example/a,A\n{'x' * 200_000},B\nhttps://own.example/b,\n",
    ],
)
def test_own_pages_are_read_from_a_table(tmp_path: Path, content: str) -> None:
    path = tmp_path / "pages.csv"
    path.write_text(content, encoding="utf-16")
    assert parse_own_site(str(path)).listed == PAGES
