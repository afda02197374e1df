"""From values to cells: text from strangers stays text, links stay readable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

import pandas as pd
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell

LONGEST_TEXT = 32_767
LONGEST_URL = 2_079
MOST_LINKS = 65_530
"""Excel's limits: characters of a cell and of an address, hyperlinks of a sheet."""
LONGEST_FRAGMENT = 80
DATE_FORMAT = "d mmm yyyy"


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads somewhere; the text itself where Excel could not hold the address."""

    text: str
    url: str


Value = str | int | float | bool | date | datetime | Link | None


def put(cell: Cell, value: Value, *, links_left: bool = True) -> None:
    """Write a machine's value; whatever text is in it never becomes a formula."""
    if isinstance(value, Link):
        _put_text(cell, value.text)
        if links_left and value.url and len(value.url) <= LONGEST_URL:
            cell.hyperlink = clean(value.url)
    elif isinstance(value, str):
        _put_text(cell, value)
    elif isinstance(value, datetime):
        # Excel knows no time zones; a day is what matters here.
        cell.value = None if pd.isna(value) else value.date()
        cell.number_format = DATE_FORMAT
    elif value is not None and not pd.isna(value):
        cell.value = value


def clean(text: str) -> str:
    """Return text as a workbook can hold it: no control characters, not too long."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_TEXT]


def link_to_spot(url: str, anchor: str) -> str:
    """Return the address that opens a page at the very words of the link."""
    words = " ".join(anchor.split())[:LONGEST_FRAGMENT]
    return f"{url}#:~:text={quote(words, safe='').replace('-', '%2D')}" if words else url


def _put_text(cell: Cell, text: str) -> None:
    cell.value = clean(text)
    if cell.value:
        cell.data_type = "s"
