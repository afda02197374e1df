"""Workbooks written beside one that was open: what the user wrote in any of them since is merged.

`backups/NAME` is NAME as the program last wrote or read it: what differs from it is an edit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from brokenlinks.report.workbook.annotations import Annotation
from brokenlinks.report.workbook.load import UnreadableError, load
from brokenlinks.report.workbook.reading import LAYOUTS, StoredAnnotation, find_sheet, read_sheets
from brokenlinks.report.workbook.save import BACKUP_FOLDER, copy_whole, lock_of
from brokenlinks.report.workbook.snapshot import STATUS, SheetSnapshot, is_program_status

Place = tuple[str, str, str]
"""Sheet, key, header."""


@dataclass(slots=True)
class Edits:
    """What the user changed in one file: notes by place, None for one that was emptied."""

    modified: int
    notes: dict[Place, Annotation | None] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Annotation]]] = field(default_factory=dict)


def merge_edits(
    old: dict[str, SheetSnapshot],
    source: Path,
    others: Mapping[Path, Mapping[str, SheetSnapshot]],
    stored: Sequence[StoredAnnotation],
) -> list[Path]:
    """Add to the sheets of `source` what the user wrote in `others`; returns the files with edits.

    The edit in the file that was saved last wins, cell by cell.
    """
    own = _edits(source, old, stored)
    merged = []
    winners = dict.fromkeys(own.notes, own.modified)
    for other, sheets in sorted(others.items(), key=lambda item: _modified(item[0])):
        edits = _edits(other, sheets, stored)
        for place, note in edits.notes.items():
            if edits.modified >= winners.get(place, 0):
                winners[place] = edits.modified
                _apply(old, place, note, sheets)
        for title, rows in edits.rows.items():
            old[title].unkeyed_rows += rows
            old[title].add_headers(header for row in rows for header in row)
        if edits.notes or edits.rows:
            merged.append(other)
    return merged


def retire(read: Iterable[Path], path: Path, saved: Path) -> None:
    """Move the files that have been read into the backups, except `path` and those still open.

    Those are copied, as is a workbook `saved` beside `path`: their later edits are found by it.
    """
    folder = path.parent / BACKUP_FOLDER
    folder.mkdir(exist_ok=True)
    for file in filter(Path.exists, read):
        if file == path or lock_of(file):
            copy_whole(file, folder / file.name)
        else:
            file.replace(folder / file.name)
    if saved == path:
        (folder / path.name).unlink(missing_ok=True)
    else:
        copy_whole(saved, folder / saved.name)


def _modified(file: Path) -> int:
    return file.stat().st_mtime_ns


def read_file(file: Path) -> dict[str, SheetSnapshot]:
    """Read our sheets of a workbook, by title. Raises UnreadableError."""
    book, _ = load(file)
    sheets, _ = read_sheets({layout.title: find_sheet(book, layout) for layout in LAYOUTS}, (), {})
    return sheets


def _edits(
    file: Path, sheets: Mapping[str, SheetSnapshot], stored: Sequence[StoredAnnotation]
) -> Edits:
    """Return what differs from the file's copy in the backups, or without one from the journal."""
    known = {(title, key, header): text for title, key, header, text in stored}
    rows_known: list[dict[str, str]] = []
    try:
        before = read_file(file.parent / BACKUP_FOLDER / file.name)
    except UnreadableError:
        rows: dict[tuple[str, str], dict[str, str]] = {}
        for (title, key, header), text in known.items():
            rows.setdefault((title, key), {})[header] = text
        rows_known = list(rows.values())
    else:
        known = {place: note.encoded() for place, note in _notes(before).items()}
        rows_known = [_encoded(row) for sheet in before.values() for row in sheet.unkeyed_rows]
    now = _notes(sheets)
    edits = Edits(_modified(file))
    for place, note in now.items():
        if note.encoded() != known.get(place):
            edits.notes[place] = note
    for place in known.keys() - now.keys():
        title, key, _ = place
        if title in sheets and key in sheets[title].keys:  # a deleted row is no decision
            edits.notes[place] = None
    for title, sheet in sheets.items():
        if new := [row for row in sheet.unkeyed_rows if _encoded(row) not in rows_known]:
            edits.rows[title] = new
    return edits


def _notes(sheets: Mapping[str, SheetSnapshot]) -> dict[Place, Annotation]:
    """Return the user's notes in rows with a key."""
    return {
        (title, key, header): note
        for title, sheet in sheets.items()
        for key, notes in sheet.annotations.items()
        for header, note in notes.items()
        if note.has_content and not (header == STATUS and is_program_status(note))
    }


def _encoded(row: Mapping[str, Annotation]) -> dict[str, str]:
    return {header: note.encoded() for header, note in row.items() if note.has_content}


def _apply(
    old: dict[str, SheetSnapshot],
    place: Place,
    note: Annotation | None,
    sheets: Mapping[str, SheetSnapshot],
) -> None:
    title, key, header = place
    sheet = old[title]
    if note is None:
        sheet.annotations.get(key, {}).pop(header, None)
        return
    sheet.annotations.setdefault(key, {})[header] = note
    sheet.add_headers([header])
    if key in sheets[title].rows:
        sheet.rows.setdefault(key, sheets[title].rows[key])
