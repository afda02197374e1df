"""Builds the journal's frames for tests of ranking and workbook, as many rows as are asked for."""

from __future__ import annotations

from typing import Any

import pandas as pd

from brokenlinks.report.workbook.sheets.read_me import RunFacts
from brokenlinks.report.workbook.workbook import WorkbookData
from brokenlinks.scoring.changes import changes
from brokenlinks.scoring.opportunities import Ranking

NOW = pd.Timestamp("2026-11-23T06:00:00Z")
DATE_COLUMNS = (
    *("page_updated", "dead_since", "last_checked", "next_check"),
    *("first_seen", "archive_timestamp", "verified_at"),
)


def link(page: str = "club.example/links", target: str = "dead.example/guide", **other: Any) -> Any:
    """Return one row of the links frame: a confirmed 404 in the editorial part of a page."""
    row = {
        "page_id": abs(hash(page)) % 10**9,
        "page_url": f"http://{page}",
        "page_key": page,
        "page_title": "Homebrewing links",
        "page_site": page.split("/", maxsplit=1)[0],
        "relevance": 0.6,
        "matched": "homebrew x3",
        "resource_score": 0.9,
        "page_language": "en",
        "page_updated": pd.NaT,
        "page_outlinks": 20,
        "target_id": abs(hash(target)) % 10**9,
        "target_url": f"http://{target}",
        "target_key": target,
        "target_site": target.split("/", maxsplit=1)[0],
        "verdict": "dead_gone",
        "stage": "confirmed",
        "reason": "http_404",
        "confidence": "high",
        "evidence": "Answers 404 Not Found; checked 2 times.",
        "final_url": f"http://{target}",
        "dead_since": NOW,
        "last_checked": NOW,
        "checks": 2,
        "next_check": NOW,
        "first_seen": NOW,
        "verified_at": pd.NaT,
        "link_url": f"http://{target}",
        "anchor": "Hop storage guide",
        "context": "Hop storage guide, a classic",
        "heading": "Hops",
        "placement": "main",
        "rel": "",
        "position": 3,
        "seen_as": "",
        "archive_outcome": "found",
        "archive_url": f"https://archive.example/web/2021/http://{target}",
        "archive_timestamp": pd.Timestamp("2021-03-04", tz="UTC"),
        "archive_type": "text/html",
        "archive_title": "Hop storage",
        "archive_words": 640,
        "contact_kind": "",
        "contact": "",
        "contact_found_on": "",
        "contact_policy": "",
        "contact_detail": "",
        "contact_found_at": pd.NaT,
        "links_here": 1,
        "site_standing": 0,
    }
    return row | other


def links_frame(*rows: Any) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(link()))
    for column in DATE_COLUMNS:
        frame[column] = pd.to_datetime(frame[column], utc=True)
    return frame


def rejected_frame(*rows: Any) -> pd.DataFrame:
    columns = ["url", "site", "reason", "detail", "title", "relevance", "resource_score"]
    return pd.DataFrame(rows, columns=columns)


def workbook_data(ranking: Ranking, facts: RunFacts, **other: Any) -> WorkbookData:
    """Return what a workbook shows when nothing is known but the ranking."""
    nothing = changes(histories_frame(), links_frame(), "", runs_frame())
    return WorkbookData(ranking, facts, **{"events": nothing, "runs": runs_frame(), **other})


def histories_frame(*rows: Any) -> pd.DataFrame:
    """Return the frame of links that were dead once; rows are of `link`, with more in them."""
    columns = [
        *("page_key", "page_url", "page_status", "page_reason", "page_fetched_at", "target_key"),
        *("verdict", "dead_since", "confirmed_at", "recovered_at", "link_url", "anchor"),
        *("heading", "position", "first_seen", "gone_at", "replaced_by"),
    ]
    page = {"page_status": "accepted", "page_fetched_at": NOW}
    frame = pd.DataFrame([page | row for row in rows], columns=columns)
    for column in columns:
        if column.endswith(("_at", "_since", "_seen")):
            frame[column] = pd.to_datetime(frame[column], utc=True)
    return frame


def runs_frame(*rows: Any) -> pd.DataFrame:
    columns = ["started_at", "finished_at", "spider", "outcome"]
    columns += ["pages", "probed", "confirmed", "suspected"]
    frame = pd.DataFrame(rows, columns=columns)
    for column in ("started_at", "finished_at"):
        frame[column] = pd.to_datetime(frame[column], utc=True)
    return frame
