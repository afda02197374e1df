"""Areas of a sheet that was rewritten follow their columns and rows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from brokenlinks.report.workbook.moves import Moves, Placement

headers = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=8, unique=True)


@st.composite
def placements(draw: st.DrawFn) -> tuple[Placement, Placement]:
    """Draw where some columns and rows are on an old sheet, and where on a new one."""
    drawn = []
    for _ in range(2):
        columns, rows = draw(headers), draw(headers)
        drawn.append(
            Placement(
                {header: number for number, header in enumerate(columns, start=1)},
                {key: number for number, key in enumerate(rows, start=2)},
                last=len(rows) + 1,
            )
        )
    return drawn[0], drawn[1]


def cell(place: Placement, header: str, key: str) -> str:
    return f"{get_column_letter(place.columns[header])}{place.rows[key]}"


@given(placements(), st.data())
def test_an_area_covers_the_same_cells_as_before(
    both: tuple[Placement, Placement], data: st.DataObject
) -> None:
    old, new = both
    header = data.draw(st.sampled_from(sorted(old.columns)))
    key = data.draw(st.sampled_from(sorted(old.rows)))
    is_there = header in new.columns and key in new.rows
    expected = cell(new, header, key) if is_there else ""
    assert Moves(old, new).cell(cell(old, header, key)) == expected
    if len(old.columns) == 1 or len(old.rows) == 1:  # the area is all there is of one of them
        return
    assert Moves(old, new).area(cell(old, header, key)) == expected


@given(placements())
def test_an_area_of_all_rows_still_covers_all(both: tuple[Placement, Placement]) -> None:
    old, new = both
    for header in old.columns.keys() & new.columns.keys():
        letter, now = (get_column_letter(one.columns[header]) for one in both)
        areas = Moves(old, new).area(f"{letter}2:{letter}{old.last}").split()
        if len(old.columns) > 1:
            assert areas == [f"{now}2:{now}{new.last}" if new.last > 2 else f"{now}2"]
