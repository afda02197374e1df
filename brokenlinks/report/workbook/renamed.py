"""Finds our columns whose headers the user changed: by their cells, else by their place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from brokenlinks.report.workbook.cells import collapse_whitespace
from brokenlinks.report.workbook.snapshot import KEY, STATUS
from brokenlinks.report.workbook.styles import STATUS_COLOURS
from brokenlinks.report.workbook.table import Layout

_STATUSES = frozenset(map(str.casefold, STATUS_COLOURS))


def find_renamed(
    layout: Layout,
    known: Callable[[str], Mapping[str, str]],
    headers: Mapping[int, str],
    rows: Sequence[Mapping[int, Any]],
) -> dict[int, str]:
    """Return our headers, by column, of columns that have other ones now.

    `headers` are those of the sheet by column, `rows` its cells, `known` what the journal has of a
    column, by row key. A column is ours if most of its cells are what they were, or are statuses
    that we offer. One for the user to write in, of which nothing is known, may also be told by its
    place: between the two columns of ours that it always stood between.
    """
    ours = [column.header for column in layout.columns]
    missing = {header: known(header) for header in ours if header not in headers.values()}
    if not missing:
        return {}
    others = [c for c, name in headers.items() if name not in ours and not known(name)]
    key_column = next((c for c, name in headers.items() if name == KEY), 0)
    keys = [_text(row, key_column) for row in rows]
    texts = {column: [_text(row, column) for row in rows] for column in others}
    found: dict[int, str] = {}
    for header, before in missing.items():
        for column in others:
            was = [before[k] == t for k, t in zip(keys, texts[column], strict=True) if k in before]
            offered = [t.casefold() in _STATUSES for t in texts[column] if t and header == STATUS]
            if column not in found and (_most(was) or _most(offered)):
                found[column] = header
                break
    placed = _by_place(ours, {**headers, **found}, set(others) - found.keys())
    free = {header for header in layout.user_headers if not missing.get(header, True)}
    return found | {column: header for column, header in placed if header in free}


def _text(row: Mapping[int, Any], column: int) -> str:
    return collapse_whitespace(row[column].value) if column in row else ""


def _most(matches: Sequence[bool]) -> bool:
    return 2 * sum(matches) > len(matches)


def _by_place(
    ours: Sequence[str], headers: Mapping[int, str], others: set[int]
) -> Iterator[tuple[int, str]]:
    """Yield the columns between two of ours that are as many as are missing there, in order."""
    column_of = {name: column for column, name in headers.items()}
    there = [number for number, header in enumerate(ours) if header in column_of]
    for left, right in pairwise([*there, len(ours)]):
        begin = column_of[ours[left]]
        end = column_of[ours[right]] if right < len(ours) else max(headers) + 1
        between = sorted(column for column in headers if begin < column < end)
        new = [column for column in between if column in others]
        if len(new) == right - left - 1 and not {headers[c] for c in between}.intersection(ours):
            yield from zip(new, ours[left + 1 : right], strict=True)
