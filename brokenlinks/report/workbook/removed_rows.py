"""Why a row that a person wrote in is on no list any more: recovered, fixed, gone, in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from brokenlinks.liveness.messages import day
from brokenlinks.models.verdict import Verdict
from brokenlinks.scoring.opportunities import row_key

PASSING = frozenset({Verdict.BLOCKED, Verdict.TRANSIENT, Verdict.UNKNOWN, Verdict.DRIFTED})


@dataclass(frozen=True, slots=True)
class Ending:
    """How a row's story ended: a word for the columns, a sentence for "Why"."""

    word: str
    sentence: str


UNKNOWN_ENDING = Ending(
    "no longer found", "No longer found by the latest run; kept for what you wrote."
)


def endings_of(frame: pd.DataFrame) -> dict[str, Ending]:
    """Return the endings by row key, of rows and of dead targets (see `frames.histories_frame`)."""
    endings: dict[str, Ending] = {}
    for row in frame.itertuples():
        endings |= _endings_of_row(row)
    return endings


def _endings_of_row(row: Any) -> dict[str, Ending]:
    of_target = _ending_of_target(row)
    of_link = _ending_of_link(row) or of_target
    keys = {
        row_key("", row.target_key): of_target,
        row_key(row.page_key, row.target_key): of_link,
    }
    return {key: ending for key, ending in keys.items() if ending is not None}


def _ending_of_link(row: Any) -> Ending | None:
    if row.page_status != "accepted":
        reason = row.page_reason.replace("_", " ")
        return Ending("page gone", f"The page is gone or recommends nothing any more: {reason}.")
    if not pd.isna(row.gone_at):
        return Ending("fixed", f"The page does not link there any more; seen {day(row.gone_at)}.")
    return None


def _ending_of_target(row: Any) -> Ending | None:
    if row.verdict == Verdict.ALIVE and not pd.isna(row.recovered_at):
        return Ending("recovered", f"The target answers again; seen {day(row.recovered_at)}.")
    if row.verdict in PASSING:
        return Ending("in doubt", "Not proven dead when last asked: see the sheet Uncertain.")
    return None
