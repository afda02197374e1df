"""Which rows of the work list a person has given which status."""

from __future__ import annotations

from pathlib import Path

from brokenlinks.report.workbook.save import UnreadableError, load
from brokenlinks.report.workbook.sheets.opportunities import LAYOUT
from brokenlinks.report.workbook.snapshot import read_sheet
from brokenlinks.report.workbook.user_decisions import status_in
from brokenlinks.report.workbook.workbook import find_sheet


class WorkbookError(ValueError):
    """The workbook cannot be used; the message is one line for the person."""


def keys_with_status(workbook: Path, status: str) -> set[str]:
    """Return the keys of the work list's rows that have a status, however it is capitalised.

    Raises WorkbookError when there is no such work list, or no such status.
    """
    if not workbook.exists():
        raise WorkbookError(f"{workbook} does not exist; scrapy report writes it")
    try:
        book = load(workbook)
    except UnreadableError as error:
        raise WorkbookError(
            f"{workbook} cannot be read ({error}): send no mail before you have mended it;"
            " scrapy report sets it aside and writes a new one"
        ) from error
    sheet = find_sheet(book, LAYOUT)
    if sheet is None:
        raise WorkbookError(f"{workbook} has no work list of ours; scrapy report writes it")
    by_status: dict[str, set[str]] = {}
    old = read_sheet(sheet, LAYOUT.program_headers, LAYOUT.user_headers)
    for key, notes in old.annotations.items():
        by_status.setdefault(status_in(notes).casefold(), set()).add(key)
    offered = [choice for column in LAYOUT.columns for choice in column.choices]
    if status.casefold() not in {*by_status, *map(str.casefold, offered)}:
        raise WorkbookError(f"no row has the status {status!r}; offered are {', '.join(offered)}")
    return by_status.get(status.casefold(), set())
