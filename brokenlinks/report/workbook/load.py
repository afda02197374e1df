"""Loads workbooks: with formats where openpyxl can, else the values alone."""

from __future__ import annotations

import time
import warnings
import zlib
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from textwrap import shorten
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.packaging.relationship import Relationship, RelationshipList
from openpyxl.utils.exceptions import InvalidFileException

from brokenlinks.report.workbook.cells import clean_text, escape_text
from brokenlinks.text.tables import PasswordError, SheetValues, sheet_values

MAX_REASON_LENGTH = 150
"""Characters. openpyxl's reasons run to several lines; ours is part of one."""
BROKEN_FILE_ERRORS = (
    *(BadZipFile, zlib.error, EOFError),  # the archive: cut off, or bytes changed
    RuntimeError,  # parts of it encrypted, or compressed in a way Python cannot read
    SyntaxError,  # both XML parsers' errors are of this kind
    *(LookupError, ValueError, TypeError, AttributeError),  # a part or value openpyxl misses
    InvalidFileException,
    OSError,  # a position before the beginning: the bytes themselves are all there
)
"""What openpyxl raises for a damaged file."""
WAITS = (0.5, 1.0, 2.0)
"""Seconds until a file that cannot be read is tried again: scanners let go within one or two."""
NO_SUCH_FILE = (FileNotFoundError, IsADirectoryError, NotADirectoryError)


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


class BusyError(UnreadableError):
    """A file cannot be read for the moment, for want of a right, a connection or memory."""


def load(path: Path) -> tuple[Workbook, str]:
    """Open an existing workbook; the text says why its formats were lost, "" if they were not.

    Raises UnreadableError if not even its values can be read, BusyError if its bytes cannot.
    """
    book, why, _ = load_with_content(path)
    return book, why


def load_with_content(path: Path) -> tuple[Workbook, str, bytes]:
    """Open a workbook like `load`, and return the bytes that were read."""
    for wait in (*WAITS, None):
        try:
            content = path.read_bytes()
            return *_parse(content), content
        except NO_SUCH_FILE as error:
            raise UnreadableError(error.strerror) from error
        except (OSError, MemoryError) as error:
            if wait is None:
                why = getattr(error, "strerror", None) or "not enough memory"
                raise BusyError(why) from error
            time.sleep(wait)
    raise AssertionError


def _parse(content: bytes) -> tuple[Workbook, str]:
    try:
        return _load_all(content), ""
    except BROKEN_FILE_ERRORS as error:
        text = str(error) or type(error).__name__
        why = shorten(text, MAX_REASON_LENGTH, placeholder=" ...")
        return _load_values(content, why), why


def _load_all(content: bytes) -> Workbook:
    with warnings.catch_warnings():
        # Warns of Excel's additions to our sheets, which are rebuilt anyway.
        warnings.simplefilter("ignore", UserWarning)
        book = load_workbook(BytesIO(content))
    if not book.worksheets:
        raise UnreadableError(
            "none of its sheets can be read, as in a file saved as Strict Open XML"
        )
    return book


def _load_values(content: bytes, why: str) -> Workbook:
    """Read the values with a reader that needs no styles; `why` is what kept openpyxl from it."""
    try:
        return _copy_values(sheet_values(content))
    except PasswordError as error:
        raise UnreadableError(str(error)) from error
    except BROKEN_FILE_ERRORS as error:
        raise UnreadableError(why) from error


def _copy_values(sheets: Iterable[SheetValues]) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, is_visible, rows in sheets:
        sheet = book.create_sheet(name)
        if not is_visible:
            sheet.sheet_state = "hidden"
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                if value == "":
                    continue
                cell = sheet.cell(number, column)
                if isinstance(value, str):
                    cell.value = escape_text(clean_text(value))
                    cell.data_type = "s"
                elif isinstance(value, float) and value.is_integer():
                    cell.value = int(value)
                else:
                    cell.value = value
    return book
