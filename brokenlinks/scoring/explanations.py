"""Explains in one sentence why an opportunity is good, and its worst point. pandas, no I/O."""

from __future__ import annotations

from typing import Any

import pandas as pd

from brokenlinks.models.verdict import Confidence, Verdict

VERDICT_WORDS = {Verdict.MOVED: "moved", Verdict.PARKED: "parked", Verdict.HIJACKED: "hijacked"}
"""What happened to a target that did not simply vanish."""
LOW_RELEVANCE = 0.3
"""Relevance of a page that only mentions the niche."""
GOOD_FIT, POOR_FIT = 0.7, 0.45
"""The lower one is the least fit of an offer (`replacements.MIN_FIT`)."""
HIGH_AUTHORITY, LOW_AUTHORITY = 0.8, 0.2
"""Percentiles within the run: the top and the bottom fifth."""
CONTACT_PHRASES = {
    "form": "the site has a contact form",
    "role address": "the site has a contact address",
    "person address": "its author has a contact address",
}
STALE_YEARS = 5.0
"""Pages untouched for so long seldom have an editor who answers."""

Phrases = list[tuple["pd.Series[bool]", "pd.Series[str] | str"]]
"""Rows where a phrase holds, and the phrase; stronger points come first."""


def explanations(table: pd.DataFrame, factors: pd.DataFrame, now: pd.Timestamp) -> pd.Series[str]:
    """Return a sentence for each row: demand, the best point, the worst."""
    text = _demand(table)
    for part in _first_matching(_strengths(table, factors), table.index, 1):
        text = text + _prefixed(part, "; ")
    for part in _first_matching(_weaknesses(table, factors, now), table.index, 1):
        text = text + _prefixed(part, "; but ")
    return text + "."


def _demand(table: pd.DataFrame) -> pd.Series[str]:
    count = table["sites_linking"]
    sites = (count.astype("str") + " sites still link").mask(count == 1, "One site still links")
    fate = table["verdict"].astype("str").map(VERDICT_WORDS).fillna("vanished")
    name = table["name"].astype("str")
    thing = ("“" + name + "”").mask(name == "", "page")
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
        (moved != "", "its content seems to be at " + moved),
        (factors["fit"] >= GOOD_FIT, "a page of yours may replace it"),
        (
            factors["authority"] >= HIGH_AUTHORITY,
            "the linking site's authority is among the highest",
        ),
        (cited > 0, articles.mask(cited == 1, "a Wikipedia article cites it")),
        (others > 0, recommend),
        (contact.isin(list(CONTACT_PHRASES)), contact.map(CONTACT_PHRASES)),
        (others >= 0, _page(table)),
    ]


def _weaknesses(table: pd.DataFrame, factors: pd.DataFrame, now: pd.Timestamp) -> Phrases:
    years = (now - table["page_updated"]).dt.total_seconds() / (365.25 * 86_400)
    return [
        (table["weakness"] != "", table["weakness"]),
        (table["relevance"] < LOW_RELEVANCE, "the page is only loosely about the niche"),
        (factors["fit"] < POOR_FIT, "no page of yours fits yet"),
        (table["confidence"] == Confidence.LOW, "the evidence for the verdict is weak"),
        (factors["authority"] <= LOW_AUTHORITY, "the linking site's authority is low"),
        (years > STALE_YEARS, "the page looks abandoned"),
        (table["contact_kind"] == "none", "no contact was found"),
    ]


def _first_matching(phrases: Phrases, index: pd.Index[Any], limit: int) -> list[pd.Series[str]]:
    """Return the first `limit` phrases that hold in each row, "" where fewer hold."""
    taken = pd.Series(0, index=index)
    parts = []
    for where, phrase in phrases:
        here = where & (taken < limit)
        if here.any():
            parts.append(pd.Series(phrase, index=index, dtype="str").where(here, ""))
            taken = taken + here
    return parts


def _prefixed(part: pd.Series[str], before: str) -> pd.Series[str]:
    return (before + part).where(part != "", "")
