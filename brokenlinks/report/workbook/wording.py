"""Texts of cells: verdicts, archived copies, contacts, what a dead page was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from brokenlinks.html.page_kind import ORGANISATION
from brokenlinks.html.summary import Brief, brief_from_json
from brokenlinks.liveness.messages import day, label_of
from brokenlinks.models.verdict import Stage
from brokenlinks.report.workbook.cells import Link

HEADINGS_SHOWN, TERMS_SHOWN, MIN_TERM_LENGTH = 6, 8, 5
"""What fits in a cell of a few lines; shorter words are seldom a subject's."""
ROUND_TO = 50
VOWELS = frozenset("aeiou")


def verdict(row: Any) -> str:
    """Say a verdict with its stage: "404 not found - confirmed"."""
    label = label_of(row.reason)
    if row.stage == Stage.SUSPECTED and not pd.isna(row.next_check):
        return f"{label} - suspected, next check {day(row.next_check)}"
    return f"{label} - {row.stage}" if row.stage else label or "Not checked yet"


def archived_copy(row: Any) -> Link | str:
    """Return the last good copy as a link, or why there is none."""
    if row.archive_outcome == "found":
        return Link(f"copy of {day(row.archive_timestamp)}", row.archive_url)
    if row.archive_outcome == "none":
        return "no copy found"
    return "excluded from the archive" if row.archive_outcome == "excluded" else "not looked up yet"


def replacement_page(row: Any) -> Link | str:
    """Return the user's page to offer, or that none fits."""
    if row.suggested_page:
        return Link(row.suggested_title or row.suggested_page, row.suggested_page)
    return "content gap" if row.match_reason else ""


def link_to(field: str) -> Callable[[Any], Link | str]:
    """Return what shows a record's field, a URL, as a link."""

    def link(record: Any) -> Link | str:
        url = getattr(record, field)
        return Link(url, url) if url else ""

    return link


def contact(row: Any) -> Link | str:
    """Return the contact: an address as text, a form or page as a link; or why there is none."""
    if row.is_barred:
        return "do not contact"
    if row.contact_policy:
        return f"does not want such mail ({row.contact_policy})"
    if row.contact_kind in {"form", "page", "protected"}:
        return Link(row.contact, row.contact)
    return str(row.contact or row.contact_detail)


def archived_page_summary(row: Any) -> str:
    """Describe a dead page in one line: kind, language, date, length, title."""
    brief = brief_from_json(row.archive_brief)
    parts = [_one_line(brief, row.archive_title)] if brief is not None else _title(row)
    if row.archive_outcome == "found" and row.archive_type not in {"", "text/html"}:
        parts.append(f"a file ({row.archive_type})")
    if row.anchor and row.anchor != row.archive_title:
        parts.append(f"linked as “{row.anchor}”")
    if row.heading:
        parts.append(f"under “{row.heading}”")
    return "; ".join(parts)


def content_brief(row: Any) -> str:
    """Return a brief for a page to replace the dead one, "" without an archived copy."""
    brief = brief_from_json(row.archive_brief)
    if brief is None or not brief.words:
        return ""
    outline = "; ".join(brief.headings[:HEADINGS_SHOWN])
    counts = {"images": brief.images, "files to download": brief.downloads}
    files = [f"{count} {what}" for what, count in counts.items() if count]
    length = f"about {_rounded(brief.words)} words"
    lines = [
        f"{_kind(brief.kind)}, {length}, on “{brief.h1 or brief.title}”.",
        f"Outline: {outline}." if outline else "",
        f"Words it used: {', '.join(_key_terms(brief))}.",
        f"It linked to {brief.outlinks} pages of other sites." if brief.outlinks else "",
        f"It had {' and '.join(files)}." if files else "",
    ]
    return "\n".join(line for line in lines if line)


def _title(row: Any) -> list[str]:
    return [f"“{row.archive_title}”, {row.archive_words} words"] if row.archive_title else []


def _one_line(brief: Brief, title: str) -> str:
    language = _language(brief.language)
    parts = [brief.kind.capitalize(), language, brief.date[:4], f"{brief.words} words"]
    return ", ".join(part for part in parts if part) + (f": “{title}”" if title else "")


def _language(code: str) -> str:
    """Return a language's English name, or the code itself if it is unknown."""
    from babel.core import Locale, get_global  # noqa: PLC0415 - slow to import

    names: Mapping[str, str] = Locale("en").languages
    aliases: Mapping[str, str] = get_global("language_aliases")
    return names.get(code) or names.get(aliases.get(code, code), code)


def _kind(kind: str) -> str:
    """Return a kind of page with its article: "An organisation page", "A guide"."""
    page = " page" if kind == ORGANISATION else ""
    return f"{'An' if kind[:1] in VOWELS else 'A'} {kind}{page}"


def _rounded(words: int) -> int:
    return max(ROUND_TO, round(words / ROUND_TO) * ROUND_TO)


def _key_terms(brief: Brief) -> list[str]:
    return [word for word in brief.terms if len(word) >= MIN_TERM_LENGTH][:TERMS_SHOWN]
