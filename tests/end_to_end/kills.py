"""Ends the program at random moments, its workbook's writing included, and starts it again.

    python -m tests.end_to_end.kills --count 200 [--seed 1]

A crawl, a recheck, a verify and a report in turn, most of them killed, some told to end.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from brokenlinks.demo.content import DEMO_NICHE, DemoWeb
from tests.end_to_end.conftest import PATIENCE, Workspace, setting_arguments
from tests.end_to_end.program import POLL_INTERVAL, Program, run_scrapy
from tests.end_to_end.test_interruptions import comparable_rows

FIRST_RUN = {"CLOCK": "2026-03-01T06:00:00"}
SECOND_RUN = {"CLOCK": "2026-04-01T06:00:00"}
PAGE = "stammwuerze.example", "/links"
"""A page without what it leads to: a run of few seconds."""
COMMANDS = ("resources", "recheck", "verify", "report")
SIGNALS = (signal.SIGKILL,) * 8 + (signal.SIGTERM, signal.SIGHUP)
WORKERS = 4
MAX_WRITE_SECONDS = 0.05
"""Seconds that a small workbook takes from its temporary file to the next file at most."""
COLUMNS = "Key", "Status", "Notes"
Row = tuple[object, ...]


def main() -> int:
    """Play as many kills as asked for; print what was lost: nothing, or a line each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with DemoWeb() as web, tempfile.TemporaryDirectory() as folder:
        tester = KillTester(web, Path(folder))
        seeds = range(asked.seed, asked.seed + asked.count)
        with ThreadPoolExecutor(WORKERS) as pool:
            lost = sum(map(tell, pool.map(tester.kill_once, seeds)))
    tell(f"{count} {moment}" for moment, count in sorted(tester.moments.items()))
    tell([f"{asked.count} kills, {lost} faults"])
    return 1 if lost else 0


def tell(lines: Iterable[str]) -> int:
    """Print lines as they come; return how many."""
    count = 0
    for count, line in enumerate(lines, start=1):  # noqa: B007
        print(line, flush=True)  # noqa: T201
    return count


class KillTester:
    """A user whose program is ended a month after its first run, again and again."""

    def __init__(self, web: DemoWeb, folder: Path) -> None:
        self._web = web
        self._folder = folder
        self._before = self._workspace("before", FIRST_RUN)
        run(self._before, "resources").check_returncode()
        self._written = write_notes(self._before.workbook)
        self._seconds: dict[str, float] = {}
        self._expected: dict[str, Counter[Row]] = {}
        for command in COMMANDS:
            undisturbed = self._copy(command)
            began = time.monotonic()
            run(undisturbed, command).check_returncode()
            self._seconds[command] = time.monotonic() - began
            self._expected[command] = outcome_of(undisturbed, command)
        self.moments: Counter[str] = Counter()

    def kill_once(self, seed: int) -> list[str]:
        """End one command, look at what it left, let another end its work; return what is lost."""
        workspace = self._copy(str(seed))
        command = COMMANDS[seed % len(COMMANDS)]
        moment = self._kill(workspace, command, random.Random(seed))
        lost = [f"{line} after the kill" for line in self._missing(workspace)]
        done = run(workspace, command)
        if done.returncode:
            lost.append(f"the next run ended with {done.returncode}: {done.stderr}{done.stdout}")
        lost += [f"{line} after the next run" for line in self._missing(workspace)]
        outcome, expected = outcome_of(workspace, command), self._expected[command]
        differences = (outcome - expected) + (expected - outcome)
        lost += [f"{row}: not as after an undisturbed run" for row in differences]
        lost += [f"{file.name} is left" for file in workspace.folder.rglob("*.tmp*")]
        shutil.rmtree(workspace.folder)
        self.moments[moment] += 1
        return [f"seed {seed}, {moment}: {line}" for line in lost]

    def _kill(self, workspace: Workspace, command: str, chance: random.Random) -> str:
        program = Program(workspace.folder, *words(workspace, command))
        if chance.random() < 0.5:
            while not is_writing(workspace) and program.is_running():
                time.sleep(POLL_INTERVAL)
            time.sleep(chance.uniform(0, MAX_WRITE_SECONDS))
        else:
            time.sleep(chance.uniform(0, self._seconds[command]))
        sent, in_time = chance.choice(SIGNALS), program.is_running()
        if in_time:
            program.send_signal(sent)
        program.finish()
        moment = "while it wrote the workbook" if is_writing(workspace) else "somewhere"
        return f"{command} {sent.name} {moment if in_time else 'too late'}"

    def _missing(self, workspace: Workspace) -> Iterator[str]:
        """Yield what the user wrote and is not in the workbook any more, or twice."""
        rows = Counter(rows_of(workspace.workbook))
        yield from (f"the note of {row[0]} is lost" for row in self._written if row not in rows)
        keys = Counter(key for key, *_ in rows.elements())
        yield from (f"row {key} is there twice" for key, count in keys.items() if count > 1)
        for file in workspace.folder.rglob("[!.]*.xlsx"):
            with ZipFile(file) as archive:
                if archive.testzip() is not None:
                    yield f"{file.name} is not whole"

    def _workspace(self, name: str, clock: Mapping[str, str]) -> Workspace:
        folder = self._folder / name
        folder.mkdir(exist_ok=True)
        return Workspace(folder, self._web, clock)

    def _copy(self, name: str) -> Workspace:
        shutil.copytree(self._before.folder, self._folder / name)
        return self._workspace(name, SECOND_RUN)


