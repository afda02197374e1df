"""Why a row that a person wrote in is on no list any more: recovered, fixed, gone, in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from brokenlinks.liveness.messages import day
from brokenlinks.models.verdict import Verdict
from brokenlinks.scoring.opportunities import row_key


@dataclass(frozen=True, slots=True)
class Removal:
    """How a row's story ended: a word for the columns, a sentence for "Why"."""

    label: str
    explanation: str


UNKNOWN_REMOVAL = Removal(
    "no longer found", "No longer found by the latest run; kept for what you wrote."
)


def removals_by_key(frame: pd.DataFrame) -> dict[str, Removal]:
    """Return the endings by row key, of rows and of dead targets (see `frames.histories_frame`)."""
    removals: dict[str, Removal] = {}
    for row in frame.itertuples():
        removals |= _removals_of_row(row)
    return removals


def _removals_of_row(row: Any) -> dict[str, Removal]:
    of_target = _removal_of_target(row)
    of_link = _removal_of_link(row) or of_target
    keys = {
        row_key("", row.target_key): of_target,
        row_key(row.page_key, row.target_key): of_link,
    }
    return {key: removal for key, removal in keys.items() if removal is not None}


def _removal_of_link(row: Any) -> Removal | None:
    if row.page_status != "accepted":
        reason = row.page_reason.replace("_", " ")
        return Removal("page gone", f"The page is gone or recommends nothing any more: {reason}.")
    if not pd.isna(row.gone_at):
        return Removal("fixed", f"The page does not link there any more; seen {day(row.gone_at)}.")
    return None


def _removal_of_target(row: Any) -> Removal | None:
    if row.verdict == Verdict.ALIVE and not pd.isna(row.recovered_at):
        return Removal("recovered", f"The target answers again; seen {day(row.recovered_at)}.")
    if Verdict(row.verdict).is_inconclusive:
        return Removal("in doubt", "Not proven dead when last asked: see the sheet Uncertain.")
    return None
