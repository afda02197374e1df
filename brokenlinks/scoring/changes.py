"""Events of links and pages in the last weeks, and why a row left the list. pandas, no I/O."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from brokenlinks.liveness.messages import day
from brokenlinks.models.verdict import Verdict
from brokenlinks.scoring.opportunities import row_key

NEW, CONFIRMED, RECOVERED = "new", "now confirmed", "recovered"
FIXED, REPLACED = "fixed by the owner", "replaced by another link"
WON, PAGE_GONE = "won", "page gone"
DAYS_SHOWN = 30
"""Users who look once a month miss nothing."""
COLUMNS = ["event", "at", "page_key", "page_url", "target_key", "link_url", "anchor", "detail"]


def changes(
    histories: pd.DataFrame, links: pd.DataFrame, own_site: str, runs: pd.DataFrame
) -> pd.DataFrame:
    """Return the events of the last 30 days, the latest first: `COLUMNS` and two more.

    `histories` are the links whose target was ever dead, `links` the current links (those to
    `own_site` count), `runs` the niche's runs (see `store.frames` for all three). `is_latest` marks
    events of the latest run, `is_first` what the first run found, which is not a change.
    """
    parts = [events for events in _events(histories, links, own_site) if not events.empty]
    if runs.empty or not parts:
        return pd.DataFrame(columns=[*COLUMNS, "is_latest", "is_first"])
    events = pd.concat(parts, ignore_index=True)
    started = runs["started_at"]
    events["is_latest"] = events["at"] >= started.iloc[-1]
    events["is_first"] = events["at"] < started.iloc[1] if len(runs) > 1 else True
    events = events[events["at"] >= started.iloc[-1] - pd.Timedelta(days=DAYS_SHOWN)]
    order = ["at", "event", "page_url", "link_url"]
    ascending = [False, True, True, True]
    return pd.DataFrame(events).sort_values(order, ascending=ascending).reset_index(drop=True)


def _events(histories: pd.DataFrame, links: pd.DataFrame, own_site: str) -> Iterator[pd.DataFrame]:
    on_page = (histories["page_status"] == "accepted") & histories["gone_at"].isna()
    is_dead = histories["dead_since"].notna() & on_page
    began = histories[["first_seen", "dead_since"]].max(axis=1)
    later = histories["confirmed_at"] > began + pd.Timedelta(hours=1)
    yield _event_rows(histories[is_dead], NEW, began)
    yield _event_rows(histories[is_dead & later], CONFIRMED, histories["confirmed_at"])
    alive = on_page & (histories["verdict"] == Verdict.ALIVE) & histories["recovered_at"].notna()
    yield _event_rows(
        histories[alive], RECOVERED, histories["recovered_at"], "the target works again"
    )
    left = histories[(histories["page_status"] == "accepted") & histories["gone_at"].notna()]
    replaced = left["replaced_by"] != ""
    yield _event_rows(left[~replaced], FIXED, left["gone_at"], "the page no longer links there")
    yield _event_rows(
        left[replaced], REPLACED, left["gone_at"], "it links to " + left["replaced_by"]
    )
    lost = histories[histories["page_status"] != "accepted"].drop_duplicates("page_key")
    yield _event_rows(
        lost, PAGE_GONE, lost["page_fetched_at"], lost["page_reason"].str.replace("_", " ")
    )
    ours = _links_to(own_site, links)
    won = ours[ours["page_key"].isin(histories["page_key"])]
    yield _event_rows(won, WON, won["first_seen"], "the page links to your site")


def _links_to(own_site: str, links: pd.DataFrame) -> pd.DataFrame:
    return links[(links["target_site"] == own_site) & bool(own_site)]


def _event_rows(
    rows: pd.DataFrame, event: str, at: pd.Series[pd.Timestamp], detail: str | pd.Series[str] = ""
) -> pd.DataFrame:
    if rows.empty:  # else pandas would take the length of `at`
        return pd.DataFrame(columns=COLUMNS)
    return rows.assign(event=event, at=at, detail=detail).reindex(columns=COLUMNS)


@dataclass(frozen=True, slots=True)
class Removal:
    """Why a row left the list: a word for the columns, a sentence for "Why".

    `live_on` is when the latest run first saw the user's link in place of the dead one.
    """

    label: str
    explanation: str
    live_on: pd.Timestamp | None = None


UNKNOWN_REMOVAL = Removal(
    "no longer found", "The latest run no longer found it; the row is kept for your notes."
)
NOT_UPDATED = Removal(
    "not updated", "Our work on this row failed, see the sheet Read me; it is kept as it was."
)


def removals_by_key(
    histories: pd.DataFrame, links: pd.DataFrame, own_site: str, runs: pd.DataFrame
) -> dict[str, Removal]:
    """Return why rows and dead targets left their sheets, by key (see `changes`)."""
    removals: dict[str, Removal] = {}
    ours = _links_to(own_site, links)
    own_since = ours.groupby("page_key")["first_seen"].min().to_dict()
    latest = runs["started_at"].max()
    row: Any
    for row in histories.itertuples():
        if of_target := _removal_of_target(row):
            removals[row_key("", row.target_key)] = of_target
        of_link = _removal_of_link(row, own_since.get(row.page_key), latest) or of_target
        if of_link:
            removals[row_key(row.page_key, row.target_key)] = of_link
    return removals


def exclusions_by_key(excluded: pd.DataFrame) -> dict[str, Removal]:
    """Return why dead links are excluded, by key (see `opportunities.Ranking`)."""
    dead = excluded[excluded["key"] != ""]
    return {
        key: Removal("excluded", f"It is on the sheet Excluded now: {reason}.")
        for key, reason in zip(dead["key"].to_list(), dead["reason"].to_list(), strict=True)
    }


def _removal_of_link(row: Any, own_since: Any, latest: Any) -> Removal | None:
    if row.page_status != "accepted":
        reason = row.page_reason.replace("_", " ")
        return Removal("page gone", f"The page is gone or is no longer a resource page: {reason}.")
    if own_since is not None and row.first_seen < own_since <= row.gone_at:
        said = f"The page links to your site in its place; seen on {day(own_since)}."
        return Removal(WON, said, own_since if own_since >= latest else None)
    if not pd.isna(row.gone_at):
        return Removal("fixed", f"The page no longer links there; seen on {day(row.gone_at)}.")
    return None


def _removal_of_target(row: Any) -> Removal | None:
    if row.verdict == Verdict.ALIVE and not pd.isna(row.recovered_at):
        return Removal("recovered", f"The target works again; seen on {day(row.recovered_at)}.")
    if Verdict(row.verdict).is_inconclusive:
        return Removal(
            "uncertain", "The last check did not prove it dead: see the sheet Uncertain."
        )
    return None
