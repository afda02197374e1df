"""Text, CSV, JSON and Excel files that any program saved, and CSV that any program may open."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, NamedTuple
from zipfile import ZipFile, is_zipfile

import python_calamine as calamine

from brokenlinks.text.urls import urls_in, whole_url

DELIMITERS = "\t;,"
"""In order of preference where they split rows alike: commas also occur in numbers and URLs."""
NO_DELIMITER = "\x1f"
"""Splits nothing: for files of one column."""
MAX_CELL_LENGTH = 10_000_000
"""Characters. Crawlers export the text of a whole page as a cell; Python's own limit is 131,072."""
SAMPLE_LINES = 200
"""Enough to see which delimiter a file has, below the lines of its title."""
MIN_EVEN_SHARE = 0.8
"""Least share of a table's rows, below its title lines, with the same number of cells: prose with
commas is less even."""
MAX_TITLE_ROWS = 20
"""How far down to look for the headers: exports begin with the report's name, dates and filters."""
MIN_ACCEPTED_SHARE = 0.5
"""Least share of a column's filled cells that must be what its name promises."""
MAX_UNPACKED_BYTES, MAX_COLUMNS = 50_000_000, 500
"""Of a workbook, some 500,000 rows, and of a sheet: kilobytes may unpack to gigabytes."""
MAX_SHEET_CELLS = 20_000_000
"""A sheet is held as a rectangle down to its farthest cell, 24 bytes for each place in it: one
stray cell in the last column of the last row would take 400 GB, and end the program."""
COMPOUND_FILE, ENCRYPTED_PACKAGE = (
    bytes.fromhex("d0cf11e0a1b11ae1"),
    "EncryptedPackage".encode("utf-16-le"),
)
"""How an encrypted workbook begins, and the name of the part in it that is encrypted."""
_FILLED_CELL = re.compile(rb'<(?:\w+:)?c\s[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"[^<>]*[^<>/]>')
_VALUE = re.compile(rb"<(?:\w+:)?(?:v>[^<]|is>)")
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
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
    """Return "utf-16" or "utf-16-le" or "utf-16-be" for a file in it, else "utf-8-sig".

    UTF-16 is recognised by its byte order mark or, without one, by zeros beside ASCII letters.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = content[:200]
    for encoding, letters, zeros in (("utf-16-le", 0, 1), ("utf-16-be", 1, 0)):
        if len(start) > 1 and not any(start[zeros::2]) and all(start[letters::2]):
            return encoding
    return "utf-8-sig"


def decode_text(content: bytes) -> str:
    """Return the text of a file: UTF-16, or each line in UTF-8, else Windows-1252; never raises."""
    encoding = unicode_encoding(content)
    if encoding.startswith("utf-16"):
        return content.decode(encoding, "replace")
    lines = content.removeprefix(codecs.BOM_UTF8).splitlines(keepends=True)
    return "".join(map(_decode_line, lines))


def _decode_line(line: bytes) -> str:
    """Decode a line by itself: files are put together from files in several encodings."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def parse_json(text: str | bytes) -> Any:
    """Return the value of a JSON text, whose strings may hold line ends and the like.

    Raises ValueError, for one nested too deeply as well.
    """
    try:
        return json.loads(text, strict=False)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def read_table(text: str) -> Table:
    """Read CSV separated by tab, semicolon or comma, whichever makes its rows most even.

    A first line such as "sep=;", which Excel understands, names the delimiter instead.
    A row that cannot be read, such as one with an open quotation mark, does not affect the others.
    """
    csv.field_size_limit(MAX_CELL_LENGTH)  # the module has one limit for all its readers
    lines = list(io.StringIO(text, newline=""))
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    named = re.match(r'"?sep=([^"\r\n])', lines[start], re.IGNORECASE) if lines else None
    table = Table(named[1] if named else _delimiter_of(lines[start : start + SAMPLE_LINES]))
    start += named is not None
    while start < len(lines):
        # The empty line at the end becomes part of a cell whose quotation mark is not closed.
        last = len(lines) - start + 1
        reader = csv.reader([*lines[start:], "\n"], delimiter=table.delimiter)
        consumed, problem = 0, ""
        try:
            for cells in reader:
                if cells and reader.line_num == last:
                    problem = "a quotation mark is not closed"
                    break
                consumed = reader.line_num
                if any(map(str.strip, cells)):
                    table.rows.append(Row(start + consumed, [cell.strip() for cell in cells]))
        except csv.Error as error:
            problem = str(error)
        if problem:
            consumed += 1
            table.problems.append((start + consumed, problem))
        start += consumed
    return table


