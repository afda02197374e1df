"""Simulates many users of workbooks, and prints what was lost.

python -m tests.report.workbook.histories --count 300 [--seed 1] [--office]
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from tests.report.workbook.user import start_history

ROUNDS = 3
OFFICE = "soffice"
BATCH_SIZE = 50
"""Files given to LibreOffice, which gives up quietly somewhere behind two hundred."""
TIMEOUT = 600


def run_histories(folder: Path, seeds: Sequence[int], *, office: bool = False) -> list[str]:
    """Play histories in step; with `office`, LibreOffice saves every second sitting's files.

    Returns what was lost, a line each.
    """
    users = [start_history(folder, seed) for seed in seeds]
    lost: list[str] = []
    for sitting in range(ROUNDS):
        for user in users:
            user.edit_workbook()
        if office:
            resave([user.harness.path for user in users], through_ods=bool(sitting % 2))
        for user in users:
            user.run()
            lost += [f"history {user.seed}: {line}" for line in user.lost_edits()]
        if lost:
            break
    counted = sum(user.words for user in users)
    print(f"{len(users)} histories of {ROUNDS} sittings, {counted} words typed")  # noqa: T201
    return lost


def resave(paths: Sequence[Path], *, through_ods: bool) -> None:
    """Let LibreOffice open and save the files, as .ods and back too. It drops leading tabs."""
    folder = paths[0].parent
    _convert("ods" if through_ods else "xlsx", paths, folder / "office")
    if through_ods:
        _convert("xlsx", sorted((folder / "office").glob("*.ods")), folder / "office")
    for path in paths:
        (folder / "office" / path.name).replace(path)


def _convert(ending: str, paths: Sequence[Path], to: Path) -> None:
    profile = f"-env:UserInstallation=file://{to.parent / 'profile'}"
    command = [OFFICE, "--headless", profile, "--convert-to", ending, "--outdir", str(to)]
    for at in range(0, len(paths), BATCH_SIZE):
        files = map(str, paths[at : at + BATCH_SIZE])
        subprocess.run([*command, *files], check=True, capture_output=True, timeout=TIMEOUT)


def main() -> int:
    """Play, print, and tell by the exit code whether anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--office", action="store_true", help="let LibreOffice save the files")
    asked = parser.parse_args()
    if asked.office and not shutil.which(OFFICE):
        parser.error(f"{OFFICE} is not installed")
    began = monotonic()
    with tempfile.TemporaryDirectory() as folder:
        seeds = range(asked.seed, asked.seed + asked.count)
        lost = run_histories(Path(folder), seeds, office=asked.office)
    print(*lost, f"{len(lost)} lost; {monotonic() - began:.0f} s", sep="\n")  # noqa: T201
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
