"""The sheet that shows the progress of the work in numbers and charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd
from openpyxl.cell.cell import Cell
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.worksheet import Worksheet

from brokenlinks.report.outreach.decisions import FUNNEL_STATUSES, OUTCOME_STATUSES
from brokenlinks.report.workbook import styles
from brokenlinks.report.workbook.cells import DATE_FORMAT, Value, write_value

TITLE = "Dashboard"
PROGRAM_COLUMNS = 7
WIDTHS = (34, 18, 14, 14, 16, 14, 14)
TIERS = ("A", "B", "C")
MAX_LIST_ROWS = 10
RUNS_SHOWN = 20
MIN_OUTCOMES = 50
"""With fewer outcomes a rate of wins is chance."""
HORIZONTAL, VERTICAL = "horizontal", "vertical"
COLOURS = ("1F3A5F", "8FB8DE")
CHART_COLUMN, CHART_ROWS, CHART_HEIGHT, CHART_WIDTH = "I", 15, 6.8, 15.0


@dataclass(frozen=True, slots=True)
class DashboardData:
    """The progress of the work: `rows` has tier, verdict, confirmed, status, site of each row.

    Rows kept only for the user's notes have no verdict. `domains` has domain and sites_linking,
    `runs` is of `store.frames.runs_frame`.
    """

    rows: pd.DataFrame
    domains: pd.DataFrame
    runs: pd.DataFrame


@dataclass(frozen=True, slots=True)
class _Table:
    heading: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Value]]
    chart: str = ""

    @property
    def numeric_columns(self) -> set[int]:
        """The columns, counted from 1, that have numbers in them."""
        return {
            column
            for row in self.rows
            for column, value in enumerate(row, start=1)
            if isinstance(value, int | float)
        }


def fill(sheet: Worksheet, data: DashboardData) -> None:
    """Write the sheet."""
    for number, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCDEFG"[number]].width = width
    sheet.sheet_view.showGridLines = False
    styles.print_landscape(sheet)
    sheet.page_setup.fitToHeight = 1
    write_value(cast("Cell", sheet["A1"]), "Progress")
    sheet["A1"].font = styles.TITLE_FONT
    top, charts = 3, 0
    for table in _tables(data):
        if table.chart and table.rows:
            _add_chart(sheet, table, top, charts)
            charts += 1
        top = _write(sheet, table, top) + 1


def _write(sheet: Worksheet, table: _Table, top: int) -> int:
    """Write a table from row `top`; returns the first row below it."""
    write_value(cast("Cell", sheet.cell(top, 1)), table.heading)
    sheet.cell(top, 1).font = styles.SECTION_FONT
    for number, row in enumerate((table.headers, *table.rows), start=top + 1):
        for column, value in enumerate(row, start=1):
            cell = cast("Cell", sheet.cell(number, column))
            write_value(cell, value)
            cell.border = styles.HAIRLINE
            if column in table.numeric_columns:
                cell.alignment = styles.NUMBER_ALIGNMENT
            if number == top + 1:
                cell.font, cell.fill = styles.HEADER_FONT, styles.HEADER_FILL
            elif isinstance(value, float):
                cell.number_format = "0%"
            elif cell.is_date:
                cell.number_format, cell.alignment = DATE_FORMAT, styles.LEFT_ALIGNMENT
    return top + 2 + len(table.rows)


def _add_chart(sheet: Worksheet, table: _Table, top: int, position: int) -> None:
    """Draw a table's numeric columns as stacked bars, vertical ones for a time series."""
    chart: Any = BarChart()
    horizontal = table.chart == HORIZONTAL
    chart.type, chart.grouping, chart.overlap = "bar" if horizontal else "col", "stacked", 100
    chart.title, chart.gapWidth = table.heading, 60
    first, last = top + 1, top + 1 + len(table.rows)
    width = len(table.headers)
    begin = 2 if horizontal else width - 1
    values = Reference(sheet, min_col=begin, max_col=width, min_row=first, max_row=last)
    chart.add_data(values, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=first + 1, max_row=last))
    for series, colour in zip(chart.series, COLOURS, strict=False):
        series.graphicalProperties.solidFill = colour
    chart.height, chart.width = CHART_HEIGHT, CHART_WIDTH
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.majorGridlines, chart.y_axis.number_format = None, "0"
    if horizontal:
        chart.x_axis.scaling.orientation = "maxMin"  # first row at the top
        chart.y_axis.crosses = "max"  # numbers at the bottom
    else:
        chart.x_axis.number_format = DATE_FORMAT
    if len(chart.series) > 1:
        chart.legend.position = "b"
    else:
        chart.legend = None
    sheet.add_chart(chart, f"{CHART_COLUMN}{3 + position * CHART_ROWS}")


