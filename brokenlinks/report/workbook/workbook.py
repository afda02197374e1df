"""Writes the workbook: reads what the user wrote, rebuilds our sheets, keeps the user's."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar, cast

import pandas as pd
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from brokenlinks.models.contact import DoNotContact
from brokenlinks.report.left_out import LeftOut
from brokenlinks.report.outreach.decisions import Decisions
from brokenlinks.report.outreach.drafts import Sender
from brokenlinks.report.outreach.mailings import Mailing, plan_mailings
from brokenlinks.report.workbook import save as saving
from brokenlinks.report.workbook.annotations import (
    MarginNotes,
    read_margin_notes,
    write_margin_notes,
)
from brokenlinks.report.workbook.carry_over import carry_over
from brokenlinks.report.workbook.load import BusyError, UnreadableError, load, load_with_content
from brokenlinks.report.workbook.merge import merge_edits, read_file, retire
from brokenlinks.report.workbook.moves import Moves
from brokenlinks.report.workbook.reading import (
    LAYOUTS,
    StoredAnnotation,
    find_sheet,
    read_sheets,
    readable_annotations,
    restore_comments_and_links,
)
from brokenlinks.report.workbook.sheets import (
    changes,
    contacts,
    dashboard,
    opportunities,
    read_me,
)
from brokenlinks.report.workbook.snapshot import (
    SheetSnapshot,
    encoded_annotations,
)
from brokenlinks.report.workbook.table import MAX_ROWS, Row, fill_sheet
from brokenlinks.report.workbook.user_decisions import (
    dashboard_data,
    read_decisions,
    settle_statuses,
)
from brokenlinks.scoring.changes import NOT_UPDATED, Removal
from brokenlinks.scoring.opportunities import Ranking

log = logging.getLogger(__name__)

MAX_TRIES = 3
"""Of replacing a workbook that is saved while the new one is written, which takes seconds."""
T = TypeVar("T")


@dataclass(slots=True)
class WriteResult:
    """Where the workbook is, what the user wrote in it, and what they should know.

    `unread` explains for each workbook that was set aside what to do with it; until then no mail
    goes out. `mailings` follow from the user's decisions, `hidden_keys` are the keys of the rows
    they do not want to see.
    """

    path: Path
    annotations: list[StoredAnnotation] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    mailings: list[Mailing] = field(default_factory=list)
    hidden_keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StoredState:
    """What the journal keeps for rows with notes: the notes, and why a row left the list.

    `annotations` are for a file, a sheet or a row that was lost; `removals` are by row key, and so
    are `rows`, the cells that say what a row is about.
    """

    annotations: Sequence[StoredAnnotation] = ()
    removals: Mapping[str, Removal] = field(default_factory=dict)
    rows: Mapping[str, Row] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkbookData:
    """What the workbook shows: the ranking, what changed, the runs; and who writes the mails.

    `listed` is the user's list of who must not be written to.
    """

    ranking: Ranking
    facts: read_me.RunFacts
    events: pd.DataFrame
    runs: pd.DataFrame
    sender: Sender = field(default_factory=Sender)
    listed: DoNotContact = field(default_factory=DoNotContact)


def write_workbook(
    path: Path, contents: WorkbookData, stored: StoredState, now: datetime, left_out: LeftOut
) -> WriteResult:
    """Rebuild the workbook at `path`; nothing the user wrote in it is lost or moved.

    Cells, sheets and mails that fail are `left_out`.
    """
    saving.remove_leftovers(path)
    for _ in range(MAX_TRIES):
        with contextlib.suppress(saving.ChangedError), left_out.attempt():
            return _write(path, contents, stored, now, left_out)
    raise OSError(f"{path} is saved again and again by another program")


def _write(
    path: Path, contents: WorkbookData, stored: StoredState, now: datetime, left_out: LeftOut
) -> WriteResult:
    """Write it once. Raises ChangedError if the user saved the workbook meanwhile."""
    old_file = _load_or_create(path, now)
    stored = replace(stored, annotations=readable_annotations(stored.annotations, left_out))
    book, source, why = old_file.book, old_file.path, old_file.why
    sheets = {layout.title: find_sheet(book, layout) for layout in LAYOUTS}
    old, warnings = read_sheets(sheets, stored.annotations, stored.rows)
    if why:
        restore_comments_and_links(old, stored.annotations)
        copied = saving.copy_aside(source, path, now)
        warnings.append(
            f"only the values of {source.name} could be read ({why}): all of them are kept;"
            f" your formats, formulas and pictures are in {copied.name}"
        )
    beside: list[Path] = []
    if saving.files_beside(path):
        beside, save_warnings = _merge_others(old, path, old_file, stored.annotations, now)
        warnings += save_warnings
    unread = {aside: _why_unread(aside) for aside in saving.files_set_aside(path)}
    # Before the new rows are made, so that old and new cells are not in memory together.
    new = {
        title: _replace_sheet(book, sheets.pop(title), snapshot.title)
        for title, snapshot in old.items()
    }
    ranked = contents.ranking.opportunities
    work_list = old[opportunities.LAYOUT.title]
    settle_statuses(work_list, set(ranked["key"]), stored.removals)
    decisions = read_decisions(
        old, ranked, contents.listed, tuple(file.name for file in (*unread, *old_file.busy))
    )
    mailings = plan_mailings(ranked, decisions, contents.sender, left_out)
    cut = []
    moves: dict[str, Moves | None] = {}
    for layout, source_of in zip(LAYOUTS, _sources(contents, decisions, mailings), strict=True):
        title, removals = layout.title, stored.removals
        records: Iterable[Any] = ()
        try:
            records = source_of()
        except Exception as error:  # noqa: BLE001 - the other sheets must be written
            left_out.add(f"sheet {title}", error)
            removals = dict.fromkeys(old[title].annotations, NOT_UPDATED)
        placement, hidden = fill_sheet(
            new[title],
            layout,
            records,
            old[title],
            removals=removals,
            known=stored.rows,
            left_out=left_out,
        )
        moves[new[title].title] = Moves(old[title].placement, placement)
        if hidden:
            cut.append(
                f"{title}: {hidden:,} more rows; the sheet shows the first {MAX_ROWS:,},"
                " and scrapy export writes every link"
            )
    with left_out.on_failure(f"sheet {dashboard.TITLE}"):
        progress = dashboard_data(contents.ranking, contents.runs, work_list)
        _rewrite_free_sheet(
            book, dashboard.TITLE, dashboard.PROGRAM_COLUMNS, dashboard.fill, progress
        )
    facts = replace(
        contents.facts,
        unfinished=(*contents.facts.unfinished, *cut),
        left_out=left_out.sentences(),
    )
    with left_out.on_failure(f"sheet {read_me.TITLE}"):
        _rewrite_free_sheet(book, read_me.TITLE, read_me.PROGRAM_COLUMNS, read_me.fill, facts)
    moves |= {title: None for title in (dashboard.TITLE, read_me.TITLE) if title in book.sheetnames}
    before = None if why else old_file.content
    content, lost = _rendered(book, source, before, moves, _activate_work_list(book, old))
    if lost:
        copied = saving.copy_aside(source, path, now)
        warnings.append(f"{lost}; all of it is in {copied.name}")
    saved, save_warnings = saving.save(content, path, now, old_file.digests, over=not old_file.busy)
    if beside or saved != path:
        retire(set(beside or [path]) - set(old_file.busy), path, saved)
    notes = [
        (layout.title, *note)
        for layout in LAYOUTS
        for note in encoded_annotations(old[layout.title])
    ]
    return WriteResult(
        saved,
        notes,
        warnings=[*warnings, *save_warnings],
        unread=[
            *(_what_to_do(path, aside, why) for aside, why in unread.items()),
            *(_what_is_missing(file, why, saved) for file, why in old_file.busy.items()),
        ],
        mailings=mailings,
        hidden_keys=decisions.hidden_keys(),
    )


@dataclass(slots=True)
class _Opened:
    """The workbook written last, at `path`; `content` is None for a new one.

    `digests` are of it and of all files beside it, from before they were read.
    `why` says why only its values could be read, "" if that is not so. `busy` are the files that
    cannot be read now, and why.
    """

    digests: dict[Path, bytes]
    book: Workbook
    path: Path
    why: str = ""
    content: bytes | None = None
    busy: dict[Path, str] = field(default_factory=dict)


def _load_or_create(path: Path, now: datetime) -> _Opened:
    """Open the workbook written last, or start an empty one. Damaged files are set aside."""
    digests, busy = saving.digests(path), {}
    for file in (*reversed(saving.files_beside(path)), path):
        if not file.exists():
            continue
        try:
            book, why, content = load_with_content(file)
        except BusyError as error:
            busy[file] = str(error)
            continue
        except UnreadableError:
            saving.set_aside(file, path, saving.UNREADABLE, now)
            del digests[file]
            continue
        if _is_ours(book):
            return _Opened(digests, book, file, why, content, busy)
        saving.set_aside(file, path, saving.FOREIGN, now)
        del digests[file]
    fresh = Workbook()
    fresh.remove(fresh.worksheets[0])
    return _Opened(digests, fresh, path, busy=busy)


def _rendered(
    book: Workbook,
    source: Path,
    before: bytes | None,
    moves: Mapping[str, Moves | None],
    opened: str,
) -> tuple[bytes, str]:
    """Return the file, made of the user's, `before`, if there is one; and what it has lost."""
    file = BytesIO()
    book.save(file)
    if before is None:
        return file.getvalue(), ""
    try:
        content, lost = carry_over(before, file.getvalue(), moves, opened)
    except Exception as error:
        log.debug("%s is written anew", source, exc_info=True)
        why = str(error) or type(error).__name__
        return file.getvalue(), (
            f"the values of {source.name} are kept, but not everything else ({why}):"
            " look at your pictures, drop-downs and colours"
        )
    named = [
        f"{', '.join(sorted(what))} on the sheet {title}" for title, what in lost.items() if what
    ]
    return content, f"what cannot be kept: {'; '.join(named)}" if named else ""


