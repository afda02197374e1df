"""From the journal to the person's files: rank what is known and write the workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from brokenlinks.journal.frames import links_frame, rejected_frame
from brokenlinks.journal.notes import remembered_notes, save_notes
from brokenlinks.liveness.wording import day
from brokenlinks.plan import CrawlPlan
from brokenlinks.ranking import load_weights, rank
from brokenlinks.summary import RunSummary
from brokenlinks.workbook.book import write_workbook
from brokenlinks.workbook.read_me import RunFacts


@dataclass(frozen=True, slots=True)
class Place:
    """Where and how the files are written: settings, in the words of this module."""

    workbook: Path
    weights: Path | None
    shown_settings: dict[str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """What was written: the workbook, how many rows are on it, the best of them, warnings."""

    workbook: Path
    links: int
    confirmed: int
    suspected: int
    best: tuple[str, ...]
    warnings: tuple[str, ...]


def build_report(
    connection: Connection, plan: CrawlPlan, place: Place, summary: RunSummary, now: datetime
) -> Report:
    """Write the niche's workbook and remember what people wrote in it.

    Raises OSError when the folder cannot be written; the journal is untouched then.
    """
    links = links_frame(connection, plan.niche)
    ranking = rank(
        links,
        rejected_frame(connection, plan.niche),
        load_weights(place.weights),
        now=pd.Timestamp(now),
        language=plan.language,
    )
    facts = RunFacts(
        niche=plan.niche,
        written=f"{day(now)}, {now:%H:%M} UTC",
        counts=summary.counts(),
        settings=place.shown_settings | {"Arguments": plan.arguments},
        left_undone=tuple(summary.left_undone()),
    )
    remembered = remembered_notes(connection, plan.niche)
    written = write_workbook(place.workbook, ranking, facts, remembered, now)
    save_notes(connection, plan.niche, written.notes)
    confirmed = int(ranking.opportunities["confirmed"].sum())
    return Report(
        workbook=written.path,
        links=len(links),
        confirmed=confirmed,
        suspected=len(ranking.opportunities) - confirmed,
        best=tuple(_line(row) for row in ranking.opportunities.head(5).itertuples()),
        warnings=tuple(written.warnings),
    )


def _line(row: Any) -> str:
    said = "confirmed" if row.confirmed else "suspected"
    return f"{row.score:5.1f} {row.tier} {said}  {row.link_url}\n{'':18}on {row.page_url}"
