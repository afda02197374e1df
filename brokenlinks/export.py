"""Every link of the journal, living ones too, as a table for other programs."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from brokenlinks.formulas import harmless

COLUMNS = [
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
ENDINGS = (".csv", ".jsonl", ".parquet")


class ExportError(ValueError):
    """The file cannot be written; the message is one line for the person."""


def export_links(links: pd.DataFrame, path: Path) -> None:
    """Write the links' frame to `path`, in the format its ending names.

    Raises ExportError for another ending, or when the file cannot be written.
    """
    table = links[COLUMNS]
    try:
        if path.suffix == ".csv":
            _without_formulas(table).to_csv(path, index=False, encoding="utf-8")
        elif path.suffix == ".jsonl":
            table.to_json(path, orient="records", lines=True, date_format="iso", force_ascii=False)
        elif path.suffix == ".parquet":
            table.to_parquet(path, index=False)
        else:
            raise ExportError(f"{path.name}: name a file ending in {', '.join(ENDINGS)}")
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror or error}") from error


def _without_formulas(table: pd.DataFrame) -> pd.DataFrame:
    """Quote text from strangers that a spreadsheet would run."""
    return table.assign(anchor=table["anchor"].astype("str").map(harmless))
