"""Says in one sentence what speaks for an opportunity, and what most against it. pandas, no I/O."""

from __future__ import annotations

from typing import Any

import pandas as pd

from brokenlinks.models.verdict import Confidence, Verdict

VERDICT_WORDS = {Verdict.MOVED: "moved", Verdict.PARKED: "parked", Verdict.HIJACKED: "hijacked"}
"""What became of a target whose page did not simply vanish."""
LOW_RELEVANCE = 0.3
"""Relevance of a page that names the niche in passing."""
GOOD_FIT, POOR_FIT = 0.7, 0.45
HIGH_AUTHORITY, LOW_AUTHORITY = 0.8, 0.2
CONTACT_PHRASES = {
    "form": "it has a form to write to",
    "role address": "its address for this is known",
    "person address": "its author's address is known",
}
STALE_YEARS = 5.0

Phrases = list[tuple["pd.Series[bool]", "pd.Series[str] | str"]]
"""Where each holds, and how it is said; what weighs more comes first."""


def explanations(table: pd.DataFrame, factors: pd.DataFrame, now: pd.Timestamp) -> pd.Series[str]:
    """Return a sentence for each row: demand and page, the two best points, the worst."""
    said = _demand(table) + "; " + _page(table)
    for part in _first_matching(_strengths(table, factors), table.index, 2):
        said = said + _prefixed(part, "; ")
    for part in _first_matching(_weaknesses(table, factors, now), table.index, 1):
        said = said + _prefixed(part, "; but ")
    return said + "."


def _demand(table: pd.DataFrame) -> pd.Series[str]:
    count = table["sites_linking"]
    sites = (count.astype("str") + " sites still link").mask(count == 1, "One site still links")
    fate = table["verdict"].astype("str").map(VERDICT_WORDS).fillna("vanished")
    anchor = table["anchor"].astype("str")
    thing = ("“" + anchor + "”").mask(anchor == "", "page")
    return sites + " to the " + fate + " " + thing


def _page(table: pd.DataFrame) -> pd.Series[str]:
    updated = table["page_updated"]
    year = updated.dt.year.astype("Int64").astype("str")
    dated = ("was updated in " + year + " and ").mask(updated.isna(), "")
    counts = table["dead_here"].astype("str") + " dead of " + table["links_here"].astype("str")
    page: pd.Series[str] = "the linking page " + dated + "has " + counts + " links"
    return page


def _strengths(table: pd.DataFrame, factors: pd.DataFrame) -> Phrases:
    others = table["site_standing"]
    recommend = (
        others.astype("str") + " other sites of the niche recommend the linking site"
    ).mask(others == 1, "1 other site of the niche recommends the linking site")
    contact = table["contact_kind"].astype("str")
    moved = table["moved_to"].astype("str")
    cited = table["citations"].fillna(0).astype(int)
    articles = cited.astype("str") + " Wikipedia articles cite it"
    return [
        (moved != "", "what stood there seems to live on at " + moved),
        (factors["fit"] >= GOOD_FIT, "a page of yours may do its job"),
        (factors["authority"] >= HIGH_AUTHORITY, "its site is among the weightiest of the list"),
        (cited > 0, articles.mask(cited == 1, "a Wikipedia article cites it")),
        (others > 0, recommend),
        (contact.isin(list(CONTACT_PHRASES)), contact.map(CONTACT_PHRASES)),
    ]


def _weaknesses(table: pd.DataFrame, factors: pd.DataFrame, now: pd.Timestamp) -> Phrases:
    years = (now - table["page_updated"]).dt.total_seconds() / (365.25 * 86_400)
    return [
        (table["relevance"] < LOW_RELEVANCE, "the page touches the niche only loosely"),
        (factors["fit"] < POOR_FIT, "nothing of yours fits yet"),
        (table["confidence"] == Confidence.LOW, "the verdict rests on a weak sign"),
        (factors["authority"] <= LOW_AUTHORITY, "its site weighs little"),
        (years > STALE_YEARS, "the page looks abandoned"),
        (table["contact_kind"] == "none", "no way to write to anybody was found"),
    ]


def _first_matching(phrases: Phrases, index: pd.Index[Any], limit: int) -> list[pd.Series[str]]:
    """Return for each row the sayings that hold in it, in their order, `limit` at most; "" else."""
    taken = pd.Series(0, index=index)
    parts = []
    for where, said in phrases:
        here = where & (taken < limit)
        if here.any():
            parts.append(pd.Series(said, index=index, dtype="str").where(here, ""))
            taken = taken + here
    return parts


def _prefixed(part: pd.Series[str], before: str) -> pd.Series[str]:
    return (before + part).where(part != "", "")
