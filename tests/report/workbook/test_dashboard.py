"""How the work stands: counted from the rows, and from what people wrote in them."""

from __future__ import annotations

from typing import Any

import pandas as pd
from openpyxl import load_workbook

from brokenlinks.scoring.changes import changes
from tests.frames import NOW, histories_frame, link, links_frame, runs_frame
from tests.report.workbook.desk import ROWS, Desk

MANY = [link(f"site{n}.example/links", f"gone.example/{n}", relevance=0.9) for n in range(60)]


def table(desk: Desk, heading: str) -> dict[Any, tuple[Any, ...]]:
    """Return a table of the dashboard: its first column with the others."""
    rows = list(load_workbook(desk.path)["Dashboard"].iter_rows(max_col=7, values_only=True))
    start = [row[0] for row in rows].index(heading) + 2
    found = {}
    for row in rows[start:]:
        if row[0] is None:
            break
        found[row[0]] = tuple(value for value in row[1:] if value is not None)
    return found


def set_statuses(desk: Desk, statuses: dict[str, str]) -> None:
    def fill(book: Any) -> None:
        sheet = book["Opportunities"]
        headers = {cell.value: cell.column for cell in sheet[1]}
        for row in range(2, sheet.max_row + 1):
            site = sheet.cell(row, headers["Site"]).value
            if site in statuses:
                sheet.cell(row, headers["Status"], statuses[site])

    desk.edit(fill)


def test_rows_are_counted_by_tier_verdict_and_status(desk: Desk) -> None:
    desk.run(*ROWS)
    set_statuses(desk, {"a.example": "Won", "b.example": "Contacted"})
    desk.run(*ROWS)
    assert sum(confirmed for confirmed, _ in table(desk, "Opportunities by tier").values()) == 2
    assert sum(suspected for _, suspected in table(desk, "Opportunities by tier").values()) == 1
    assert table(desk, "What the links are") == {"dead gone": (3,)}
    assert table(desk, "Rows by status") == {"Won": (1,), "Contacted": (1,), "Check": (1,)}
    assert table(desk, "The way to a link") == {
        "On the list": (3,),
        "Ready": (2,),
        "Contacted": (2,),
        "Followed up": (1,),
        "Replied": (1,),
        "Won": (1,),
    }


def test_a_status_counts_however_it_was_capitalised(desk: Desk) -> None:
    desk.run(*ROWS)
    set_statuses(desk, {"a.example": "ready", "b.example": " READY ", "c.example": "Ask  ann"})
    desk.run(*ROWS)
    assert table(desk, "Rows by status") == {"Ready": (2,), "Ask ann": (1,)}
    assert table(desk, "The way to a link")["Ready"] == (2,)


def test_a_won_row_counts_after_its_link_has_gone(desk: Desk) -> None:
    desk.run(*ROWS)
    set_statuses(desk, {"a.example": "Won"})
    desk.run(*ROWS[1:])
    desk.run(*ROWS[1:])
    assert table(desk, "The way to a link")["Won"] == (1,)


def test_a_rate_of_wins_is_told_from_fifty_outcomes_on(desk: Desk) -> None:
    desk.run(*MANY)
    set_statuses(desk, {f"site{n}.example": "Won" if n < 10 else "Declined" for n in range(49)})
    desk.run(*MANY)
    assert table(desk, "Won, by tier") == {"told once 50 rows have an outcome": (49,)}
    set_statuses(desk, {"site49.example": "No reply"})
    desk.run(*MANY)
    assert table(desk, "Won, by tier") == {"B": (50, 0.2)}


def test_charts_and_runs_are_shown_and_notes_beside_stay(desk: Desk) -> None:
    runs = {"started_at": NOW, "spider": "resources", "outcome": "finished"}
    counts = {"pages": 3, "probed": 40, "confirmed": 2, "suspected": 1}
    desk.shown = {"runs": runs_frame(runs | counts)}
    desk.run(*ROWS)
    desk.edit(lambda book: book["Dashboard"].__setitem__("H5", "good week"))
    desk.run(*ROWS)
    sheet: Any = load_workbook(desk.path)["Dashboard"]
    assert sheet["H5"].value == "good week"
    assert len(sheet._charts) == 4  # noqa: SLF001 - openpyxl has no other name for them
    [run] = table(desk, "Runs").values()
    assert run == ("resources", "finished", 3, 40, 2, 1)


def test_changes_are_listed_the_latest_first(desk: Desk) -> None:
    never = dict.fromkeys(("recovered_at", "confirmed_at"), pd.NaT)
    gone = {"gone_at": NOW, "page_reason": "", "replaced_by": "", **never}
    first = {"started_at": NOW - pd.Timedelta(days=7)}
    events = changes(
        histories_frame(link() | gone | {"first_seen": NOW - pd.Timedelta(days=7)}),
        links_frame(),
        "",
        runs_frame(first, {"started_at": NOW}),
    )
    desk.shown = {"events": events}
    desk.run(*ROWS)
    [row] = desk.rows("Changes")
    assert (row["Event"], row["Latest run"]) == ("fixed by the owner", "yes")