def _delimiter_of(lines: Sequence[str]) -> str:
    """Return the delimiter by which most rows have the same number of cells, two or more."""
    best, best_rank = NO_DELIMITER, (0.0, 0)
    for delimiter in DELIMITERS:
        rows = _readable_rows(lines, delimiter)
        widths = [len(row) for row in rows]
        count, width = max(
            ((count, width) for width, count in Counter(widths).items() if width > 1),
            default=(0, 1),
        )
        if not count:
            continue
        titles = widths.index(width)
        if widths[0] == 1 and (
            count == 1
            or titles > MAX_TITLE_ROWS
            or count < MIN_EVEN_SHARE * len(widths[titles:])
            or any("://" in cell for row in rows[:titles] for cell in row)  # a list of addresses
        ):
            continue
        if (rank := (count / len(widths), width)) > best_rank:
            best, best_rank = delimiter, rank
    return best


def _readable_rows(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    """Return the rows that hold something, up to one that cannot be read."""
    rows = []
    with suppress(csv.Error):
        for row in csv.reader(lines, delimiter=delimiter):
            if any(map(str.strip, row)):
                rows.append(row)  # noqa: PERF401 - what was read before an error counts
    return rows


class WorkbookError(ValueError):
    """A file cannot be read as an Excel workbook; the message says why in a few words."""


class PasswordError(WorkbookError):
    """A workbook is encrypted."""


class SheetValues(NamedTuple):
    """A worksheet: the values of its cells from A1 on, "" for an empty one."""

    name: str
    is_visible: bool
    rows: list[list[Any]]


def read_workbook(content: bytes) -> list[Table]:
    """Return the sheets of an .xlsx file, numbers without needless decimals.

    Raises WorkbookError for a file that is none, or is broken.
    """
    return [
        Table(
            "\t",
            [
                Row(number, cells)
                for number, values in enumerate(sheet.rows, 1)
                if any(cells := list(map(_cell_text, values[:MAX_COLUMNS])))
            ],
        )
        for sheet in sheet_values(content)
    ]


def sheet_values(content: bytes) -> list[SheetValues]:
    """Return the values on the worksheets of a file, whatever its styles say.

    Raises WorkbookError for a file that is no workbook, is broken, or needs a password.
    """
    if content.startswith(COMPOUND_FILE) and ENCRYPTED_PACKAGE in content:
        raise PasswordError("it needs a password: save it without one")
    file = io.BytesIO(content)
    try:
        filled = _count_filled_sheets(file)
        file.seek(0)
        with calamine.load_workbook(file) as book:
            sheets = [
                SheetValues(
                    sheet.name,
                    sheet.visible == calamine.SheetVisibleEnum.Visible,
                    book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False),
                )
                for sheet in book.sheets_metadata
                if sheet.typ == calamine.SheetTypeEnum.WorkSheet
            ]
    except BaseException as error:
        # calamine is written in Rust, and its panics are not Exceptions.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise WorkbookError(str(error).partition("\n")[0] or type(error).__name__) from error
    if sum(bool(sheet.rows) for sheet in sheets) < filled:
        raise WorkbookError("a sheet has values that cannot be read")
    return sheets


