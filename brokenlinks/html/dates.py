"""Finds when a page was last changed, in its metadata or in its text in eight languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from brokenlinks.html.links import Markup
from brokenlinks.text.normalize import normalize_words
from brokenlinks.text.phrases import read_toml

MAX_SCRIPT_LENGTH = 200_000
FOOTER_LENGTH = 20_000
"""Characters read at the beginning and at the end of a page: most dates are in the footer."""
FIRST_YEAR, LAST_YEAR = 1991, 2099
"""The first web page is of 1991; later years than the last are misread numbers."""

_MODIFIED_METAS = ("article:modified_time", "og:updated_time", "last-modified", "dcterms.modified")
_UPDATED_NAME = re.compile(r"updated|modified", re.IGNORECASE)
_ISO_DATE = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)")
_JSON_LD_MODIFIED = re.compile(r'"dateModified"\s*:\s*"([^"]{8,40})"')
_NUMERIC_DATE = re.compile(r"\b(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b")
_NAMED_DATE = re.compile(
    r"(?:\b(?P<before>\d{1,2})(?:st|nd|rd|th|er|\.|º)? (?:de |of )?)?(?P<month>[^\W\d_]{3,12})\.?,?"
    r"(?: (?P<after>\d{1,2})(?:st|nd|rd|th)?,?)?(?: de| del)? (?P<year>\d{4})\b"
)


def updated_date(markup: Markup, language: str) -> date | None:
    """Return when a page was last changed: by its metadata, its text, or its first <time>."""
    in_metadata = filter(None, map(_iso_date, _metadata_dates(markup.root)))
    return (
        next(in_metadata, None)
        or _date_in_text(markup.text, language)
        or _time_element(markup.root)
    )


def _metadata_dates(root: Any) -> Iterator[str]:
    yield meta_content(root, (*_MODIFIED_METAS, "datemodified"))
    for script in root.iterfind(".//script[@type]"):
        if "ld+json" in script.get("type").lower():
            yield from _JSON_LD_MODIFIED.findall((script.text or "")[:MAX_SCRIPT_LENGTH])
    for time in root.iterfind(".//time[@datetime]"):
        if _UPDATED_NAME.search(f"{time.get('class')} {time.get('itemprop')}"):
            yield time.get("datetime")


def _time_element(root: Any) -> date | None:
    time = root.find(".//time[@datetime]")
    return None if time is None else _iso_date(time.get("datetime"))


def _date_in_text(text: str, language: str) -> date | None:
    for part in (text[:FOOTER_LENGTH], text[-FOOTER_LENGTH:]):
        for match in _updated_pattern().finditer(part):
            day = _iso_date(match[1]) or _numeric_date(match[1], language) or _named_date(match[1])
            if day:
                return day
    return None


@cache
def _languages() -> dict[str, dict[str, list[str]]]:
    """Return the phrases and month names of `dates.toml` by language."""
    return read_toml(__package__, "dates.toml")


@cache
def _updated_pattern() -> re.Pattern[str]:
    phrases = {phrase for one in _languages().values() for phrase in one["updated"]}
    ordered = sorted(phrases, key=len, reverse=True)
    pattern = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered)
    return re.compile(rf"\b(?:{pattern})\b(.{{0,40}})", re.IGNORECASE | re.DOTALL)


def _iso_date(text: str) -> date | None:
    match = _ISO_DATE.search(text)
    return _valid_date(int(match[1]), int(match[2]), int(match[3])) if match else None


def _numeric_date(text: str, language: str) -> date | None:
    """Read 12.3.2024. In English, 3/12/2024 may be either of two days, and is left out."""
    match = _NUMERIC_DATE.search(text)
    if not match:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if second > 12:
        return _valid_date(year, first, second)
    ambiguous = match[2] != "." and language in {"", "en"} and first <= 12 and first != second
    return None if ambiguous else _valid_date(year, second, first)


def _named_date(text: str) -> date | None:
    """Read "12 March 2024", "March 12, 2024" and, as the first of the month, "March 2024"."""
    for match in _NAMED_DATE.finditer(" ".join(text.lower().split())):
        month = _month(match["month"])
        if month:
            return _valid_date(
                int(match["year"]), month, int(match["before"] or match["after"] or 1)
            )
    return None


def _month(name: str) -> int | None:
    plain = normalize_words(name).strip()
    for one in _languages().values():
        for number, start in enumerate(one["months"], 1):
            if plain.startswith(normalize_words(start).strip()):
                return number
    return None


def _valid_date(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def meta_content(root: Any, names: Sequence[str]) -> str:
    """Return the content of the first of these <meta> names that the page has, "" for none."""
    contents: dict[str, str] = {}
    for meta in root.iterfind(".//meta[@content]"):
        for name in ("property", "name", "http-equiv", "itemprop"):
            contents.setdefault(meta.get(name, "").lower(), meta.get("content"))
    return next((contents[name] for name in names if contents.get(name)), "")
