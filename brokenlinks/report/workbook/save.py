"""Saves workbooks so that a crash never leaves half a file under the real name."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from glob import escape
from pathlib import Path

from openpyxl import Workbook

BACKUPS_KEPT = 5
TIMESTAMP_FORMAT = "%Y%m%d-%H%M%S"
FOREIGN, UNREADABLE = "foreign", "unreadable"
"""Why a file is set aside: it is not a workbook of ours, or cannot be read as a workbook."""
ORIGINAL = "original"
"""In the name of a copy that has the formats of a workbook of which only the values were read."""


def set_aside(path: Path, why: str, now: datetime) -> None:
    """Rename a file to make room, never over another."""
    path.rename(_dated(path, why, now))


def copy_aside(path: Path, now: datetime) -> Path:
    """Copy a file whose formats will be lost when it is written again; returns the copy's path."""
    return Path(shutil.copy2(path, _dated(path, ORIGINAL, now)))


def _dated(path: Path, why: str, now: datetime) -> Path:
    return _free_path(
        path.with_name(f"{path.stem}-{why}-{now.strftime(TIMESTAMP_FORMAT)}{path.suffix}")
    )


def files_set_aside(path: Path) -> list[Path]:
    """Return the files that were set aside for `path` and are still beside it."""
    patterns = (
        f"{escape(path.stem)}-{why}-????????-??????*{path.suffix}" for why in (FOREIGN, UNREADABLE)
    )
    return [aside for pattern in patterns for aside in sorted(path.parent.glob(pattern))]


def save(workbook: Workbook, path: Path, now: datetime) -> tuple[Path, list[str]]:
    """Write a temporary file, then rename it; returns the path and warnings.

    If the file is read-only or open in a spreadsheet program, the new one gets a dated name.
    """
    temporary = path.with_name(f".{path.stem}.{os.getpid()}.tmp.xlsx")
    try:
        with temporary.open("wb") as file:
            workbook.save(file)
            file.flush()
            os.fsync(file.fileno())
        if _is_open(path) or not _is_writable(path):
            return _write_alongside(temporary, path, now)
        _back_up(path, now)
        try:
            temporary.replace(path)
        except PermissionError:
            return _write_alongside(temporary, path, now)
    finally:
        temporary.unlink(missing_ok=True)
    return path, []


def _write_alongside(temporary: Path, path: Path, now: datetime) -> tuple[Path, list[str]]:
    sibling = _free_path(
        path.with_name(f"{path.stem}-{now.strftime(TIMESTAMP_FORMAT)}{path.suffix}")
    )
    temporary.replace(sibling)
    return sibling, [f"{path.name} is open elsewhere or read-only: written as {sibling.name}"]


def _is_open(path: Path) -> bool:
    owners = (f"~${path.name}", f".~lock.{path.name}#")
    return any(path.with_name(name).exists() for name in owners)


def _is_writable(path: Path) -> bool:
    return not path.exists() or bool(path.stat().st_mode & 0o200)


def _back_up(path: Path, now: datetime) -> None:
    if not path.exists():
        return
    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    shutil.copy2(
        path, _free_path(folder / f"{path.stem}-{now.strftime(TIMESTAMP_FORMAT)}{path.suffix}")
    )
    kept = sorted(folder.glob(f"{escape(path.stem)}-????????-??????*{path.suffix}"))
    for old in kept[:-BACKUPS_KEPT]:
        old.unlink()


def _free_path(path: Path) -> Path:
    candidate, number = path, 1
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return candidate
