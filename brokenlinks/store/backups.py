"""Finds a damaged journal before a run, and keeps copies that can be put in its place."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from brokenlinks.store.database import (
    COPY_FOLDER,
    StoreError,
    copies_of,
    describe_damage,
    is_damage,
    journal_file,
)

MAX_AGE = timedelta(days=7)
"""What the copy lacks is found again by as many runs; copying a large journal takes minutes."""
COPIES_KEPT = 2
"""Each is as large as the journal; damage that no check finds is not at once in all of them."""


def back_up_journal(url: str, now: datetime) -> None:
    """Copy a journal in a SQLite file whose newest copy is a week old, whole or not at all.

    Raises StoreError when the journal is damaged, which costs no older copy, and OSError when the
    copy cannot be written.
    """
    journal = journal_file(url)
    if journal is None or _has_fresh_copy(url, now):
        return
    folder = journal.parent / COPY_FOLDER
    folder.mkdir(exist_ok=True)
    temporary = folder / f".{journal.stem}.copy.tmp"  # one a journal: a killed run's is replaced
    try:
        temporary.unlink(missing_ok=True)
        problem = _copy(journal, temporary)
        if problem != "ok":
            raise StoreError(describe_damage(url, problem))
        temporary.replace(folder / f"{journal.stem}-{now:%Y%m%d}{journal.suffix}")
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            raise StoreError(describe_damage(url, error)) from error
        raise OSError(str(error)) from error
    finally:
        temporary.unlink(missing_ok=True)
    for old in copies_of(url)[:-COPIES_KEPT]:
        old.unlink()


def check_journal(url: str, now: datetime) -> None:
    """Raise StoreError when pages of a journal in a SQLite file are damaged.

    A run would meet them in the middle of its work. All of the file is read, some seconds for a
    gigabyte: only when it was not copied for a week, which checks it too, and after a run that did
    not end, which leaves SQLite's log.
    """
    journal = journal_file(url)
    if journal is None:
        return
    if _has_fresh_copy(url, now) and not journal.with_name(f"{journal.name}-wal").exists():
        return
    try:
        with closing(sqlite3.connect(journal)) as store:
            problem: str = store.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        problem = str(error)
    if problem != "ok":
        raise StoreError(describe_damage(url, problem))


def _has_fresh_copy(url: str, now: datetime) -> bool:
    copies = copies_of(url)
    return bool(copies) and abs(now - _made(copies[-1])) < MAX_AGE


def _made(copy: Path) -> datetime:
    return datetime.strptime(copy.stem[-8:], "%Y%m%d").replace(tzinfo=UTC)


def _copy(journal: Path, target: Path) -> str:
    """Copy a journal that others may be writing to; returns SQLite's opinion of the copy."""
    with closing(sqlite3.connect(journal)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, not three
        problem: str = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    with target.open("rb") as file:
        os.fsync(file.fileno())
    return problem
