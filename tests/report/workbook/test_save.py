"""A workbook reads as it does with openpyxl unpatched."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from brokenlinks.report.workbook.load import load
from tests.end_to_end.program import ROOT
from tests.report.workbook.reading import seen

PLAIN_OPENPYXL = """
import json, sys
from openpyxl import load_workbook
from tests.report.workbook.reading import seen
assert "brokenlinks" not in sys.modules
print(json.dumps(seen(load_workbook(sys.argv[1]))))
"""
VALUES = st.one_of(
    st.text(st.characters(min_codepoint=32, exclude_categories=["C"]), max_size=20),
    st.sampled_from([" led by a space", "two\nlines", "=A1+1", '=HYPERLINK("#A1")', "-5", "#N/A"]),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001 - as spreadsheets do
    st.sampled_from([time(12, 30), CellRichText("so ", TextBlock(InlineFont(b=True), "bold"))]),
)
TARGETS = ["https://a.example/?x=1&y=<2>#there", "#Sheet!A1", "mailto:a@b.example"]
CELLS = st.dictionaries(
    st.tuples(st.integers(1, 40), st.integers(1, 40)),
    st.tuples(VALUES, st.booleans(), st.none() | st.sampled_from(TARGETS)),
    max_size=60,
)


@pytest.mark.slow
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(CELLS)
def test_all_is_read_that_openpyxl_reads(tmp_path: Path, cells: dict[Any, Any]) -> None:
    path = tmp_path / "book.xlsx"
    book = Workbook()
    [sheet] = book.worksheets
    for (row, column), (value, bold, target) in cells.items():
        cell = sheet.cell(row, column, value)
        cell.font, cell.hyperlink = Font(bold=bold), target
    book.save(path)
    read, why = load(path)
    assert not why
    command = [sys.executable, "-c", PLAIN_OPENPYXL, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(json.dumps(seen(read))) == json.loads(done.stdout)
