"""One bad record costs that record: the workbook is written, whatever the journal holds."""

from __future__ import annotations

import tempfile
from pathlib import Path

import python_calamine as calamine
from hypothesis import given
from openpyxl import load_workbook

from brokenlinks.arguments import make_plan
from brokenlinks.models.run_stats import REPORT
from brokenlinks.report.build import ReportConfig, load_niche_data, write_report
from brokenlinks.report.result import Report
from brokenlinks.store.database import open_store
from tests.report.odd_journals import NICHE, NOW, ROWS, Changes, changes, fill_journal


def written(folder: Path, odd: Changes) -> Report:
    """Write the report of an odd journal, twice: the second run reads the first one's workbook."""
    store = open_store("sqlite://")
    store.run(fill_journal, odd)
    data = store.run(load_niche_data, NICHE, None)
    store.close()
    config = ReportConfig(folder / "odd.xlsx", None, None, {})
    plan = make_plan(REPORT, {"niche": NICHE})
    write_report(data, plan, config, NOW)
    return write_report(data, plan, config, NOW)


def sites(path: Path) -> set[str]:
    """Return the sites on the work list, as openpyxl and as calamine read them."""
    rows = list(load_workbook(path)["Opportunities"].iter_rows(values_only=True))
    others = calamine.load_workbook(path).get_sheet_by_name("Opportunities").to_python()
    column = rows[0].index("Site")
    shown = {str(row[column]) for row in rows[1:]}
    assert shown == {str(row[column]) for row in others[1:]}
    return shown


@given(changes)
def test_every_record_but_the_odd_ones_is_in_the_workbook(odd: Changes) -> None:
    touched = {number for _, number, _, _ in odd}
    with tempfile.TemporaryDirectory() as folder:
        report = written(Path(folder), odd)
        good = {f"club{number}.example" for number in range(1, ROWS + 1) if number not in touched}
        assert {*good, "club1.example"} <= sites(report.workbook), report.left_out
