"""While the workbook is open elsewhere the user goes on in another: what is in either counts."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import pytest

from brokenlinks.report.workbook.reading import keys_with_status
from tests.report.workbook.desk import ROWS, WorkbookHarness
from tests.report.workbook.odd_files import strict

pytestmark = pytest.mark.slow

A_DAY_S = 24 * 60 * 60


@pytest.fixture
def lock(harness: WorkbookHarness) -> Path:
    """Write the workbook, and open it elsewhere."""
    harness.run(*ROWS)
    lock = harness.path.with_name(f".~lock.{harness.path.name}#")
    lock.touch()
    return lock


def beside(harness: WorkbookHarness) -> WorkbookHarness:
    """Run while the workbook is open; returns what was written beside it."""
    written = harness.run(*ROWS)
    assert written.path != harness.path
    return WorkbookHarness(written.path, harness.now)


def test_what_was_written_in_the_other_file_is_read_back(
    harness: WorkbookHarness, lock: Path
) -> None:
    other = beside(harness)
    other.write("a.example", "Status", "Do not contact")
    other.write("b.example", "My DR", 54)
    assert len(keys_with_status(harness.path, "do not contact")) == 1
    lock.unlink()
    [warning] = harness.run(*ROWS).warnings
    assert other.path.name in warning
    assert harness.row("a.example")["Status"] == "Do not contact"
    assert harness.row("b.example")["My DR"] == 54
    assert not other.path.exists()
    assert (harness.path.parent / "backups" / other.path.name).exists()
    assert harness.run(*ROWS).warnings == []
    assert harness.row("a.example")["Status"] == "Do not contact"


@pytest.mark.parametrize("main_is_later", [True, False])
def test_of_two_edits_of_a_cell_the_later_counts(
    harness: WorkbookHarness, lock: Path, *, main_is_later: bool
) -> None:
    other = beside(harness)
    harness.write("a.example", "Status", "Ready")
    harness.write("a.example", "Owner", "Ann")
    other.write("a.example", "Status", "Won")
    other.write("b.example", "Notes", "mailed")
    later, earlier = (harness, other) if main_is_later else (other, harness)
    os.utime(earlier.path, (1_000, 1_000))
    os.utime(later.path, (2_000, 2_000))
    lock.unlink()
    harness.run(*ROWS)
    row = harness.row("a.example")
    assert (row["Status"], row["Owner"]) == ("Ready" if main_is_later else "Won", "Ann")
    assert harness.row("b.example")["Notes"] == "mailed"


def test_a_file_that_was_read_is_not_taken_for_an_edit(
    harness: WorkbookHarness, lock: Path
) -> None:
    harness.write("a.example", "Status", "Ready")
    first = beside(harness)
    first.write("a.example", "Status", "Do not contact")
    second = beside(harness)
    assert second.row("a.example")["Status"] == "Do not contact"
    harness.write("b.example", "Notes", "written in the open file after all")
    second.write("b.example", "Owner", "Ann")
    lock.unlink()
    harness.run(*ROWS)
    assert harness.row("a.example")["Status"] == "Do not contact"
    row = harness.row("b.example")
    assert (row["Notes"], row["Owner"]) == ("written in the open file after all", "Ann")


def test_a_cell_that_was_emptied_stays_empty(harness: WorkbookHarness, lock: Path) -> None:
    harness.write("a.example", "Notes", "old")
    other = beside(harness)
    other.write("a.example", "Notes", None)
    lock.unlink()
    harness.run(*ROWS)
    assert harness.row("a.example")["Notes"] is None


def test_a_file_beside_that_cannot_be_read_stops_the_mails(
    harness: WorkbookHarness, lock: Path
) -> None:
    other = beside(harness)
    other.path.write_bytes(other.path.read_bytes()[:2000])
    lock.unlink()
    assert len(harness.run(*ROWS).unread) == 1
    assert len(list(harness.path.parent.glob("home-brewing-unreadable-*.xlsx"))) == 1


def test_a_file_beside_may_be_an_odd_one(harness: WorkbookHarness, lock: Path) -> None:
    other = beside(harness)
    other.write("a.example", "Status", "Do not contact")
    strict(other.path)
    harness.write("b.example", "Status", "Won")
    strict(harness.path)
    lock.unlink()
    assert harness.run(*ROWS).unread == []
    statuses = [harness.row(page)["Status"] for page in ("a.example", "b.example")]
    assert statuses == ["Do not contact", "Won"]
    assert len(list(harness.path.parent.glob("home-brewing-original-*.xlsx"))) == 1
    assert all("only the values" not in warning for warning in harness.run(*ROWS).warnings)


@pytest.mark.parametrize("name", ["~$home-brewing.xlsx", ".~lock.home-brewing.xlsx#"])
def test_a_lock_file_older_than_a_day_is_of_a_crash(harness: WorkbookHarness, name: str) -> None:
    harness.run(*ROWS)
    lock = harness.path.with_name(name)
    lock.touch()
    then = time.time() - A_DAY_S - 60
    os.utime(lock, (then, then))
    written = harness.run(*ROWS)
    assert written.path == harness.path
    [warning] = written.warnings
    assert name in warning
    assert "older than a day" in warning


@pytest.mark.skipif(not Path("/proc/self/comm").exists(), reason="lists of processes are Linux's")
@pytest.mark.parametrize(("host", "is_open"), [(socket.gethostname(), False), ("another", True)])
def test_a_lock_of_a_program_that_is_gone_is_of_a_crash(
    harness: WorkbookHarness, host: str, *, is_open: bool
) -> None:
    if any("soffice" in name.read_text() for name in Path("/proc").glob("[0-9]*/comm")):
        pytest.skip("LibreOffice runs here")
    harness.run(*ROWS)
    lock = harness.path.with_name(f".~lock.{harness.path.name}#")
    lock.write_text(f"Ann Lee,ann,{host},20.11.2026 10:11,file:///home/ann/.config/libreoffice/4;")
    written = harness.run(*ROWS)
    assert (written.path != harness.path) is is_open
    assert ("no longer running" in written.warnings[0]) is not is_open
