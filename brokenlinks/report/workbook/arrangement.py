"""How the user sorted and filtered a sheet: applied anew to the rows of a run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from fnmatch import translate
from typing import Any, NamedTuple

from openpyxl.utils import range_boundaries
from openpyxl.worksheet.filters import CustomFilter, FilterColumn
from openpyxl.worksheet.worksheet import Worksheet

from brokenlinks.report.workbook.annotations import EMPTY, Annotation
from brokenlinks.report.workbook.cells import Link, Value, is_blank

EXCEL_DAY_0 = date(1899, 12, 30).toordinal()
"""Filters give dates as the number of days since."""


class Entry(NamedTuple):
    """A row of the sheet: the program's values and the user's notes by header; whose row it is."""

    row: Mapping[str, Value]
    notes: Mapping[str, Annotation]
    record: object = None


@dataclass(slots=True)
class Arrangement:
    """A sheet's order and filters, by header, and the keys of hidden rows.

    `order` are headers, the most important one first, and whether each is descending.
    """

    order: list[tuple[str, bool]] = field(default_factory=list)
    filters: dict[str, FilterColumn] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)

    def arranged(self, entries: Iterable[Entry]) -> Iterable[Entry]:
        """Return rows in the user's order: numbers, texts, then rows without a value."""
        for header, descending in reversed(self.order):
            valued = [(_value(entry, header), entry) for entry in entries]
            ranked = [pair for pair in valued if pair[0] not in EMPTY]
            ranked.sort(key=lambda pair: _sort_key(pair[0]), reverse=descending)
            blank = [pair for pair in valued if pair[0] in EMPTY]
            entries = [entry for _, entry in (*ranked, *blank)]
        return entries

    def hides(self, key: str, entry: Entry) -> bool:
        """Whether a filter or the user hides a row; a filter we cannot apply hides what it did."""
        verdicts = {_passes(kept, _value(entry, h)) for h, kept in self.filters.items()}
        if False in verdicts:
            return True
        return key in self.hidden and (not verdicts or None in verdicts)


def read_arrangement(sheet: Worksheet, headers: Mapping[int, str]) -> Arrangement:
    """Read a sheet's order and filters, of its table or its own; `headers` are by column."""
    table: Any = next(iter(sheet.tables.values()), sheet)
    filtered = sheet.auto_filter if table is sheet else table.autoFilter
    if filtered is None or not filtered.ref:
        return Arrangement()
    first = range_boundaries(filtered.ref)[0] or 1
    sort = filtered.sortState if table is sheet else table.sortState or filtered.sortState
    conditions = [] if sort is None else sort.sortCondition
    order = [
        (headers.get(range_boundaries(condition.ref)[0] or 0, ""), bool(condition.descending))
        for condition in conditions
        if condition.sortBy in (None, "value")
    ]
    filters = {headers.get(first + kept.colId, ""): kept for kept in filtered.filterColumn}
    return Arrangement(
        [(header, descending) for header, descending in order if header],
        {header: kept for header, kept in filters.items() if header and _is_active(kept)},
    )


def _is_active(kept: FilterColumn) -> bool:
    """Whether a column is filtered, not only without its button."""
    rules = (kept.filters, kept.customFilters, kept.top10, kept.dynamicFilter)
    return any(rule is not None for rule in (*rules, kept.colorFilter, kept.iconFilter))


def _value(entry: Entry, header: str) -> Any:
    """Return what a cell shows, None for nothing or for a formula."""
    note = entry.notes.get(header)
    value = entry.row.get(header) if note is None or note.value in EMPTY else note.value
    if note is not None and note.is_formula:
        return None
    if isinstance(value, Link):
        value = value.text
    return None if is_blank(value) else value


def _sort_key(value: Any) -> tuple[int, Any]:
    if isinstance(value, bool):
        return 2, value
    if isinstance(value, date):
        return 0, float(value.toordinal() - EXCEL_DAY_0)
    return (0, float(value)) if isinstance(value, int | float) else (1, str(value).casefold())


def _passes(kept: FilterColumn, value: Any) -> bool | None:
    """Whether a value passes a filter, None if only a spreadsheet program can tell."""
    if kept.filters is not None:
        blank = kept.filters.blank if value in EMPTY else False
        passes = bool(
            blank
            or any(_equals(text, value) for text in kept.filters.filter)
            or any(_is_within(group, value) for group in kept.filters.dateGroupItem)
        )
        # The filter has numbers as they are shown: 87 for 86.6, 40% for 0.4.
        return passes or (None if isinstance(value, float) else False)
    if kept.customFilters is not None:
        tests = [_compare(test, value) for test in kept.customFilters.customFilter]
        return all(tests) if kept.customFilters._and else any(tests)  # noqa: SLF001
    return None


def _is_within(group: Any, value: Any) -> bool:
    """Whether a date is in the year, month or day of a filter."""
    parts = ("year", "month", "day")
    wanted = [(part, getattr(group, part)) for part in parts if getattr(group, part) is not None]
    return isinstance(value, date) and all(getattr(value, part) == n for part, n in wanted)


def _equals(text: str, value: Any) -> bool:
    if isinstance(value, int | float):
        with suppress(ValueError):
            return float(text) == float(value)
    return value not in EMPTY and str(value).casefold() == text.casefold()


def _compare(test: CustomFilter, value: Any) -> bool:
    """Apply one comparison as Excel does: texts may have wildcards."""
    operator, wanted = test.operator, str(test.val)
    if operator in {None, "equal", "notEqual"}:
        pattern = translate(wanted.strip().casefold().replace("[", "[[]"))
        matches = _equals(wanted, value) or bool(
            re.fullmatch(pattern, "" if value in EMPTY else str(value).casefold())
        )
        return matches != (operator == "notEqual")
    if value in EMPTY:
        return False
    try:
        bound = _sort_key(float(wanted))
    except ValueError:
        bound = _sort_key(wanted)
    own = _sort_key(value)
    if own[0] != bound[0]:
        return False
    return bool(
        {
            "lessThan": own < bound,
            "lessThanOrEqual": own <= bound,
            "greaterThan": own > bound,
            "greaterThanOrEqual": own >= bound,
        }[operator]
    )
