"""Writes values into cells: text of web pages stays text, links stay readable."""

from __future__ import annotations

import math
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

import pandas as pd
from openpyxl.cell.cell import Cell

from brokenlinks.text.printable import printable, printable_lines

MAX_CELL_CHARS = 32_767
MAX_URL_CHARS = 2_079
MAX_HYPERLINKS = 65_530
"""Excel's limits: characters of a cell and of a URL, hyperlinks of a sheet."""
MAX_FRAGMENT_CHARS = 80
"""Enough words to find a link on its page; longer fragments may miss for one changed character."""
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""A character as the file format writes it where XML or a reader would change it."""
SCHEMES = ("http://", "https://")
DATE_FORMAT = "d mmm yyyy"
FIRST_DATE = date(1900, 3, 1)
"""Excel knows no earlier dates, and takes 1900 for a leap year."""
_TEXT_DATES = (
    *("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y/%m/%d", "%d.%m.%Y"),
    *("%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%d/%m/%Y", "%m/%d/%Y"),
)
"""Dates as programs and users write them in text; with slashes, day and month may change places."""


@dataclass(frozen=True, slots=True)
class Link:
    """Text with a hyperlink."""

    text: str
    url: str


Value = str | int | float | bool | date | datetime | Link | None


def write_value(cell: Cell, value: Value, *, allow_hyperlink: bool = True) -> None:
    """Write a value of the program's; its text never becomes a formula."""
    if isinstance(value, Link):
        _write_link(cell, value, allow_hyperlink=allow_hyperlink)
    elif isinstance(value, str):
        _write_text(cell, value)
    elif is_blank(value):
        pass
    elif isinstance(value, date):
        # Excel has no time zones, and the day is enough.
        day = value.date() if isinstance(value, datetime) else value
        if day >= FIRST_DATE:
            cell.value = day
        else:
            _write_text(cell, day.isoformat())
    elif isinstance(value, int | float) and not math.isfinite(value):
        _write_text(cell, str(value))
    else:
        cell.value = value


def is_blank(value: Value) -> bool:
    """Whether a value leaves its cell empty."""
    return value is None or value == "" or (isinstance(value, float | date) and pd.isna(value))


def clean_text(text: str) -> str:
    """Return text as a workbook can hold it: no character that XML forbids, not too long."""
    kept = _FORBIDDEN.sub("", text)
    if len(kept) > MAX_CELL_CHARS // 2:  # an emoji counts as two
        kept = kept.encode("utf-16-le")[: 2 * MAX_CELL_CHARS].decode("utf-16-le", "ignore")
    return kept


def escape_text(text: str) -> str:
    """Return text as the file format stores it, escaping what looks like an escape."""
    return _ESCAPED.sub(r"_x005F_x\1_", text)


def unescape_text(text: str) -> str:
    """Return stored text as Excel shows it; lines end in a plain line feed.

    Excel writes the carriage returns of a pasted mail as `_x000D_`; openpyxl leaves them so.
    """
    plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return clean_text(plain.replace("\r\n", "\n").replace("\r", "\n")) if plain != text else text


def date_from_text(text: str) -> date | None:
    """Return the date that a text is, None if it is none or could be two."""
    plain = collapse_whitespace(text).lstrip("'")
    found = set()
    for form in _TEXT_DATES:
        with suppress(ValueError):
            found.add(datetime.strptime(plain, form).date())  # noqa: DTZ007 - days have no zone
    return found.pop() if len(found) == 1 else None


def collapse_whitespace(header: object) -> str:
    """Return a header without invisible spaces, "" for none."""
    return "" if header is None else " ".join(str(header).split())


def text_fragment_url(url: str, anchor: str) -> str:
    """Return the URL that opens a page at the words of the link."""
    words = " ".join(anchor.split())
    if len(words) > MAX_FRAGMENT_CHARS:  # browsers search for whole words
        words = words[:MAX_FRAGMENT_CHARS].rpartition(" ")[0]
    spot = f"{url}#:~:text={quote(words, safe='').replace('-', '%2D')}"
    return spot if words and len(spot) <= MAX_URL_CHARS else url


def _write_link(cell: Cell, link: Link, *, allow_hyperlink: bool) -> None:
    fits = link.url.startswith(SCHEMES) and len(link.url) <= MAX_URL_CHARS
    if fits and allow_hyperlink:
        _write_text(cell, link.text)
        cell.hyperlink = clean_text(printable(link.url))
    else:
        is_shown = link.url.startswith(link.text) or not link.url
        _write_text(cell, link.text if is_shown else f"{link.text}: {link.url}")


def _write_text(cell: Cell, text: str) -> None:
    cell.value = escape_text(clean_text(printable_lines(text)))
    if cell.value:
        cell.data_type = "s"
