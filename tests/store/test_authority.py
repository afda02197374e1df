"""Which source a run goes by, and how much its domains weigh beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from brokenlinks.models.lookups import OwnMetric, Rating, Source
from brokenlinks.models.page import ResourcePage
from brokenlinks.models.run_stats import CRAWL
from brokenlinks.store.authority import (
    SourceState,
    authority_frame,
    domains_due,
    finish_source,
    rated_domains,
    record_ratings,
    source_state,
)
from brokenlinks.store.database import Store
from brokenlinks.store.pages import store_page
from brokenlinks.store.runs import begin_run

NOW = datetime(2026, 11, 2, 6, tzinfo=UTC)
RELEASE = "cc-main-2026-jul-aug-sep"
CRAWLED = SourceState(Source.COMMON_CRAWL, RELEASE, 1_000_000, NOW, NOW, top_rows=1_000_000)
ASKED = SourceState(Source.AHREFS, "", None, NOW, NOW)
ABC = ["a.example", "b.example", "c.example"]


def ranked(**positions: int) -> dict[str, Rating]:
    return {f"{name}.example": Rating(1e6 / place, place) for name, place in positions.items()}


def rated(**values: float | None) -> dict[str, Rating]:
    return {f"{name}.example": Rating(value) for name, value in values.items()}


def own(lower_is_better: bool = False, **values: float) -> OwnMetric:  # noqa: FBT001, FBT002
    by_domain = {f"{name}.example": value for name, value in values.items()}
    return OwnMetric("mine.csv", "DR", lower_is_better, by_domain, NOW)


def told(frame: pd.DataFrame, column: str) -> dict[str, object]:
    return dict(zip(frame["domain"].str[0], frame[column], strict=True))


def test_nobody_was_asked(store: Store) -> None:
    frame = store.run(authority_frame, ABC)
    assert list(frame) == ["domain", "authority", "authority_source", "authority_state"]
    assert frame["authority"].isna().all()
    assert set(frame["authority_state"]) == {"not looked up"}
    assert set(frame["authority_source"]) == {""}
    assert store.run(authority_frame, []).empty


def test_who_is_not_in_the_top_weighs_less_than_everybody_known(store: Store) -> None:
    store.run(record_ratings, ranked(a=5, b=400_000), CRAWLED)
    names = [*ABC, "d.example", "a.example", ""]
    frame = store.run(authority_frame, names).set_index("domain")
    assert list(frame.index) == [*ABC, "d.example", ""]
    assert frame["authority"].tolist()[:4] == [0.875, 0.625, 0.25, 0.25]
    assert list(frame["authority_state"]) == [
        "known",
        "known",
        "not in the top 1,000,000",
        "not in the top 1,000,000",
        "not looked up",
    ]
    said = f"Common Crawl harmonic rank, {RELEASE}, 2026-11-02"
    assert list(frame["authority_source"]) == [said, said, said, said, ""]
    assert frame["authority"].isna().tolist() == [False] * 4 + [True]


def test_a_whole_list_says_who_was_looked_for_and_what_came_later_was_not(
    store: Store,
) -> None:
    whole = replace(CRAWLED, rows_wanted=None, rows_read=9_000_000, top_rows=0)
    store.run(record_ratings, ranked(a=5), whole)
    store.run(finish_source, whole, ["b.example"])
    frame = store.run(authority_frame, ABC)
    assert list(frame["authority_state"]) == ["known", "not in the top 9,000,000", "not looked up"]
    assert frame["authority"].tolist()[:2] == [0.75, 0.25]
    assert pd.isna(frame["authority"][2])


@pytest.mark.parametrize(
    ("ahrefs", "mine", "expected"),
    [
        (rated(a=30.0), None, "Common Crawl harmonic rank"),
        (rated(a=30.0, b=20.0), None, "Domain Rating by Ahrefs"),
        (rated(a=30.0, b=None, c=None), None, "Common Crawl harmonic rank"),
        ({}, own(a=3), "Common Crawl harmonic rank"),
        (rated(a=3, b=2, c=1), own(a=1, b=2), "own CSV column DR"),
    ],
)
def test_one_source_for_the_whole_run(
    store: Store, ahrefs: Mapping[str, Rating], mine: OwnMetric | None, expected: str
) -> None:
    """The one that knows most, the key's before the free one; the user's from half on."""
    store.run(record_ratings, ranked(a=5, b=6), CRAWLED)
    store.run(record_ratings, ahrefs, ASKED)
    frame = store.run(authority_frame, ABC, mine)
    sources = {source for source in frame["authority_source"] if source}
    assert {source.split(",")[0] for source in sources} == {expected}


def test_a_rank_of_the_persons_own_counts_the_other_way_round(store: Store) -> None:
    by_rating = store.run(authority_frame, ABC, own(a=1, b=2))
    assert told(by_rating, "authority")["b"] == 0.75
    assert told(by_rating, "authority_source")["a"] == "own CSV column DR, mine.csv"
    assert told(by_rating, "authority_state")["c"] == "not looked up"
    by_rank = store.run(authority_frame, ABC, own(lower_is_better=True, a=1, b=2))
    assert told(by_rank, "authority")["a"] == 0.75


def test_the_same_weight_is_the_same_authority(store: Store) -> None:
    store.run(record_ratings, rated(a=7.0, b=7.0, c=None), ASKED)
    frame = store.run(authority_frame, ABC)
    assert frame["authority"].tolist() == [4 / 6, 4 / 6, 1 / 6]
    assert told(frame, "authority_state")["c"] == "not in its list"
    assert told(frame, "authority_source")["a"] == "Domain Rating by Ahrefs, 2026-11-02"


def test_more_domains_than_a_query_can_name(store: Store) -> None:
    names = [f"site-{n}.example" for n in range(12_000)]
    for at in range(0, 12_000, 4_000):
        ratings = {
            name: Rating(1.0 / (at + n + 1), at + n + 1)
            for n, name in enumerate(names[at : at + 4_000])
        }
        store.run(record_ratings, ratings, CRAWLED)
    frame = store.run(authority_frame, names)
    assert frame["authority"].is_monotonic_decreasing
    assert frame["authority"].between(0, 1).all()


def test_a_newer_release_takes_the_place_of_the_older(store: Store) -> None:
    store.run(record_ratings, ranked(a=5, b=6), CRAWLED)
    newer = replace(CRAWLED, release="cc-main-2026-oct-nov-dec", top_rows=1)
    store.run(record_ratings, ranked(a=9), newer)
    assert told(store.run(authority_frame, ABC), "authority_state")["b"] == "known"
    store.run(finish_source, newer, [])
    assert store.run(rated_domains, newer.source, release=newer.release) == {"a.example"}
    assert told(store.run(authority_frame, ABC), "authority_state")["b"] == "not in the top 1"
    state = store.run(source_state, Source.COMMON_CRAWL)
    assert state is not None
    assert state.finished_at == NOW


def test_a_linking_site_is_asked_about_once_a_month_the_most_relevant_first(
    store: Store,
) -> None:
    run = store.run(begin_run, "hops", CRAWL, "{}", NOW)
    for relevance, name in enumerate(["low", "mid", "high"], 1):
        page = ResourcePage(
            url=f"http://www.{name}.example/links",
            key=f"{name}.example/links",
            site=f"{name}.example",
            relevance=relevance / 10,
        )
        store.run(store_page, run, page, NOW)
    due = ["high.example", "mid.example", "low.example"]
    assert store.run(domains_due, Source.AHREFS, NOW, 9) == due
    assert store.run(domains_due, Source.AHREFS, NOW, 2) == due[:2]
    store.run(record_ratings, {"mid.example": Rating()}, ASKED)
    assert store.run(domains_due, Source.AHREFS, NOW, 9) == ["high.example", "low.example"]
    later = NOW + timedelta(days=31)
    assert store.run(domains_due, Source.AHREFS, later, 9) == due
