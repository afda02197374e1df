"""The dashboard: counted from the rows, and from what the user wrote in them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from brokenlinks.scoring.changes import changes
from tests.frames import NOW, histories_frame, link, links_frame, runs_frame
from tests.report.workbook.desk import ROWS, WorkbookHarness

MANY = [link(f"site{n}.example/links", f"gone.example/{n}", relevance=0.9) for n in range(60)]


def table(harness: WorkbookHarness, heading: str) -> dict[Any, tuple[Any, ...]]:
    """Return a table of the dashboard: its first column with the others."""
    rows = list(load_workbook(harness.path)["Dashboard"].iter_rows(max_col=7, values_only=True))
    start = [row[0] for row in rows].index(heading) + 2
    found = {}
    for row in rows[start:]:
        if row[0] is None:
            break
        found[row[0]] = tuple(value for value in row[1:] if value is not None)
    return found


def set_statuses(harness: WorkbookHarness, statuses: dict[str, str]) -> None:
    def fill(book: Any) -> None:
        sheet = book["Opportunities"]
        headers = {cell.value: cell.column for cell in sheet[1]}
        for row in range(2, sheet.max_row + 1):
            site = sheet.cell(row, headers["Site"]).value
            if site in statuses:
                sheet.cell(row, headers["Status"], statuses[site])

    harness.edit(fill)


def test_rows_are_counted_by_tier_verdict_and_status(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    set_statuses(harness, {"a.example": "Won", "b.example": "Contacted"})
    harness.run(*ROWS)
    assert sum(confirmed for confirmed, _ in table(harness, "Opportunities by tier").values()) == 2
    assert sum(suspected for _, suspected in table(harness, "Opportunities by tier").values()) == 1
    assert table(harness, "Rows by verdict") == {"dead gone": (3,)}
    assert table(harness, "Rows by status") == {"Won": (1,), "Contacted": (1,), "Check": (1,)}
    assert table(harness, "Outreach funnel") == {
        "On the list": (3,),
        "Ready": (2,),
        "Contacted": (2,),
        "Followed up": (1,),
        "Replied": (1,),
        "Won": (1,),
    }


def test_a_status_counts_however_it_was_capitalised(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    set_statuses(harness, {"a.example": "ready", "b.example": " READY ", "c.example": "Ask  ann"})
    harness.run(*ROWS)
    assert table(harness, "Rows by status") == {"Ready": (2,), "Ask ann": (1,)}
    assert table(harness, "Outreach funnel")["Ready"] == (2,)


def test_a_won_row_counts_after_its_link_has_gone(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    set_statuses(harness, {"a.example": "Won"})
    harness.run(*ROWS[1:])
    harness.run(*ROWS[1:])
    assert table(harness, "Outreach funnel")["Won"] == (1,)


def test_a_rate_of_wins_is_told_from_fifty_outcomes_on(harness: WorkbookHarness) -> None:
    harness.run(*MANY)
    set_statuses(harness, {f"site{n}.example": "Won" if n < 10 else "Declined" for n in range(49)})
    harness.run(*MANY)
    assert table(harness, "Won, by tier") == {"shown once 50 rows have an outcome": (49,)}
    set_statuses(harness, {"site49.example": "No reply"})
    harness.run(*MANY)
    assert table(harness, "Won, by tier") == {"B": (50, 0.2)}


def test_charts_and_runs_are_shown_and_notes_beside_stay(harness: WorkbookHarness) -> None:
    runs = {"started_at": NOW, "spider": "resources", "outcome": "finished"}
    counts = {"pages": 3, "probed": 40, "confirmed": 2, "suspected": 1}
    harness.shown = {"runs": runs_frame(runs | counts)}
    harness.run(*ROWS)
    harness.edit(lambda book: book["Dashboard"].__setitem__("H5", "good week"))
    harness.run(*ROWS)
    sheet: Any = load_workbook(harness.path)["Dashboard"]
    assert sheet["H5"].value == "good week"
    assert len(sheet._charts) == 4  # noqa: SLF001 - openpyxl has no other name for them
    [run] = table(harness, "Runs").values()
    assert run == ("resources", "finished", 3, 40, 2, 1)


@pytest.mark.slow
@pytest.mark.parametrize(
    "sheet",
    [
        "Dashboard",
        *(pytest.param(name, marks=pytest.mark.soak) for name in ("Read me", "Opportunities")),
    ],
)
def test_a_stray_note_in_the_last_cell_of_all_is_kept_where_it_is(
    harness: WorkbookHarness, sheet: str
) -> None:
    harness.run(*ROWS)
    harness.edit(lambda book: book[sheet].__setitem__("XFD1048576", "stray"))
    harness.run(*ROWS)
    assert "stray" in [c.value for c in load_workbook(harness.path)[sheet]._cells.values()]  # noqa: SLF001 - all others would be made


def test_changes_are_listed_the_latest_first(harness: WorkbookHarness) -> None:
    never = dict.fromkeys(("recovered_at", "confirmed_at"), pd.NaT)
    gone = {"gone_at": NOW, "page_reason": "", "replaced_by": "", **never}
    first = {"started_at": NOW - pd.Timedelta(days=7)}
    events = changes(
        histories_frame(link() | gone | {"first_seen": NOW - pd.Timedelta(days=7)}),
        links_frame(),
        "",
        runs_frame(first, {"started_at": NOW}),
    )
    harness.shown = {"events": events}
    harness.run(*ROWS)
    [row] = harness.rows("Changes")
    assert (row["Event"], row["Latest run"]) == ("fixed by the owner", "yes")
