"""Text and CSV files that users save in any program, and CSV that any program may open."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass, field
from typing import NamedTuple

DELIMITERS = "\t;,"
"""In this order where a line has as many of each: commas also stand in numbers and URLs."""
NO_DELIMITER = "\x1f"
"""Splits nothing: for files of one column."""
FULL_WIDTH_PREFIXES = ("\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The full-width forms, which an East Asian Excel reads like the others."""
FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r", "\n", *FULL_WIDTH_PREFIXES)


class Row(NamedTuple):
    """A row of a table: the number of its last line, and its cells without outer spaces."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that hold something, and the lines that cannot be read with the reason for each."""

    delimiter: str
    rows: list[Row] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)


def unicode_encoding(content: bytes) -> str:
    """Return "utf-16" for a file that begins with its byte order mark, else "utf-8-sig"."""
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return "utf-16" if is_utf16 else "utf-8-sig"


def decode_text(content: bytes) -> str:
    """Return the text of a file: UTF-16 with its mark, else UTF-8, else Latin-1; never raises."""
    if unicode_encoding(content) == "utf-16":
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def read_table(text: str) -> Table:
    """Read CSV separated by tab, semicolon or comma, whichever the first line has most of.

    A row that cannot be read, such as one with a cell over 131,072 characters, costs no other.
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    table = Table(delimiter if delimiter in first else NO_DELIMITER)
    lines = list(io.StringIO(text, newline=""))
    begun = 0
    while begun < len(lines):
        # The empty line at the end becomes part of a cell whose quotation mark is not closed.
        last = len(lines) - begun + 1
        reader = csv.reader([*lines[begun:], "\n"], delimiter=table.delimiter)
        taken, problem = 0, ""
        try:
            for cells in reader:
                if cells and reader.line_num == last:
                    problem = "a quotation mark is not closed"
                    break
                taken = reader.line_num
                if any(map(str.strip, cells)):
                    table.rows.append(Row(begun + taken, [cell.strip() for cell in cells]))
        except csv.Error as error:
            problem = str(error)
        if problem:
            taken += 1
            table.problems.append((begun + taken, problem))
        begun += taken
    return table


def escape_formula(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: it may come from any web page."""
    return f"'{text}" if text.startswith(FORMULA_PREFIXES) else text
