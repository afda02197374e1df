"""Reads the workbook as the user left it: finds our sheets, and restores notes they lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from brokenlinks.report.left_out import LeftOut
from brokenlinks.report.workbook.annotations import Annotation
from brokenlinks.report.workbook.cells import MAX_CELL_CHARS, Link, collapse_whitespace
from brokenlinks.report.workbook.load import BusyError, UnreadableError, load
from brokenlinks.report.workbook.renamed import find_renamed
from brokenlinks.report.workbook.save import files_beside
from brokenlinks.report.workbook.sheets import (
    changes,
    contacts,
    dead_domains,
    dead_targets,
    drafts,
    excluded,
    opportunities,
    uncertain,
)
from brokenlinks.report.workbook.snapshot import (
    UNKEYED_PREFIX,
    SheetSnapshot,
    header_row,
    read_sheet,
    restore_truncated,
)
from brokenlinks.report.workbook.table import Layout, Row
from brokenlinks.report.workbook.user_decisions import status_in

LAYOUTS = (
    opportunities.LAYOUT,
    dead_targets.LAYOUT,
    dead_domains.LAYOUT,
    contacts.LAYOUT,
    drafts.LAYOUT,
    changes.LAYOUT,
    uncertain.LAYOUT,
    excluded.LAYOUT,
)
MIN_HEADER_SHARE = 0.7
"""Headers of a layout that identify a sheet without its table and name: users delete a few."""
StoredAnnotation = tuple[str, str, str, str]
"""Sheet, key, header, encoded value."""


class WorkbookError(ValueError):
    """The workbook cannot be used; the message is one line for the user."""


def find_sheet(book: Workbook, layout: Layout) -> Worksheet | None:
    """Find one of our sheets by its table, whose name stays when the sheet is renamed.

    Programs that drop tables keep the sheet's name, or at least its headers.
    """
    by_table = [sheet for sheet in book.worksheets if layout.table in sheet.tables]
    by_name = [sheet for sheet in book.worksheets if sheet.title == layout.title]
    ours = [sheet for sheet in (*by_name, *book.worksheets) if _has_headers(sheet, layout)]
    return next(iter(by_table or ours), None)


def keys_with_status(workbook: Path, status: str) -> set[str]:
    """Return the keys of the work list's rows with a status, in any capitalisation.

    Raises WorkbookError if there is no work list, or no such status.
    """
    newest = [workbook, *files_beside(workbook)][-1]
    if not newest.exists():
        raise WorkbookError(f"{workbook} does not exist; scrapy report writes it")
    try:
        book, _ = load(newest)
    except BusyError as error:
        raise WorkbookError(
            f"{newest} cannot be read now ({error}): send no mail, and give the same command again"
        ) from error
    except UnreadableError as error:
        raise WorkbookError(
            f"{workbook} cannot be read ({error}): send no mail before you have repaired it;"
            " scrapy report sets it aside and writes a new one"
        ) from error
    layout = opportunities.LAYOUT
    sheet = find_sheet(book, layout)
    if sheet is None:
        raise WorkbookError(f"{workbook} has no sheet Opportunities; scrapy report writes it")
    by_status: dict[str, set[str]] = {}
    old = read_sheet(
        sheet,
        layout.program_headers,
        layout.user_headers,
        find_renamed=partial(find_renamed, layout, lambda _: {}),
    )
    for key, notes in old.annotations.items():
        by_status.setdefault(status_in(notes).casefold(), set()).add(key)
    offered = [choice for column in layout.columns for choice in column.choices]
    if status.casefold() not in {*by_status, *map(str.casefold, offered)}:
        raise WorkbookError(f"no row has the status {status!r}; choose from {', '.join(offered)}")
    return by_status.get(status.casefold(), set())


def read_sheets(
    found: Mapping[str, Worksheet | None],
    stored: Sequence[StoredAnnotation],
    rows: Mapping[str, Row],
) -> tuple[dict[str, SheetSnapshot], list[str]]:
    """Read our sheets, by title, and add what the journal knows of notes that they lost.

    `rows` are cells of the program's, by row key. Returns warnings about columns that the user
    renamed, deleted or overfilled.
    """
    annotated: defaultdict[str, set[str]] = defaultdict(set)
    for title, key, _, _ in stored:
        annotated[title].add(key)
    old = {}
    for layout in LAYOUTS:
        sheet, title = found[layout.title], layout.title
        old[title] = (
            SheetSnapshot(title=title)
            if sheet is None
            else read_sheet(
                sheet,
                layout.program_headers,
                layout.user_headers,
                annotated[title],
                partial(find_renamed, layout, partial(_known_cells, title, stored, rows)),
            )
        )
    lost = {title for title, sheet in found.items() if sheet is None}
    renamed = [
        f"the column {header} was missing on the sheet {sheet.title}: you had renamed it {name!r}."
        " It has its name again, and what you wrote in it counts"
        for sheet in old.values()
        for header, name in sheet.renamed.items()
    ]
    return old, [*_restore_truncated(stored, old), *_restore_lost(stored, old, lost), *renamed]


def _known_cells(
    title: str, stored: Sequence[StoredAnnotation], rows: Mapping[str, Row], header: str
) -> dict[str, str]:
    """Return what the journal has of a column, by row key: our cells, and what the user wrote."""
    cells = {key: row[header] for key, row in rows.items() if header in row}
    known = {key: cell.text if isinstance(cell, Link) else cell for key, cell in cells.items()}
    for sheet, key, name, value in stored:
        if (sheet, name) == (title, header):
            known[key] = Annotation.decoded(value).value
    return {key: collapse_whitespace(value) for key, value in known.items()}


def readable_annotations(
    stored: Iterable[StoredAnnotation], left_out: LeftOut
) -> list[StoredAnnotation]:
    """Return the journal's notes without those that are damaged, which are `left_out`."""
    readable = []
    for note in stored:
        with left_out.on_failure("notes that the journal keeps"):
            Annotation.decoded(note[3])
            readable.append(note)
    return readable