def words(workspace: Workspace, command: str) -> list[str]:
    """Return the command line of a spider or of the report."""
    if command == "resources":
        return workspace.command({"urls": workspace.web.url(*PAGE), "max_depth": 0})
    settings = setting_arguments({**workspace.web.settings(), **PATIENCE, **workspace.settings})
    spider = ["report"] if command == "report" else ["crawl", command]
    return [*spider, "-a", f"niche={DEMO_NICHE}", *settings]


def run(workspace: Workspace, command: str) -> CompletedProcess[str]:
    """Run a command to its end."""
    return run_scrapy(workspace.folder, *words(workspace, command))


def outcome_of(workspace: Workspace, command: str) -> Counter[Row]:
    """Return the links as they stand, and what the work list says."""
    links = workspace.links()
    if command == "verify":  # asks anew each time
        links["checks"] = 0
    links.loc[links["verdict"] == "unchecked", "checks"] = 0  # what may not be asked
    return Counter[Row]([*comparable_rows(links), *rows_of(workspace.workbook)])


def is_writing(workspace: Workspace) -> bool:
    """Tell whether a half-written workbook lies beside the real one."""
    return any(workspace.workbook.parent.glob(".*.tmp.xlsx"))


def write_notes(path: Path) -> list[tuple[str, ...]]:
    """Write a status and a note into each row of the work list; return the rows."""
    book = load_workbook(path)
    sheet = book["Opportunities"]
    assert isinstance(sheet, Worksheet)
    key, status, notes = columns_of(sheet)
    for number in range(2, sheet.max_row + 1):
        sheet.cell(number, status, "Ready")
        sheet.cell(number, notes, f"on {sheet.cell(number, key).value}")
    book.save(path)
    return rows_of(path)


def rows_of(path: Path) -> list[tuple[str, ...]]:
    """Return key, status and note of the rows of the work list."""
    sheet: Any = load_workbook(path)["Opportunities"]
    at = columns_of(sheet)
    rows = sheet.iter_rows(min_row=2, values_only=True)
    return [tuple(str(row[column - 1]) for column in at) for row in rows]


def columns_of(sheet: Worksheet) -> list[int]:
    """Return the numbers of COLUMNS."""
    headers = [cell.value for cell in sheet[1]]
    return [headers.index(name) + 1 for name in COLUMNS]


if __name__ == "__main__":
    sys.exit(main())