def _count_filled_sheets(file: io.BytesIO) -> int:
    """Return how many sheets of an .xlsx file have values: calamine may find none where one is cut.

    Raises ValueError for a sheet whose cells lie too far apart to be held in memory.
    """
    if not is_zipfile(file):
        return 0
    filled = 0
    with ZipFile(file) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > MAX_UNPACKED_BYTES:
            raise ValueError(f"it unpacks to {unpacked // 1_000_000} MB, which is too much")
        for name in filter(_SHEET_PART.fullmatch, archive.namelist()):
            part = archive.read(name)
            places = _FILLED_CELL.findall(part)
            filled += _VALUE.search(part) is not None
            width = max((_column_number(column) for column, _ in places), default=0)
            height = max((int(row) for _, row in places), default=0)
            if width * height > MAX_SHEET_CELLS:
                raise ValueError(f"a sheet has a cell too far from the others, in row {height:,}")
    return filled


def _column_number(letters: bytes) -> int:
    return reduce(lambda number, letter: number * 26 + letter - 64, letters, 0)


def _cell_text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


class Column(NamedTuple):
    """A column of a table: its position, and the index of the first row below its header."""

    position: int
    body: int


def find_column(rows: Sequence[Row], names: Sequence[str]) -> Column | None:
    """Return the column that holds URLs; None when none does.

    The cells decide, not the header: of `names`, as `column_name` writes them, the first whose
    column holds URLs; then any column with URLs, those with a scheme first; then columns whose
    cells have URLs within other text; at last a column that has a name and nothing usable.
    """
    named = named_columns(rows, names)
    others = [_unnamed_column(rows, index) for index in range(max(len(row.cells) for row in rows))]
    for columns, is_value in (
        (named, _is_url),
        (others, _has_scheme),
        (others, _is_url),
        (named, _holds_url),
        (others, _holds_url),
    ):
        for column in columns:
            if accepts(rows, column, is_value):
                return column
    return named[0] if named else None


def named_columns(rows: Sequence[Row], names: Sequence[str]) -> list[Column]:
    """Return the columns with one of `names` above them, in the order of the names."""
    columns = []
    for number, row in enumerate(rows[:MAX_TITLE_ROWS]):
        if any(map(_has_scheme, row.cells)):
            break  # the values begin
        headers = enumerate(map(column_name, row.cells))
        columns += [(names.index(h), Column(at, number + 1)) for at, h in headers if h in names]
    return [column for _, column in sorted(columns)]


def column_name(header: str) -> str:
    """Return a header as names are compared: "Source URL", "SourceURL", "source_url" are one."""
    return re.sub(r"[\W_]+", "", header).casefold()


def accepts(rows: Sequence[Row], column: Column, is_value: Callable[[str], bool]) -> bool:
    """Return whether at least half of a column's filled cells are values."""
    cells = filter(None, (cell_at(row, column.position) for row in rows[column.body :]))
    good = [is_value(cell) for cell in cells]
    return any(good) and sum(good) >= MIN_ACCEPTED_SHARE * len(good)


def _unnamed_column(rows: Sequence[Row], index: int) -> Column:
    """Return a column whose values begin at its first URL, below any lines of title and header.

    In a list without other columns one line at most is a header: the others are entries.
    """
    first = (at for at, row in enumerate(rows[:MAX_TITLE_ROWS]) if _is_url(cell_at(row, index)))
    body = next(first, 0)
    return Column(index, min(body, 1) if len(rows[body].cells) == 1 else body)


def _is_url(cell: str) -> bool:
    return whole_url(cell) is not None


def _has_scheme(cell: str) -> bool:
    return "://" in cell and whole_url(cell) is not None


def _holds_url(cell: str) -> bool:
    return bool(urls_in(cell))


def cell_at(row: Row, index: int) -> str:
    """Return a cell, "" beyond the end of a row."""
    return row.cells[index] if index < len(row.cells) else ""


def escape_formula(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: it may come from any web page."""
    is_formula = text.startswith(FORMULA_PREFIXES) or text.lstrip().startswith(FORMULA_PREFIXES)
    return f"'{text}" if is_formula else text
