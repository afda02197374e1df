"""Exports: tables that spreadsheets open as they are, and that can be seeds again."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from brokenlinks.discovery.seeds import read_seeds
from brokenlinks.report.export import LINK_COLUMNS, RANKED_COLUMNS, export_table

ROW = {
    "page_url": "http://club.example/links",
    "link_url": "http://gone.example/guide",
    "seen_as": "http://go.example/?to=gone",
    "page_site": "club.example",
    "anchor": "Führer für Bienen",
    "archive_url": "https://archive.example/2014/http://gone.example/guide",
    "suggested_page": "http://ours.example/guide",
}


def table(columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame([dict.fromkeys(columns, "") | ROW])[columns]


@pytest.mark.parametrize("columns", [LINK_COLUMNS, RANKED_COLUMNS])
@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_the_pages_of_an_export_can_be_seeds(
    tmp_path: Path, columns: list[str], ending: str
) -> None:
    path = tmp_path / f"all.{ending}"
    export_table(table(columns), path)
    seeds = read_seeds(path)
    assert ([seed.url for seed in seeds.urls], seeds.problems) == ([ROW["page_url"]], [])


def test_excel_reads_the_letters_of_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    export_table(table(LINK_COLUMNS), path)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "without the mark it takes UTF-8 for Latin-1"
    assert "Führer für Bienen" in content.decode("utf-8-sig")
    assert ROW["seen_as"] in content.decode()
