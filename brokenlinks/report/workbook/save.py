"""Saves workbooks so that a crash never leaves half a file under the real name."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import time
from collections.abc import Mapping
from datetime import datetime
from glob import escape
from hashlib import sha256
from pathlib import Path

BACKUPS_KEPT = 5
BACKUP_FOLDER = "backups"
TIMESTAMP_FORMAT = "%Y%m%d-%H%M%S"
FOREIGN, UNREADABLE = "foreign", "unreadable"
"""Why a file is set aside: it is not a workbook of ours, or cannot be read as a workbook."""
ORIGINAL = "original"
"""In the name of the copy kept when only a workbook's values could be read."""


LOCK_LIFETIME_S = 24 * 60 * 60
"""Nobody has a workbook open for longer; a crash leaves its lock file for good."""
PROCESSES = Path("/proc")
"""Linux lists its processes here; elsewhere only a lock's age counts."""
OFFICE_PROCESSES = ("soffice", "oosplash", "libreoffice")
LEFTOVER = r"\.{stem}(-(outreach|forms)\.csv|(-[a-z]+)?-\d{{8}}-\d{{6}}(-\d+)?)?\.\d+\.tmp(\.xlsx)?"
"""Temporary files: of the workbook, what is written beside it, and their copies."""


class ChangedError(Exception):
    """The user saved the workbook after it was read."""


def set_aside(file: Path, path: Path, why: str, now: datetime) -> None:
    """Rename a file, `path` or one written beside it, to make room; never over another."""
    file.rename(_dated(path, why, now))


def copy_aside(file: Path, path: Path, now: datetime) -> Path:
    """Copy a file, `path` or one beside it, whose formats will be lost; returns the copy's path."""
    return copy_whole(file, _dated(path, ORIGINAL, now))


def copy_whole(file: Path, target: Path) -> Path:
    """Copy a file, whole or not at all; returns the copy's path."""
    temporary = _temporary(target)
    try:
        shutil.copy2(file, temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return target


def remove_leftovers(path: Path) -> None:
    """Remove the temporary files of runs that were killed while they wrote the workbook."""
    name = re.compile(LEFTOVER.format(stem=re.escape(path.stem)))
    for folder in (path.parent, path.parent / BACKUP_FOLDER):
        for file in folder.glob(".*"):
            if name.fullmatch(file.name):
                file.unlink(missing_ok=True)


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.stem}.{os.getpid()}.tmp.xlsx")


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


def files_beside(path: Path) -> list[Path]:
    """Return the workbooks written beside `path` while it was open, oldest first."""
    name = re.compile(rf"{re.escape(path.stem)}-(\d{{8}}-\d{{6}})(?:-(\d+))?")
    found = [
        (match[1], int(match[2] or 1), file)
        for file in path.parent.glob(f"{escape(path.stem)}-*{path.suffix}")
        if (match := name.fullmatch(file.stem))
    ]
    return [file for _, _, file in sorted(found)]


def digests(path: Path) -> dict[Path, bytes]:
    """Return what tells the contents of `path`, and of those beside it, from later ones."""
    return {file: _digest(file) for file in (path, *files_beside(path)) if file.exists()}


def _digest(file: Path) -> bytes:
    try:
        return sha256(file.read_bytes()).digest()
    except OSError:
        return b""


def save(
    content: bytes, path: Path, now: datetime, read: Mapping[Path, bytes], *, over: bool = True
) -> tuple[Path, list[str]]:
    """Write a temporary file, then rename it; returns the path and warnings.

    If the file is read-only or open in a spreadsheet program, or must not be written `over`, the
    new one gets a dated name. Raises ChangedError if the `digests` are no longer those of what was
    `read`.
    """
    temporary = _temporary(path)
    stale = stale_locks(path)
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if not over or lock_of(path) or not _is_writable(path):
            _check_unchanged(path, read)
            return _write_alongside(temporary, path, now)
        backup = _back_up(path, now)
        try:
            _check_unchanged(path, read)
            temporary.replace(path)
        except PermissionError:
            return _write_alongside(temporary, path, now)
        except (OSError, ChangedError):
            if backup:
                backup.unlink()
            raise
        _evict_backups(path)
    finally:
        temporary.unlink(missing_ok=True)
    return path, stale


def _check_unchanged(path: Path, read: Mapping[Path, bytes]) -> None:
    if digests(path) != read:
        raise ChangedError(f"{path} was saved meanwhile")


def _write_alongside(temporary: Path, path: Path, now: datetime) -> tuple[Path, list[str]]:
    sibling = _free_path(
        path.with_name(f"{path.stem}-{now.strftime(TIMESTAMP_FORMAT)}{path.suffix}")
    )
    temporary.replace(sibling)
    return sibling, [
        f"{path.name} is open elsewhere, read-only or cannot be read now: written as {sibling.name}"
    ]


def lock_of(path: Path) -> Path | None:
    """Return the file that says that a spreadsheet program has `path` open, None if none does."""
    return next((lock for lock in _locks(path) if not _why_stale(lock)), None)


def stale_locks(path: Path) -> list[str]:
    """Return a warning for each lock file that a crash has left: it no longer counts."""
    reasons = ((lock, _why_stale(lock)) for lock in _locks(path))
    return [
        f"{lock.name} {why}: taken for left over from a crash. Delete it"
        for lock, why in reasons
        if why
    ]


def _locks(path: Path) -> list[Path]:
    """Return the lock files of Excel and LibreOffice that exist."""
    names = (f"~${path.name}", f".~lock.{path.name}#")
    return [path.with_name(name) for name in names if path.with_name(name).exists()]


def _why_stale(lock: Path) -> str:
    """Return why nothing has the file open any more, "" if something may have."""
    try:
        # The clock of the file system, not the run's: it wrote the other time as well.
        if time.time() - lock.stat().st_mtime > LOCK_LIFETIME_S:
            return "is older than a day"
        text = lock.read_bytes()
    except OSError:
        return ""
    # LibreOffice writes name, login, host, date and profile. Excel names nothing but the user.
    _, _, host, *_ = [*text.decode("utf-8", "replace").split(","), "", "", ""]
    is_ours = host.partition(".")[0].casefold() == socket.gethostname().partition(".")[0].casefold()
    if lock.name.startswith(".~lock.") and is_ours and PROCESSES.exists() and not _office_runs():
        return "is of a program that is no longer running"
    return ""


def _office_runs() -> bool:
    """Whether LibreOffice runs on this machine."""
    for name in PROCESSES.glob("[0-9]*/comm"):
        with contextlib.suppress(OSError):  # processes end while we look
            if name.read_text().startswith(OFFICE_PROCESSES):
                return True
    return False


def _is_writable(path: Path) -> bool:
    return not path.exists() or bool(path.stat().st_mode & 0o200)


def _back_up(path: Path, now: datetime) -> Path | None:
    if not path.exists():
        return None
    folder = path.parent / BACKUP_FOLDER
    folder.mkdir(exist_ok=True)
    name = f"{path.stem}-{now.strftime(TIMESTAMP_FORMAT)}{path.suffix}"
    return copy_whole(path, _free_path(folder / name))


def _evict_backups(path: Path) -> None:
    folder = path.parent / BACKUP_FOLDER
    kept = sorted(folder.glob(f"{escape(path.stem)}-????????-??????*{path.suffix}"))
    for old in kept[:-BACKUPS_KEPT]:
        old.unlink()


def _free_path(path: Path) -> Path:
    candidate, number = path, 1
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return candidate
