"""A journal is read through when that is due: it takes as long as the journal is large."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from brokenlinks.store.backups import back_up_journal, check_journal
from brokenlinks.store.database import StoreError, open_store

NOW = datetime(2026, 3, 2, tzinfo=UTC)
LATER = NOW + timedelta(days=7)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Return a journal that was copied, and then damaged by its disk."""
    journal = tmp_path / "journal.sqlite"
    open_store(url_of(journal)).close()
    back_up_journal(url_of(journal), NOW)
    with closing(sqlite3.connect(journal)) as store:
        query = "SELECT pageno FROM dbstat WHERE name = 'targets'"
        [(page,)] = store.execute(query).fetchall()
        [(size,)] = store.execute("PRAGMA page_size").fetchall()
    with journal.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(os.urandom(size))
    return journal


def url_of(journal: Path) -> str:
    return f"sqlite:///{journal}"


def is_found_damaged(journal: Path, now: datetime) -> bool:
    try:
        check_journal(url_of(journal), now)
    except StoreError:
        return True
    return False


def test_a_journal_is_read_through_once_a_week(journal: Path) -> None:
    assert not is_found_damaged(journal, NOW)
    assert is_found_damaged(journal, LATER)


def test_a_journal_is_read_through_after_a_run_that_did_not_end(journal: Path) -> None:
    with closing(sqlite3.connect(journal)) as run:
        run.execute("CREATE TABLE more (id INTEGER)")
        assert is_found_damaged(journal, NOW)
    assert not is_found_damaged(journal, NOW)
