"""Loads workbooks, and saves them so that a crash never leaves half a file under the real name."""

from __future__ import annotations

import os
import shutil
import warnings
from datetime import datetime
from glob import escape
from pathlib import Path
from textwrap import shorten

from openpyxl import Workbook, load_workbook
from openpyxl.packaging.relationship import Relationship, RelationshipList
from openpyxl.utils.exceptions import InvalidFileException

from brokenlinks.text.tables import BROKEN_WORKBOOK_ERRORS

BACKUPS_KEPT = 5
TIMESTAMP_FORMAT = "%Y%m%d-%H%M%S"
FOREIGN, UNREADABLE = "foreign", "unreadable"
"""Why a file is set aside: it is not a workbook of ours, or cannot be read as a workbook."""
MAX_REASON_LENGTH = 150
"""Characters. openpyxl's reasons run to several lines; ours is part of one."""


def _get_relationship(relationships: RelationshipList, key: str) -> Relationship:
    """Return a relationship by its id, from an index.

    openpyxl 3.1 scans the whole list for every hyperlink, which takes minutes for 60,000 of them.
    This is our only patch of it, and the reason for `openpyxl<3.2` in pyproject.toml.
    """
    index: dict[str, Relationship] = relationships.__dict__.setdefault("index_by_id", {})
    if len(index) != len(relationships):
        index.clear()
        index.update((str(relationship.Id), relationship) for relationship in relationships)
    return index[key]


RelationshipList.get = _get_relationship  # type: ignore[method-assign,assignment]


class UnreadableError(ValueError):
    """A file cannot be read as a workbook; the message says why in a few words."""


def load(path: Path) -> Workbook:
    """Open an existing workbook. Raises UnreadableError if it cannot be read."""
    try:
        # Opened here because openpyxl does not close a file that it cannot read.
        with path.open("rb") as file, warnings.catch_warnings():
            # Warns of Excel's additions to our sheets, which are rebuilt anyway.
            warnings.simplefilter("ignore", UserWarning)
            book = load_workbook(file)
    except OSError as error:
        raise UnreadableError(error.strerror or type(error).__name__) from error
    except (*BROKEN_WORKBOOK_ERRORS, InvalidFileException) as error:
        why = shorten(str(error), MAX_REASON_LENGTH, placeholder=" ...")
        raise UnreadableError(why or type(error).__name__) from error
    if not book.sheetnames:
        raise UnreadableError(
            "none of its sheets can be read, as in a file saved as Strict Open XML"
        )
    return book


def set_aside(path: Path, why: str, now: datetime) -> None:
    """Rename a file to make room, never over another."""
    path.rename(
        _free_path(
            path.with_name(f"{path.stem}-{why}-{now.strftime(TIMESTAMP_FORMAT)}{path.suffix}")
        )
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
