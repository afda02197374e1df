"""Where the cells of a sheet that was rewritten are now: areas follow their columns and rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from openpyxl.formula.translate import Translator
from openpyxl.utils import coordinate_to_tuple, get_column_letter, range_boundaries

MAX_SPANS = 50
"""An area that falls into more pieces than this covers all rows instead."""
LAST_ROW = 1_048_576


@dataclass(slots=True)
class Placement:
    """Where a sheet's columns and rows are, by header and key.

    `top` is the row with the headers, `last` the last row with a key of ours below them.
    """

    columns: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    top: int = 1
    last: int = 1


class Moves:
    """Where the cells of one placement are in another."""

    def __init__(self, old: Placement, new: Placement) -> None:
        self._old, self._new = old, new
        self.columns = _moved(old.columns, new.columns)
        self.rows = {**_moved(old.rows, new.rows), old.top: new.top}

    def cell(self, name: str) -> str:
        """Return the cell that a cell has become, "" if it is gone."""
        row, column = coordinate_to_tuple(name)
        if row not in self.rows or column not in self.columns:
            return ""
        return f"{get_column_letter(self.columns[column])}{self.rows[row]}"

    def area(self, area: str) -> str:
        """Return the areas, separated by spaces, that one or more areas have become, "" for none.

        One that covered all rows does so again.
        """
        return " ".join(
            f"{get_column_letter(left)}{top}"
            + (f":{get_column_letter(right)}{bottom}" if (left, top) != (right, bottom) else "")
            for part in area.split()
            for left, right, top, bottom in self._pieces(part)
        )

    def formula(self, text: str, before: str, after: str) -> str:
        """Return a formula, without "=", that belonged to one area and now belongs to another."""
        origins = [_first_cell(area) for area in (before, after)]
        if origins[0] == origins[1]:
            return text
        moved: str = Translator(f"={text}", origins[0]).translate_formula(origins[1])
        return moved.removeprefix("=")

    def _pieces(self, area: str) -> Iterator[tuple[int, int, int, int]]:
        left, top, right, bottom = range_boundaries(area)
        rows = list(self._rows(top or 1, bottom or LAST_ROW))
        for first, last in self._columns(left or 1, right or max(self._old.columns.values())):
            yield from ((first, last, *span) for span in rows)

    def _columns(self, left: int, right: int) -> Iterator[tuple[int, int]]:
        widest = max(self._old.columns.values(), default=0)
        if left == 1 and right >= widest:
            yield 1, max(right, *self._new.columns.values())
        else:
            yield from _spans(self.columns.get(n) for n in range(left, right + 1))

    def _rows(self, top: int, bottom: int) -> Iterator[tuple[int, int]]:
        old, new = self._old, self._new
        if top <= old.top + 1 and bottom >= old.last:
            first = new.top if top <= old.top else new.top + 1
            yield first, max(first, new.last, bottom if bottom > old.last else 0)
            return
        spans = list(_spans(self.rows.get(row) for row in range(top, min(bottom, old.last) + 1)))
        yield from spans if len(spans) <= MAX_SPANS else [(new.top + 1, max(new.last, 2))]
        if bottom > old.last:
            yield max(top, new.last + 1), max(bottom, new.last + 1)


def _moved(old: Mapping[str, int], new: Mapping[str, int]) -> dict[int, int]:
    return {place: new[name] for name, place in old.items() if name in new}


def _spans(numbers: Iterable[int | None]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each run of consecutive numbers."""
    run: list[int] = []
    for number in sorted({number for number in numbers if number is not None}):
        if run and number != run[-1] + 1:
            yield run[0], run[-1]
            run = []
        run.append(number)
    if run:
        yield run[0], run[-1]


def _first_cell(areas: str) -> str:
    bounds = [range_boundaries(area) for area in areas.split()]
    return f"{get_column_letter(min(b[0] or 1 for b in bounds))}{min(b[1] or 1 for b in bounds)}"