def restore_comments_and_links(
    old: Mapping[str, SheetSnapshot], stored: Iterable[StoredAnnotation]
) -> None:
    """Restore from the journal what a workbook of which only the values were read cannot show."""
    for title, key, header, value in stored:
        stored_note = Annotation.decoded(value)
        notes = old[title].annotations.get(key) if title in old else None
        if notes is None or not (stored_note.comment or stored_note.link):
            continue
        now = notes.get(header, Annotation())
        same_text = now.value == stored_note.value
        notes[header] = replace(
            now, comment=stored_note.comment, link=stored_note.link if same_text else now.link
        )


def _restore_truncated(
    stored: Sequence[StoredAnnotation], old: dict[str, SheetSnapshot]
) -> list[str]:
    """Restore from the journal the full text of notes that were too long for their cell.

    Returns a warning for each column with such a note.
    """
    long = [note for note in stored if len(note[3]) > MAX_CELL_CHARS]
    return [
        f"a note under {header} on the sheet {sheet.title} is too long for a cell: the sheet shows"
        f" its first {MAX_CELL_CHARS:,} characters, the journal keeps all of it"
        for title, sheet in old.items()
        for header in sorted(
            restore_truncated(sheet, (Annotation.decoded(n[3]) for n in long if n[0] == title))
        )
    ]


def _restore_lost(
    stored: Iterable[StoredAnnotation], old: dict[str, SheetSnapshot], lost: set[str]
) -> list[str]:
    """Restore the notes of lost sheets and columns, and of rows deleted with their notes.

    Returns a warning for each column that the user renamed or deleted.
    """
    missing = {
        (layout.title, header)
        for layout in LAYOUTS
        if layout.title not in lost
        for header in layout.user_headers
        if header not in old[layout.title].user_headers
    }
    back = set()
    for title, key, header, value in stored:
        is_stray = key.startswith(UNKEYED_PREFIX)
        deleted = title in old and not is_stray and key not in old[title].keys
        if title in lost or deleted:
            old[title].restore(key, header, Annotation.decoded(value))
        elif (title, header) in missing and not is_stray:
            old[title].restore(key, header, Annotation.decoded(value))
            back.add((title, header))
    return [
        f"the column {header} was missing on the sheet {old[title].title}: it is back, with the"
        " notes of the last run. If you renamed it, the renamed column is kept, but has no effect"
        for title, header in sorted(back)
    ]


def _has_headers(sheet: Worksheet, layout: Layout) -> bool:
    """Whether a sheet without a known table has most headers of a layout, and less of others."""
    if any(other.table in sheet.tables for other in LAYOUTS if other is not layout):
        return False
    headers = {collapse_whitespace(cell.value).casefold() for cell in sheet[header_row(sheet)]}

    def likeness(layout: Layout) -> tuple[int, float]:
        here = headers.intersection(map(str.casefold, layout.program_headers))
        return len(here), len(here) / len(layout.program_headers)

    return likeness(layout)[1] > MIN_HEADER_SHARE and layout is max(LAYOUTS, key=likeness)
