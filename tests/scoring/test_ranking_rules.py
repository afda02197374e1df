"""The finer rules of the ranking: doubtful verdicts, exact scores, spread sites, odd weights."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokenlinks.models.verdict import Verdict
from brokenlinks.report.outreach.suppression import read_do_not_contact
from brokenlinks.scoring.opportunities import Ranking, WeightsError, load_weights, rank, row_key
from tests.frames import NOW, link, links_frame, rejected_frame

WEIGHTS = load_weights()
PROVEN = {"opportunities", "dead_targets"}


def ranked(*rows: Any, language: str = "") -> Ranking:
    return rank(links_frame(*rows), rejected_frame(), WEIGHTS, now=NOW, language=language)


def test_a_listed_host_bars_its_own_pages_and_no_others_of_the_site() -> None:
    result = rank(
        links_frame(
            link("blog.club.example/links", page_site="club.example"),
            link("www.club.example/links", page_site="club.example"),
        ),
        rejected_frame(),
        WEIGHTS,
        now=NOW,
        do_not_contact=read_do_not_contact(["blog.club.example"]),
    )
    assert list(result.opportunities["page_url"]) == ["http://www.club.example/links"]
    assert list(result.excluded["page_url"]) == ["http://blog.club.example/links"]


def lists_of(**changes: Any) -> set[str]:
    """Return the names of the lists a single link ends on."""
    result = ranked(link(**changes))
    lists = {
        "opportunities": result.opportunities,
        "dead_targets": result.dead_targets,
        "uncertain": result.uncertain,
        "excluded": result.excluded,
    }
    return {name for name, table in lists.items() if len(table)}


@pytest.mark.parametrize(
    ("verdict", "stage", "confidence", "lists"),
    [
        ("dead_host", "suspected", "medium", {"uncertain"}),
        ("moved", "confirmed", "medium", {"opportunities"}),
        ("parked", "confirmed", "medium", PROVEN),
        ("hijacked", "suspected", "high", PROVEN),
        ("soft_404", "confirmed", "high", PROVEN),
        ("soft_404", "confirmed", "medium", {"uncertain"}),
        ("redirected_home", "confirmed", "high", PROVEN),
        ("redirected_home", "confirmed", "low", {"uncertain"}),
        ("drifted", "", "low", {"uncertain"}),
    ],
)
def test_doubtful_verdicts_need_more(
    verdict: str, stage: str, confidence: str, lists: set[str]
) -> None:
    assert lists_of(verdict=verdict, stage=stage, confidence=confidence) == lists


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_exactly_one_place(verdict: Verdict) -> None:
    lists = lists_of(verdict=verdict, stage="confirmed") - {"dead_targets"}
    assert len(lists) == (verdict is not Verdict.ALIVE)


def test_two_pages_of_one_site_are_one_voice() -> None:
    targets = ranked(link("a.example/1", "x.example"), link("a.example/2", "x.example"))
    assert targets.dead_targets.loc[0, "sites_linking"] == 1
    assert targets.dead_targets.loc[0, "pages_linking"] == 2


def test_the_score_is_the_geometric_mean_of_what_is_known() -> None:
    row = ranked(link(relevance=0.5, page_updated=NOW)).opportunities.iloc[0]
    mean = (0.5**0.25 * 0.3**0.10 * 1**0.10 * 0.3**0.10 * 1**0.05) ** (1 / 0.60)
    assert row["score"] == pytest.approx(100 * mean, abs=0.05)
    assert row["completeness"] == 0.6


@pytest.mark.parametrize(
    ("updated", "factor"),
    [("2026-05-03", 1.0), ("2023-11-23", 0.65), ("2021-11-01", 0.3), ("2001-01-01", 0.3)],
)
def test_a_page_ages_from_one_year_to_five(updated: str, factor: float) -> None:
    only_age = replace(WEIGHTS, weights=dict.fromkeys(WEIGHTS.weights, 0.0) | {"maintained": 1.0})
    table = links_frame(link(page_updated=pd.Timestamp(updated, tz="UTC")))
    row = rank(table, rejected_frame(), only_age, now=NOW).opportunities.iloc[0]
    assert row["score"] == pytest.approx(100 * factor, abs=0.1)


def test_suspected_rows_do_not_get_another_three_among_the_first_fifty() -> None:
    rows = [link("big.example/l", f"c{n}.example") for n in range(3)]
    rows += [link("big.example/l", f"s{n}.example", stage="suspected") for n in range(3)]
    rows += [
        link(f"s{n}.example/l", "x.example", stage="suspected", relevance=0.59) for n in range(60)
    ]
    table = ranked(*rows).opportunities
    assert (table["page_site"][:50] == "big.example").sum() == 3
    assert list(table["confirmed"]) == [True] * 3 + [False] * 63


@pytest.mark.slow
@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 4), st.booleans(), st.floats(0, 1)), max_size=60))
def test_spreading_sites_loses_no_row_and_never_mixes_the_stages(
    drawn: list[tuple[int, bool, float]],
) -> None:
    stages = {True: "confirmed", False: "suspected"}
    rows = [
        link(f"s{site}.example/{n}", f"t{n}.example", stage=stages[sure], relevance=relevance)
        for n, (site, sure, relevance) in enumerate(drawn)
    ]
    table = ranked(*rows).opportunities
    assert sorted(table["target_key"]) == sorted(row["target_key"] for row in rows)
    assert list(table["confirmed"]) == sorted(table["confirmed"], reverse=True)
    assert table["score"].between(0, 100).all()
    tiers = list(zip(~table["confirmed"], table["tier"], strict=True))
    assert tiers == sorted(tiers), "a worse tier never comes first"


def test_why_says_what_speaks_against_a_row_too() -> None:
    best = ranked(
        link(relevance=0.25, confidence="low", links_here=2, site_standing=1)
    ).opportunities.iloc[0]
    assert best["why"] == (
        "One site still links to the vanished “Hop storage guide”; 1 other site of the niche"
        " recommends the linking site; but the page is only loosely about the niche."
    )
    assert best["dead_share"] == 0.5


@pytest.mark.parametrize(("verdict", "word"), [("moved", "moved"), ("parked", "parked")])
def test_why_does_not_call_everything_vanished(verdict: str, word: str) -> None:
    assert f"links to the {word} “Hop" in str(ranked(link(verdict=verdict)).opportunities["why"][0])


def test_a_key_names_page_and_target_for_good() -> None:
    assert row_key("a.example/links", "gone.example/hops") == "lms5hvgrli"
    assert row_key("a", "b") != row_key("b", "a")


@given(st.text(), st.text())
def test_no_spreadsheet_takes_a_key_for_a_number(page: str, target: str) -> None:
    key = row_key(page, target)
    assert len(key) == 10
    with pytest.raises(ValueError, match="could not convert"):
        float(key)


def test_an_empty_journal_gives_empty_lists() -> None:
    result = ranked(language="en")
    assert {"confirmed", "score", "key", "why"} <= set(result.opportunities.columns)
    assert result.opportunities.empty
    assert result.dead_targets.empty
    assert result.uncertain.empty
    assert result.excluded.empty


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("demand = -1", "weight of demand is -1"),
        ("demand = nan", "weight of demand is nan"),
        ('demand = "much"', "much"),
    ],
)
def test_weights_that_make_no_sense_are_refused_in_words(
    tmp_path: Path, new: str, said: str
) -> None:
    shipped = (files("brokenlinks.scoring") / "weights.toml").read_text(encoding="utf-8")
    mine = tmp_path / "mine.toml"
    mine.write_text(shipped.replace("demand = 0.10", new, 1), encoding="utf-8")
    with pytest.raises(WeightsError, match="WEIGHTS_FILE") as refused:
        load_weights(mine)
    assert said in str(refused.value)


def test_a_missing_weights_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"none\.toml: No such file"):
        load_weights(tmp_path / "none.toml")
