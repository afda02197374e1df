"""The journal as a table for other programs: every link, or the ranked opportunities."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from brokenlinks.text.tables import escape_formula

LINK_COLUMNS = [
    "page_url",
    "link_url",
    "anchor",
    "placement",
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
    *("page_site", "link_url", "anchor", "heading", "verdict", "stage", "reason", "confidence"),
    *("evidence", "dead_since", "moved_to", "archive_url", "archive_timestamp"),
    *("sites_linking", "suggested_page", "match_reason", "fit", "contact_kind", "contact"),
    *("contact_found_on", "contact_policy", "authority", "authority_source", "site_standing"),
    *("relevance", "page_updated", "first_seen", "last_checked", "checks"),
]
UNTRUSTED_COLUMNS = [
    "anchor",
    "heading",
    "page_title",
    "contact",
    "match_reason",
    "why",
    "evidence",
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
    try:
        if path.suffix == ".csv":
            _without_formulas(table).to_csv(path, index=False, encoding="utf-8")
        elif path.suffix == ".jsonl":
            table.to_json(path, orient="records", lines=True, date_format="iso", force_ascii=False)
        else:
            table.to_parquet(path, index=False)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror or error}") from error


def _without_formulas(table: pd.DataFrame) -> pd.DataFrame:
    """Quote text of web pages that a spreadsheet would run as a formula."""
    texts = [column for column in UNTRUSTED_COLUMNS if column in table]
    return table.assign(
        **{column: table[column].astype("str").map(escape_formula) for column in texts}
    )