def _merge_others(
    old: dict[str, SheetSnapshot],
    path: Path,
    opened: _Opened,
    stored: Sequence[StoredAnnotation],
    now: datetime,
) -> tuple[list[Path], list[str]]:
    """Add what the user wrote in files other than `opened`; returns all that were read, warnings.

    Damaged files are set aside.
    """
    source, others = opened.path, {}
    for file in (*saving.files_beside(path), path):
        if file != source and file not in opened.busy and file.exists():
            try:
                others[file] = read_file(file)
            except BusyError as error:
                opened.busy[file] = str(error)
            except UnreadableError:
                saving.set_aside(file, path, saving.UNREADABLE, now)
                del opened.digests[file]
    warnings = []
    if source != path:
        warnings.append(f"{source.name}, written while {path.name} was open, was read back")
    warnings += [
        f"what you wrote in {file.name} was read as well; of two edits of a cell the later counts"
        for file in merge_edits(old, source, others, stored)
    ]
    return [*others, source], warnings


def _is_ours(book: Workbook) -> bool:
    return any(find_sheet(book, layout) for layout in LAYOUTS)


def _why_unread(aside: Path) -> str:
    """Return why a file that was set aside cannot be read; it may have been repaired since."""
    try:
        book, _ = load(aside)
    except UnreadableError as error:
        return str(error)
    return "it can be read now" if _is_ours(book) else "it has none of our sheets"


