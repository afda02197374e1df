"""Files that cannot be read for a moment, or that are saved while we write: no edit is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from brokenlinks.report.outreach.mailings import ready
from brokenlinks.report.workbook.reading import (
    StoredAnnotation,
    WorkbookError,
    keys_with_status,
)
from tests.report.workbook.desk import ROWS, WorkbookHarness

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="a file of Linux"),
]
FAILS_TO_READ = Path("/proc/self/mem")
"""Opens, and fails with EIO when it is read, as a disk or a share that is not well does."""


class UnluckyDesk(WorkbookHarness):
    """A user whose workbook comes and goes."""

    @property
    def away(self) -> Path:
        return self.path.with_name("away")

    def take_away(self) -> None:
        """Let the workbook fail to be read."""
        self.path.rename(self.away)
        self.path.symlink_to(FAILS_TO_READ)

    def bring_back(self) -> None:
        self.away.replace(self.path)

    def others(self) -> set[str]:
        """Return the names of all files in the folder but the workbook."""
        return {file.name for file in self.path.parent.iterdir()} - {self.path.name, "backups"}


@pytest.fixture
def desk(harness: WorkbookHarness) -> UnluckyDesk:
    desk = UnluckyDesk(harness.path)
    desk.run(*ROWS)
    desk.write("a.example", "Status", "Ready")
    desk.run(*ROWS)
    return desk


def test_a_workbook_that_can_be_read_again_soon_is_waited_for(desk: UnluckyDesk) -> None:
    desk.write("b.example", "Notes", "called")
    desk.take_away()
    returns = threading.Timer(0.3, desk.bring_back)
    returns.start()
    written = desk.run(*ROWS)
    returns.join()
    assert (written.path, written.unread, written.warnings) == (desk.path, [], [])
    assert desk.row("b.example")["Notes"] == "called"


def test_a_workbook_that_cannot_be_read_stays_and_both_are_put_together_later(
    desk: UnluckyDesk,
) -> None:
    desk.write("b.example", "Notes", "called")
    desk.take_away()
    beside = desk.run(*ROWS)
    assert desk.path.is_symlink()
    assert beside.path != desk.path
    [what_to_do] = beside.unread
    assert "cannot be read now (Input/output error)" in what_to_do
    assert "\n" not in what_to_do
    assert list(ready(beside.mailings)) == []
    other = WorkbookHarness(beside.path)
    assert other.row("a.example")["Status"] == "Ready"
    other.write("c.example", "Notes", "wrote")
    with pytest.raises(WorkbookError, match="no row has the status"):
        keys_with_status(desk.path, "Nonesuch")
    desk.bring_back()
    together = desk.run(*ROWS)
    assert (together.path, together.unread) == (desk.path, [])
    notes = {row["Page"]: row["Notes"] for row in desk.rows()}
    assert notes["http://b.example/links"] == "called"
    assert notes["http://c.example/links"] == "wrote"
    assert desk.row("a.example")["Status"] == "Ready"
    assert desk.others() == set()


def test_no_mail_is_due_while_a_decision_cannot_be_read(desk: UnluckyDesk) -> None:
    desk.take_away()
    with pytest.raises(WorkbookError, match="cannot be read now"):
        keys_with_status(desk.path, "Ready")


class ReadWhileSaved(list[StoredAnnotation]):
    """The journal's notes, whose reading takes so long that the user saves the workbook."""

    def __init__(self, desk: UnluckyDesk, times: int) -> None:
        super().__init__(desk.stored)
        self._desk, self._times = desk, times
        self.readings = 0

    def __iter__(self) -> Iterator[StoredAnnotation]:
        self.readings += 1
        if self._times:
            self._times -= 1
            self._desk.write("b.example", "Notes", f"saved with {self._times} to go")
        return super().__iter__()


def test_what_is_saved_while_we_write_is_kept(desk: UnluckyDesk) -> None:
    desk.stored = notes = ReadWhileSaved(desk, 1)
    assert desk.run(*ROWS).path == desk.path
    assert notes.readings > 1, "what was saved is read in a second try"
    assert desk.row("b.example")["Notes"] == "saved with 0 to go"


def test_what_fails_in_a_try_that_is_repeated_counts_once(desk: UnluckyDesk) -> None:
    desk.stored.append(("Opportunities", "a" * 10, "Notes", "{}{"))
    desk.stored = notes = ReadWhileSaved(desk, 1)
    why = "JSONDecodeError: Extra data: line 1 column 3 (char 2)"
    desk.left_out = (f"notes that the journal keeps: 1 left out ({why})",)
    desk.run(*ROWS)
    assert notes.readings > 1


def test_a_workbook_that_is_saved_for_ever_is_left_to_its_user(desk: UnluckyDesk) -> None:
    for _ in range(4):
        desk.run(*ROWS)
    backups = desk.path.parent / "backups"
    before = {file.name: file.read_bytes() for file in backups.iterdir()}
    assert len(before) == 5
    desk.stored = ReadWhileSaved(desk, 100)
    with pytest.raises(OSError, match="saved again and again"):
        desk.run(*ROWS)
    assert "saved with" in desk.row("b.example")["Notes"]
    assert {file.name: file.read_bytes() for file in backups.iterdir()} == before
    assert desk.others() == set()


def test_what_killed_runs_left_is_removed(desk: UnluckyDesk) -> None:
    stem, folder = desk.path.stem, desk.path.parent
    ours = (
        *(f".{stem}.123.tmp.xlsx", f".{stem}-outreach.csv.123.tmp", f".{stem}-forms.csv.4.tmp"),
        *(f"backups/.{stem}-20260301-060000.77.tmp.xlsx", f"backups/.{stem}.9.tmp.xlsx"),
        f".{stem}-original-20260301-060000-2.5.tmp.xlsx",
    )
    others = {f".{stem}-2.123.tmp.xlsx", f".{stem}.2.123.tmp.xlsx", f".{stem}.xlsx", ".mine.tmp"}
    for name in (*ours, *others):
        (folder / name).write_bytes(b"half")
    desk.run(*ROWS)
    assert not [name for name in ours if (folder / name).exists()]
    assert desk.others() == others
    assert load_workbook(desk.path)
