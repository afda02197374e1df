"""From values to cells: text from strangers stays text, links stay readable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

import pandas as pd
from openpyxl.cell.cell import Cell

LONGEST_TEXT = 32_767
LONGEST_URL = 2_079
MOST_LINKS = 65_530
"""Excel's limits: characters of a cell and of an address, hyperlinks of a sheet."""
LONGEST_FRAGMENT = 80
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SCHEMES = ("http://", "https://")
DATE_FORMAT = "d mmm yyyy"


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads somewhere."""

    text: str
    url: str


Value = str | int | float | bool | date | datetime | Link | None


def put(cell: Cell, value: Value, *, links_left: bool = True) -> None:
    """Write a machine's value; whatever text is in it never becomes a formula."""
    if isinstance(value, Link):
        _put_link(cell, value, links_left=links_left)
    elif isinstance(value, str):
        _put_text(cell, value)
    elif isinstance(value, datetime):
        # Excel knows no time zones; a day is what matters here.
        cell.value = None if pd.isna(value) else value.date()
    elif value is not None and not pd.isna(value):
        cell.value = value


def clean(text: str) -> str:
    """Return text as a workbook can hold it: nothing that XML forbids, not too long."""
    kept = _FORBIDDEN.sub("", text)
    if len(kept) > LONGEST_TEXT // 2:  # a sign such as an emoji counts as two
        kept = kept.encode("utf-16-le")[: 2 * LONGEST_TEXT].decode("utf-16-le", "ignore")
    return kept


def link_to_spot(url: str, anchor: str) -> str:
    """Return the address that opens a page at the very words of the link."""
    words = " ".join(anchor.split())
    if len(words) > LONGEST_FRAGMENT:  # browsers look for whole words
        words = words[:LONGEST_FRAGMENT].rpartition(" ")[0]
    spot = f"{url}#:~:text={quote(words, safe='').replace('-', '%2D')}"
    return spot if words and len(spot) <= LONGEST_URL else url


def _put_link(cell: Cell, link: Link, *, links_left: bool) -> None:
    fits = link.url.startswith(SCHEMES) and len(link.url) <= LONGEST_URL
    if fits and links_left:
        _put_text(cell, link.text)
        cell.hyperlink = clean(link.url)
    else:
        said = link.url.startswith(link.text) or not link.url
        _put_text(cell, link.text if said else f"{link.text}: {link.url}")


def _put_text(cell: Cell, text: str) -> None:
    cell.value = clean(text)
    if cell.value:
        cell.data_type = "s"
