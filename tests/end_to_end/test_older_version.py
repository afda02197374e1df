"""A journal and a workbook of version 0.2.0 open, keep what the user wrote, and continue.

`tests/data/v0_2_0` has a journal of the demo's niche, cut off within a run, and its workbook.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from brokenlinks.demo.content import DEMO_NICHE, DEMO_PORT
from tests.end_to_end.conftest import Workspace
from tests.end_to_end.program import run_scrapy
from tests.report.workbook.desk import column_of

pytestmark = pytest.mark.slow

OLD_FILES = Path(__file__).parent.parent / "data" / "v0_2_0"
AN_HOUR_LATER = "2026-11-30T18:06:00+00:00"
WRITTEN_BEFORE = {
    ("qg673opxru", "Status"): "Ready",
    ("qg673opxru", "Notes"): "Ann knows the editor",
    ("pn2uuojjmb", "Status"): "Contacted",
    ("pn2uuojjmb", "Notes"): '=UPPER("wrote on monday")',
    ("pn2uuojjmb", "Who wrote"): "Jo",
    ("o7ishs4hbw", "Status"): "Not relevant",
}
"""In the workbook and in the journal, by row key and header."""
WRITTEN_AFTER = {
    ("ki3rtusfjh", "Status"): "Do not contact",
    ("ki3rtusfjh", "Notes"): "written after the last run",
}
"""In the workbook only."""


def report(folder: Path) -> Any:
    done = run_scrapy(folder, "report", "-a", f"niche={DEMO_NICHE}")
    assert done.returncode == 0, done.stderr
    return load_workbook(folder / "output" / "home-brewing.xlsx")


def cells(sheet: Any, header: str) -> dict[str, Any]:
    """Return the cells under a header by the keys of their rows."""
    keys, column = column_of(sheet, "Key"), column_of(sheet, header)
    rows = range(2, sheet.max_row + 1)
    return {sheet.cell(row, keys).value: sheet.cell(row, column) for row in rows}


def test_report_keeps_all_that_the_user_wrote(tmp_path: Path) -> None:
    shutil.copytree(OLD_FILES, tmp_path / "output")
    book = report(tmp_path)
    sheet = book["Opportunities"]
    written = WRITTEN_BEFORE | WRITTEN_AFTER
    found = {(key, header): cells(sheet, header)[key].value for key, header in written}
    assert found == written
    assert cells(sheet, "Key")["o7ishs4hbw"].comment.text == "a shop, not a club"
    assert cells(sheet, "Notes")["o7ishs4hbw"].fill.start_color.rgb == "FFFFFF00"
    assert cells(book["Dead targets"], "Decision")["hdpxaw7lwl"].value == "write this one"
    assert [book["My plan"][at].value for at in ("A1", "B2")] == ["Write five mails a week", "=1+1"]
    assert book["Dashboard"]["I60"].value == "my own remark"


def test_a_lost_workbook_gets_its_notes_back_from_the_journal(tmp_path: Path) -> None:
    shutil.copytree(OLD_FILES, tmp_path / "output")
    (tmp_path / "output" / "home-brewing.xlsx").unlink()
    sheet = report(tmp_path)["Opportunities"]
    found = {(key, header): cells(sheet, header)[key].value for key, header in WRITTEN_BEFORE}
    assert found == WRITTEN_BEFORE


def test_the_run_that_was_cut_off_continues(workspace: Workspace) -> None:
    path = workspace.folder / "output" / "journal.sqlite"
    path.parent.mkdir()
    with (
        closing(sqlite3.connect(OLD_FILES / "journal.sqlite")) as old,
        closing(sqlite3.connect(path)) as copy,
    ):
        here = "\n".join(old.iterdump()).replace(f":{DEMO_PORT}", f":{workspace.web.port}")
        copy.executescript(here)
        before = checks(path)
    workspace.settings = {"CLOCK": AN_HOUR_LATER}
    workspace.web.requests.clear()
    pages = (
        ("www.hopclub.example", "/links.html"),
        ("brewdad.example", "/resources"),
        ("stammwuerze.example", "/links"),
    )
    done = workspace.crawl(
        max_depth=0,
        site=workspace.web.url("kettle-notes.example"),
        urls=",".join(workspace.web.url(*page) for page in pages),
    )
    assert done.returncode == 0, done.stderr
    asked = {(request.host, request.path) for request in workspace.web.requests}
    assert asked.intersection(pages) == {pages[-1]}, "the others were read before it was cut off"
    after = checks(path)
    assert len(after) > len(before)
    assert {key: after[key][1] for key in before} == {
        key: last for key, (_, last) in before.items()
    }
    rules = {(before[key][0], after[key][0]) for key in before}
    assert ("row_12_gone", "gone_with_living_home") in rules
    assert not any(name.startswith("row_") for name, _ in after.values())


def checks(path: Path) -> dict[str, tuple[str, str]]:
    """Return by which rule each target was judged, and when it was last checked."""
    with closing(sqlite3.connect(path)) as journal:
        rows = journal.execute("SELECT key, rule, last_checked FROM targets").fetchall()
    return {key: (rule, last_checked) for key, rule, last_checked in rows}
