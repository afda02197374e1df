"""Finds the best own page to offer for each dead target. pandas, no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from brokenlinks.html.summary import Brief, brief_from_json, brief_from_links
from brokenlinks.models.verdict import Verdict
from brokenlinks.scoring.replacements import ComparedPage, Match, OwnPageIndex
from brokenlinks.store.user_data import OwnPage

MAX_TEXTS_PER_TARGET = 5
"""Anchors, and texts around links, read for a target: more repeat the same words."""
ALIVE = (Verdict.ALIVE, Verdict.PENDING, Verdict.UNCHECKED)
TARGET_COLUMNS = ["target_id", "target_url", "anchor", "context", "archive_brief"]
"""The columns that describe a link's target."""
COLUMNS = ("suggested_page", "suggested_title", "fit", "match_reason")


def with_replacements(links: pd.DataFrame, own: Sequence[OwnPage]) -> pd.DataFrame:
    """Add the page to offer for each target that may be dead; nothing without own pages."""
    pages = [subject for subject in map(_own_page, own) if subject is not None]
    if not pages:
        return links
    suspects = links.loc[~links["verdict"].isin(ALIVE), TARGET_COLUMNS]
    dead = {target: _dead_page(rows) for target, rows in _by_target(suspects)}
    index = OwnPageIndex(pages, list(dead.values()))
    matches = {target: index.match(subject) for target, subject in dead.items()}
    offers = pd.DataFrame.from_dict(
        {target: _columns(match) for target, match in matches.items()},
        orient="index",
        columns=list(COLUMNS),
    )
    joined = links.join(offers, on="target_id")
    return joined.fillna({"suggested_page": "", "suggested_title": "", "match_reason": ""})


def _by_target(links: pd.DataFrame) -> Iterable[tuple[Any, list[Any]]]:
    rows: dict[Any, list[Any]] = {}
    for row in links.itertuples():
        rows.setdefault(row.target_id, []).append(row)
    return rows.items()


def _columns(match: Match) -> tuple[str, str, float, str]:
    return match.url, match.title, match.fit, match.reason


def _own_page(page: OwnPage) -> ComparedPage | None:
    """Return the page for the index: an unread page by its title, None without one."""
    brief = brief_from_json(page.brief) or Brief(title=page.title)
    return ComparedPage(page.url, brief, page.description) if brief.title or brief.terms else None


def _dead_page(rows: list[Any]) -> ComparedPage:
    first = rows[0]
    anchors = tuple(dict.fromkeys(row.anchor for row in rows if row.anchor))[:MAX_TEXTS_PER_TARGET]
    around = tuple(dict.fromkeys(row.context for row in rows if row.context))[:MAX_TEXTS_PER_TARGET]
    brief = brief_from_json(first.archive_brief)
    brief = brief or brief_from_links(first.target_url, anchors, around)
    return ComparedPage(first.target_url, brief, "", anchors, around)