def _what_to_do(path: Path, aside: Path, why: str) -> str:
    return (
        f"No mail goes out: {path.name} could not be read ({why}) and may have decisions of yours."
        f" It was set aside as {aside}. Repair it (open it in Excel or LibreOffice, save it as"
        " .xlsx), copy into it what you have written in the new one since, and rename it"
        f" {path.name}. If you do not need it, delete it or move it to another folder."
        " Then run scrapy report"
    )


def _what_is_missing(file: Path, why: str, saved: Path) -> str:
    return (
        f"No mail goes out: {file.name} cannot be read now ({why}) and may have decisions of yours."
        f" It was left as it is, and {saved.name} was written beside it. Once it can be read, run"
        " scrapy report, which puts the two together"
    )


def _replace_sheet(book: Workbook, sheet: Worksheet | None, title: str) -> Worksheet:
    """Put an empty sheet in the place of the old one, named and hidden as the user left it."""
    if sheet is None:
        return cast("Worksheet", book.create_sheet(title))
    position = book.index(sheet)
    book.remove(sheet)
    renewed = cast("Worksheet", book.create_sheet(title, position))
    renewed.sheet_state = sheet.sheet_state
    return renewed


def _sources(
    contents: WorkbookData, decisions: Decisions, mailings: Sequence[Mailing]
) -> list[Callable[[], Iterable[Any]]]:
    """Return for each of our sheets what gives the records that it shows."""
    ranking, events = contents.ranking, contents.events
    return [
        lambda: opportunities.records(
            _with_barred(ranking.opportunities, decisions),
            decisions,
            changes.of_latest_run(events),
        ),
        ranking.dead_targets.itertuples,
        ranking.dead_domains.itertuples,
        lambda: contacts.records(_with_barred(ranking.opportunities, decisions)),
        lambda: mailings,
        lambda: changes.records(events),
        ranking.uncertain.itertuples,
        ranking.excluded.itertuples,
    ]


def _with_barred(ranked: pd.DataFrame, decisions: Decisions) -> pd.DataFrame:
    """Return the work list with a column that says which sites must not be written to."""
    contact = zip(ranked["page_site"].to_list(), ranked["contact"].to_list(), strict=True)
    return ranked.assign(is_barred=[decisions.bars(site, address) for site, address in contact])


def _rewrite_free_sheet(
    book: Workbook,
    title: str,
    program_columns: int,
    fill: Callable[[Worksheet, T], None],
    contents: T,
) -> None:
    """Rewrite a sheet without a table, keeping what the user wrote around our cells."""
    sheet = cast("Worksheet", book[title]) if title in book.sheetnames else None
    around = MarginNotes() if sheet is None else read_margin_notes(sheet, program_columns)
    renewed = _replace_sheet(book, sheet, title)
    fill(renewed, contents)
    write_margin_notes(renewed, around)


def _activate_work_list(book: Workbook, old: dict[str, SheetSnapshot]) -> str:
    """Let the workbook open on the work list; returns its title."""
    first = book[old[opportunities.LAYOUT.title].title]
    first.sheet_state = "visible"
    book.active = book.index(first)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is first
    return str(first.title)
