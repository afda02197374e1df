"""The journal as a table for other programs: every link, or the ranked opportunities."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from brokenlinks.text.printable import printable
from brokenlinks.text.tables import escape_formula

LINK_COLUMNS = [
    "page_url",
    "link_url",
    "anchor",
    "placement",
    "seen_as",
    "verdict",
    "stage",
    "reason",
    "confidence",
    "evidence",
    "final_url",
    "archive_url",
    "archive_timestamp",
    "first_seen",
    "last_checked",
    "checks",
]
RANKED_COLUMNS = [
    *("key", "rank", "score", "tier", "why", "completeness", "page_url", "page_title"),
    *("page_site", "link_url", "seen_as", "anchor", "heading", "verdict", "stage", "reason"),
    *("confidence", "evidence", "dead_since", "moved_to", "archive_url", "archive_timestamp"),
    *("sites_linking", "suggested_page", "match_reason", "fit", "contact_kind", "contact"),
    *("contact_found_on", "contact_policy", "authority", "authority_source", "site_standing"),
    *("relevance", "page_updated", "first_seen", "last_checked", "checks"),
]
SUFFIXES = (".csv", ".jsonl", ".parquet")


class ExportError(ValueError):
    """The file cannot be written; the message is one line for the user."""


def export_path(name: str) -> Path:
    """Return the file to write. Raises ExportError if its ending is not a known format."""
    path = Path(name)
    if path.suffix not in SUFFIXES:
        raise ExportError(f"{path.name}: name a file ending in {', '.join(SUFFIXES)}")
    return path


def export_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table in the format of the file's ending.

    Raises ExportError if the file cannot be written.
    """
    table = _for_texts(table, printable)
    try:
        if path.suffix == ".csv":
            # The byte order mark makes Excel read the file as UTF-8.
            _for_texts(table, escape_formula).to_csv(path, index=False, encoding="utf-8-sig")
        elif path.suffix == ".jsonl":
            table.to_json(path, orient="records", lines=True, date_format="iso", force_ascii=False)
        else:
            table.to_parquet(path, index=False)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror or error}") from error


def _for_texts(table: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    """Change each text: whichever column it is in, it may come from any web page."""

    def changed(value: object) -> object:
        return change(value) if isinstance(value, str) else value

    texts = table.select_dtypes(["object", "string"])
    return table.assign(**{str(column): texts[column].map(changed) for column in texts})
