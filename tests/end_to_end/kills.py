"""Kills the program at random moments of a run, its workbook's writing included, and runs it again.

python -m tests.end_to_end.kills --count 50 [--seed 1]
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from brokenlinks.demo.content import DemoWeb
from tests.end_to_end.conftest import Workspace
from tests.end_to_end.program import ENVIRONMENT, scrapy_command
from tests.end_to_end.test_interruptions import comparable_rows

SLOW_DNS = {"DNS_TIMEOUT": "8"}
"""So that a busy machine is not taken for silent name servers."""
FIRST_RUN = {"CLOCK": "2026-03-01T06:00:00", **SLOW_DNS}
SECOND_RUN = {"CLOCK": "2026-04-01T06:00:00", **SLOW_DNS}
WORKERS = 2
MAX_WRITE_SECONDS = 0.6
"""Seconds that writing a small workbook takes at most, from its temporary file on."""


def main() -> int:
    """Play as many kills as asked for, and say what was lost: nothing, or a line each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with DemoWeb() as web, tempfile.TemporaryDirectory() as folder:
        player = KillTester(web, Path(folder))
        seeds = range(asked.seed, asked.seed + asked.count)
        with ThreadPoolExecutor(WORKERS) as pool:
            lost = [line for lines in pool.map(player.kill_once, seeds) for line in lines]
    print(f"{asked.count} kills, {player.writing} of them while the workbook was written")  # noqa: T201
    print("\n".join(lost) or "nothing was lost")  # noqa: T201
    return 1 if lost else 0


class KillTester:
    """A user whose program is killed a month after its first run, again and again."""

    def __init__(self, web: DemoWeb, folder: Path) -> None:
        self._web = web
        self._folder = folder
        self._before = self._desk("before", FIRST_RUN)
        self._run(self._before)
        self._typed = write_notes(self._before.workbook)
        undisturbed = self._copy("undisturbed")
        began = time.monotonic()
        self._run(undisturbed)
        self._lasts = time.monotonic() - began
        self._expected = final_links(undisturbed)
        self.writing = 0

    def kill_once(self, seed: int) -> list[str]:
        """Kill one run, look at what it left, let another end the work; return what is lost."""
        workspace = self._copy(str(seed))
        moment = self._kill(workspace, random.Random(seed))
        lost = [f"{line} after the kill" for line in self._missing(workspace)]
        self._run(workspace)
        lost += [f"{line} after the next run" for line in self._missing(workspace)]
        if final_links(workspace) != self._expected:
            lost.append("the links are not those of an undisturbed run")
        shutil.rmtree(workspace.folder)
        return [f"kill {seed}, {moment}: {line}" for line in lost]

    def _kill(self, workspace: Workspace, chance: random.Random) -> str:
        process = subprocess.Popen(
            scrapy_command(*workspace.command({"urls": workspace.seeds})),
            cwd=workspace.folder,
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if chance.random() < 0.5:
            while not is_writing(workspace) and process.poll() is None:
                time.sleep(0.005)
            time.sleep(chance.uniform(0, MAX_WRITE_SECONDS))
        else:
            time.sleep(chance.uniform(0, self._lasts))
        process.kill()
        process.wait()
        self.writing += is_writing(workspace)
        return "while the workbook was written" if is_writing(workspace) else "somewhere"

    def _missing(self, workspace: Workspace) -> list[str]:
        kept = notes_in(workspace.workbook)
        return [f"the note of {key} is lost" for key in self._typed if kept.get(key) != f"on {key}"]

    def _run(self, workspace: Workspace) -> None:
        done = workspace.crawl(urls=workspace.seeds)
        if done.returncode:
            raise RuntimeError(done.stderr)

    def _desk(self, name: str, clock: dict[str, str]) -> Workspace:
        folder = self._folder / name
        folder.mkdir(exist_ok=True)
        return Workspace(folder, self._web, clock)

    def _copy(self, name: str) -> Workspace:
        shutil.copytree(self._before.folder, self._folder / name)
        return self._desk(name, SECOND_RUN)


def final_links(workspace: Workspace) -> list[tuple[object, ...]]:
    """Return the links as they stand, but how often it was seen which may not be asked."""
    links = workspace.links()
    links.loc[links["verdict"] == "unchecked", "checks"] = 0
    return comparable_rows(links)


def is_writing(workspace: Workspace) -> bool:
    """Tell whether a half-written workbook lies beside the real one."""
    return any(workspace.workbook.parent.glob(".*.tmp.xlsx"))


def write_notes(path: Path) -> list[str]:
    """Write a note into each row of the work list; return their keys."""
    book = load_workbook(path)
    sheet = book["Opportunities"]
    assert isinstance(sheet, Worksheet)
    headers = {cell.value: number for number, cell in enumerate(sheet[1], start=1)}
    keys = [str(row[0].value) for row in sheet.iter_rows(min_row=2)]
    for number, key in enumerate(keys, start=2):
        sheet.cell(number, headers["Notes"], f"on {key}")
    book.save(path)
    return keys


def notes_in(path: Path) -> dict[str, str]:
    """Return the notes of the work list by their rows' keys."""
    rows = list(load_workbook(path)["Opportunities"].iter_rows(values_only=True))
    at = rows[0].index("Notes")
    return {str(row[0]): str(row[at]) for row in rows[1:]}


if __name__ == "__main__":
    sys.exit(main())
