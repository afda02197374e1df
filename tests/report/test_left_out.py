"""One bad record costs that record: the workbook is written, whatever the journal holds."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
import python_calamine as calamine
from hypothesis import Phase, given, settings
from openpyxl import load_workbook

from brokenlinks.arguments import make_plan
from brokenlinks.models.run_stats import REPORT
from brokenlinks.report.build import ReportConfig, load_niche_data, write_report
from brokenlinks.report.result import Report
from brokenlinks.scoring.opportunities import row_key
from brokenlinks.store.database import open_store
from brokenlinks.store.user_data import Annotation, save_annotations
from tests.report.odd_journals import NICHE, NOW, ROWS, Changes, changes, fill_journal


def written(folder: Path, odd: Changes, notes: Sequence[Annotation] = ()) -> Report:
    """Write the report of an odd journal, twice: the second run reads the first one's workbook."""
    store = open_store("sqlite://")
    store.run(fill_journal, odd)
    store.run(save_annotations, NICHE, notes)
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


@pytest.mark.slow
@pytest.mark.soak
# An example takes half a second, so there are fewer, and none is made smaller.
@settings(
    max_examples=settings().max_examples // 4,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(changes)
def test_every_record_but_the_odd_ones_is_in_the_workbook(odd: Changes) -> None:
    touched = {number for _, number, _, _ in odd}
    with tempfile.TemporaryDirectory() as folder:
        report = written(Path(folder), odd)
        good = {f"club{number}.example" for number in range(1, ROWS + 1) if number not in touched}
        assert {*good, "club1.example"} <= sites(report.workbook), report.left_out


def test_what_fails_is_named_and_counted_and_all_else_is_there(tmp_path: Path) -> None:
    report = written(tmp_path, [("targets", n, "archive_captured_at", None) for n in (3, 4)])
    assert sites(report.workbook) == {f"club{number}.example" for number in range(1, ROWS + 1)}
    [sentence] = [line for line in report.left_out if line.startswith("Opportunities")]
    assert "column Archived copy: 2 left out, the first of http://gone3.example/guide" in sentence
    assert sentence in [cell.value for cell in load_workbook(report.workbook)["Read me"]["B"]]


def test_a_brief_that_cannot_be_read_costs_no_suggestion_for_another_page(tmp_path: Path) -> None:
    report = written(tmp_path, [("targets", 3, "archive_brief", "{")])
    assert [line[:28] for line in report.left_out] == ["what it was: 1 left out, the"]


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"date": 5}', "[" * 100_000])
def test_a_damaged_note_of_the_journal_costs_no_other(tmp_path: Path, damaged: str) -> None:
    values = damaged, '{"value": "wrote to Ann"}'
    notes = [("Opportunities", key * 10, "Notes", v) for key, v in zip("ab", values, strict=True)]
    report = written(tmp_path, [], notes)
    assert [note[3] for note in report.annotations] == [values[1]]
    assert any(line.startswith("notes that the journal keeps: 1") for line in report.left_out)


def test_a_row_that_cannot_be_ranked_costs_no_other_one(tmp_path: Path) -> None:
    report = written(tmp_path, [("pages", 2, "relevance", "many")])
    assert sites(report.workbook) == {f"club{number}.example" for number in (1, 3, 4, 5, 6)}
    assert any(line.startswith("ranking: 1 left out") for line in report.left_out)


def test_a_page_whose_address_is_none_costs_no_other_one(tmp_path: Path) -> None:
    report = written(tmp_path, [("pages", 2, "url", "http://[::1")])
    assert {f"club{number}.example" for number in (1, 3, 4, 5, 6)} <= sites(report.workbook)


def test_notes_whose_rows_are_gone_say_what_they_are_about(tmp_path: Path) -> None:
    page, link = "http://club2.example/links", "http://gone2.example/guide"
    rows = {
        "Opportunities": (row_key(page, link), "Dead link", link),
        "Dead targets": (row_key("", link), "Dead link", link),
        "Dead domains": (row_key("", "gone2.example"), "Domain", "gone2.example"),
        "Contacts": (row_key("", "club2.example"), "Site", "club2.example"),
        "Uncertain": (row_key(page, link), "Link", link),
        "Excluded": (row_key(page, link), "Page", page),
    }
    notes = [(sheet, key, "Mine", '{"value": "mine"}') for sheet, (key, _, _) in rows.items()]
    lives = [("targets", 2, "verdict", "alive"), ("targets", 2, "recovered_at", NOW)]
    book = load_workbook(written(tmp_path, lives, notes).workbook)
    for sheet, (_, header, about) in rows.items():
        headers, *shown = book[sheet].iter_rows(values_only=True)
        kept = [row[headers.index(header)] for row in shown if row[headers.index("Mine")] == "mine"]
        assert kept == [about], sheet
