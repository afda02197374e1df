"""Loads workbooks: with formats where openpyxl can, else the values alone."""

from __future__ import annotations

import warnings
from pathlib import Path
from textwrap import shorten
from typing import BinaryIO

import python_calamine as calamine
from openpyxl import Workbook, load_workbook
from openpyxl.packaging.relationship import Relationship, RelationshipList
from openpyxl.utils.exceptions import InvalidFileException

from brokenlinks.report.workbook.cells import clean_text, escape_text
from brokenlinks.text.tables import BROKEN_WORKBOOK_ERRORS

MAX_REASON_LENGTH = 150
"""Characters. openpyxl's reasons run to several lines; ours is part of one."""
BROKEN_FILE_ERRORS = (*BROKEN_WORKBOOK_ERRORS, InvalidFileException)


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


def load(path: Path) -> tuple[Workbook, str]:
    """Open an existing workbook; the text says why its formats were lost, "" if they were not.

    Raises UnreadableError if not even its values can be read.
    """
    try:
        # Opened here because openpyxl does not close a file that it cannot read.
        with path.open("rb") as file:
            try:
                return _load_all(file), ""
            except BROKEN_FILE_ERRORS as error:
                text = str(error) or type(error).__name__
                why = shorten(text, MAX_REASON_LENGTH, placeholder=" ...")
                file.seek(0)
                return _load_values(file, why), why
    except OSError as error:
        raise UnreadableError(error.strerror or type(error).__name__) from error


def _load_all(file: BinaryIO) -> Workbook:
    with warnings.catch_warnings():
        # Warns of Excel's additions to our sheets, which are rebuilt anyway.
        warnings.simplefilter("ignore", UserWarning)
        book = load_workbook(file)
    if not book.worksheets:
        raise UnreadableError(
            "none of its sheets can be read, as in a file saved as Strict Open XML"
        )
    return book


def _load_values(file: BinaryIO, why: str) -> Workbook:
    """Read the values with a reader that needs no styles; `why` is what kept openpyxl from it."""
    try:
        with calamine.load_workbook(file) as source:
            return _copy_values(source)
    except (calamine.CalamineError, *BROKEN_FILE_ERRORS) as error:
        raise UnreadableError(why) from error
    except BaseException as error:
        # calamine is written in Rust, and its panics are not Exceptions.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableError(why) from error


def _copy_values(source: calamine.CalamineWorkbook) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for metadata in source.sheets_metadata:
        if metadata.typ is not calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.create_sheet(metadata.name)
        if metadata.visible is not calamine.SheetVisibleEnum.Visible:
            sheet.sheet_state = "hidden"
        rows = source.get_sheet_by_name(metadata.name).to_python(skip_empty_area=False)
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
