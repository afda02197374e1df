"""What is worth a mail, and in which order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from brokenlinks.scoring.opportunities import Ranking, WeightsError, load_weights, rank
from tests.frames import NOW, link, links_frame, rejected_frame


def ranked(*rows: Any, language: str = "") -> Ranking:
    return rank(links_frame(*rows), rejected_frame(), load_weights(), now=NOW, language=language)


@pytest.mark.parametrize(
    ("verdict", "stage", "sheet"),
    [
        ("dead_gone", "confirmed", "opportunities"),
        ("dead_gone", "suspected", "opportunities"),
        ("dead_domain", "suspected", "opportunities"),
        ("dead_host", "confirmed", "opportunities"),
        ("dead_host", "suspected", "uncertain"),
        ("blocked", "", "uncertain"),
        ("transient", "", "uncertain"),
        ("unknown", "", "uncertain"),
        ("pending", "", "uncertain"),
        ("unchecked", "", "excluded"),
        ("alive", "", ""),
    ],
)
def test_each_verdict_has_its_sheet(verdict: str, stage: str, sheet: str) -> None:
    ranking = ranked(link(verdict=verdict, stage=stage))
    for name in ("opportunities", "uncertain", "excluded"):
        assert len(getattr(ranking, name)) == (name == sheet)


@pytest.mark.parametrize(
    ("why", "row"),
    [
        ("footer", {"placement": "footer"}),
        ("navigation", {"placement": "navigation"}),
        ("ugc", {"rel": "nofollow ugc"}),
        ("sponsored", {"rel": "sponsored"}),
    ],
)
def test_the_gates_say_why(why: str, row: dict[str, str]) -> None:
    ranking = ranked(link(**row))
    assert ranking.opportunities.empty
    assert why in str(ranking.excluded.loc[0, "reason"])


def test_only_names_that_can_be_registered_are_dead_domains() -> None:
    gone = [link(target=to, verdict="dead_domain") for to in ("http//hops.example", "192.0.2.1/a")]
    assert ranked(*gone).dead_domains.empty
    both = ranked(*gone, link(target="www.hops.example/a", verdict="dead_domain"))
    assert both.dead_domains["domain"].to_list() == ["hops.example"]


def test_the_language_gate_spares_pages_that_do_not_say_theirs() -> None:
    rows = [link(f"{code}.example/a", page_language=code) for code in ("de", "en")]
    rows.append(link("silent.example/a", page_language=""))
    kept = ranked(*rows, language="de").opportunities
    assert set(kept["page_site"]) == {"de.example", "silent.example"}


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"relevance": 0.7}, {"relevance": 0.3}),
        ({"page_updated": NOW}, {"page_updated": NOW - pd.Timedelta(days=4000)}),
        ({"confidence": "high"}, {"confidence": "low"}),
    ],
)
def test_each_factor_counts(better: dict[str, Any], worse: dict[str, Any]) -> None:
    rows = [link("worse.example/l", "a.example/x", **worse)]
    rows.append(link("better.example/l", "b.example/x", **better))
    assert ranked(*rows).opportunities.loc[0, "page_site"] == "better.example"


def test_demand_and_the_esteem_of_other_sites_count() -> None:
    rows = [link(f"s{n}.example/l", "wanted.example/x", site_standing=n == 0) for n in range(4)]
    rows.append(link("s9.example/l", "lonely.example/x"))
    best = ranked(*rows).opportunities
    assert best.loc[0, "page_site"] == "s0.example"
    assert best.iloc[-1]["target_site"] == "lonely.example"


def test_missing_data_is_neutral_and_lowers_completeness() -> None:
    rows = [
        link("known.example/l", "a.example/x", page_updated=NOW - pd.Timedelta(days=2700)),
        link("unknown.example/l", "b.example/x"),
    ]
    table = ranked(*rows).opportunities
    assert list(table["page_site"]) == ["unknown.example", "known.example"]
    assert table["completeness"].is_monotonic_increasing
    assert table["completeness"].is_unique


def test_zero_relevance_sinks_a_row() -> None:
    assert ranked(link(relevance=0.0)).opportunities.loc[0, "score"] == 0


def test_confirmed_rows_stand_before_suspected_ones_and_these_are_never_tier_a() -> None:
    rows = [link("a.example/l", "x.example/1", stage="suspected", relevance=1.0, page_updated=NOW)]
    rows.append(link("b.example/l", "x.example/2", relevance=0.2, confidence="low"))
    table = ranked(*rows).opportunities
    assert list(table["confirmed"]) == [True, False]
    assert table.loc[1, "tier"] != "A"


def test_no_site_fills_the_top() -> None:
    rows = [link("big.example/l", f"gone.example/{n}", relevance=0.9) for n in range(8)]
    rows += [link(f"s{n}.example/l", f"old.example/{n}", relevance=0.88) for n in range(60)]
    table = ranked(*rows).opportunities
    assert len(table) == 68
    assert len(set(table["tier"])) == 1
    assert (table.head(50)["page_site"] == "big.example").sum() == 3


def test_the_reason_is_said_in_words() -> None:
    rows = [link(f"s{n}.example/l", page_updated=NOW) for n in range(3)]
    assert ranked(*rows).opportunities.loc[0, "why"] == (
        "3 sites still link to the vanished “Hop storage guide”; "
        "the linking page was updated in 2026 and has 1 dead of 1 links."
    )


def test_ranking_many_rows_is_quick_work() -> None:
    rows = [link(f"s{n % 50}.example/l", f"t{n}.example/x") for n in range(20_000)]
    assert len(ranked(*rows).opportunities) == 20_000


@pytest.mark.parametrize(
    ("text", "said"),
    [("nonsense", "weights.toml"), ("[weights]\nrelevance = 1", "'fit' is missing")],
)
def test_a_weights_file_that_cannot_be_used_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "weights.toml"
    path.write_text(text)
    with pytest.raises(WeightsError, match=said):
        load_weights(path)