def _tables(data: DashboardData) -> Iterator[_Table]:
    rows = data.rows
    live = rows[rows["verdict"] != ""]
    yield _Table(
        "Opportunities by tier",
        ("Tier", "confirmed", "suspected"),
        [
            (
                tier,
                _count(live, tier=tier, confirmed=True),
                _count(live, tier=tier, confirmed=False),
            )
            for tier in TIERS
        ],
        HORIZONTAL,
    )
    verdicts = live["verdict"].str.replace("_", " ").value_counts()
    yield _Table("Rows by verdict", ("Verdict", "rows"), _pairs(verdicts), HORIZONTAL)
    yield _Table("Outreach funnel", ("Step", "rows"), _funnel(rows), HORIZONTAL)
    yield _Table("Rows by status", ("Status", "rows"), _pairs(rows["status"].value_counts()))
    yield _wins(rows)
    yield _Table(
        "Sites with the most dead links",
        ("Linking site", "rows"),
        _pairs(live["site"].value_counts()),
    )
    domains = data.domains.set_index("domain")["sites_linking"]
    yield _Table(
        "Dead domains with the most links", ("Dead domain", "sites linking"), _pairs(domains)
    )
    yield _Table(
        "Runs",
        ("Began", "spider", "ended", "pages", "targets probed", "confirmed", "suspected"),
        [_run(run) for run in data.runs.tail(RUNS_SHOWN).itertuples()],
        VERTICAL,
    )


def _pairs(counts: pd.Series[int]) -> list[tuple[Value, ...]]:
    return [(str(name), int(count)) for name, count in counts.head(MAX_LIST_ROWS).items()]


def _count(rows: pd.DataFrame, **values: object) -> int:
    return sum(
        all(getattr(row, name) == value for name, value in values.items())
        for row in rows.itertuples()
    )


def _funnel(rows: pd.DataFrame) -> list[tuple[Value, ...]]:
    """Count for each step the rows that reached it."""
    steps = [
        (step, rows["status"].isin(FUNNEL_STATUSES[at:]).sum())
        for at, step in enumerate(FUNNEL_STATUSES)
    ]
    return [("On the list", len(rows)), *((step, int(count)) for step, count in steps)]


def _wins(rows: pd.DataFrame) -> _Table:
    decided = rows[rows["status"].isin(OUTCOME_STATUSES)]
    headers = ("Tier", "with an outcome", "won")
    if len(decided) < MIN_OUTCOMES:
        waiting = f"shown once {MIN_OUTCOMES} rows have an outcome"
        return _Table("Won, by tier", headers, [(waiting, len(decided))])
    won = decided["status"] == "Won"
    by_tier = [(tier, won[decided["tier"] == tier]) for tier in TIERS]
    return _Table(
        "Won, by tier",
        headers,
        [(tier, len(of_tier), float(of_tier.mean())) for tier, of_tier in by_tier if len(of_tier)],
    )


def _run(run: Any) -> tuple[Value, ...]:
    numbers = (run.pages, run.probed, run.confirmed, run.suspected)
    counts = [None if pd.isna(number) else int(number) for number in numbers]
    return (run.started_at, run.spider, run.outcome or "interrupted", *counts)
