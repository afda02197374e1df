"""Sixty opportunities in an order made by hand, the reason beside each: the ranking agrees."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from brokenlinks.scoring.opportunities import load_weights, rank
from tests.frames import NOW, link, links_frame, rejected_frame

BY_HAND = Path(__file__).parent / "order.toml"
RANK_CORRELATION = 0.9
YEAR = pd.Timedelta(days=365.25)


def told() -> list[dict[str, Any]]:
    return list(tomllib.loads(BY_HAND.read_text(encoding="utf-8"))["opportunity"])


def row(entry: dict[str, Any]) -> dict[str, Any]:
    years = entry.get("updated_years_ago")
    name = entry["id"]
    return dict(
        link(
            f"{name}.example/links",
            f"dead-{name}.example/x",
            relevance=entry["relevance"],
            confidence=entry["confidence"],
            page_updated=pd.NaT if years is None else NOW - years * YEAR,
            site_standing=entry["standing"],
        )
    )


@pytest.fixture(scope="module")
def by_program() -> list[str]:
    entries = told()
    links = links_frame(*map(row, entries))
    facts = {f"{entry['id']}.example": entry for entry in entries}
    for name, key, unknown in (
        ("fit", "fit", float("nan")),
        ("authority", "authority", float("nan")),
        ("contact_kind", "contact", ""),
        ("sites_everywhere", "demand", 1),
    ):
        links[name] = [facts.get(site, {}).get(key, unknown) for site in links["page_site"]]
    weights = load_weights()
    ranked = rank(links, rejected_frame(), weights, now=NOW).opportunities
    return [site.removesuffix(".example") for site in ranked["page_site"]]


def test_the_ranking_agrees_with_the_hand(by_program: list[str]) -> None:
    by_hand = [entry["id"] for entry in told()]
    assert sorted(by_hand) == sorted(by_program)
    places = pd.DataFrame({"hand": range(len(by_hand))}, index=by_hand)
    places["program"] = pd.Series({name: n for n, name in enumerate(by_program)})
    assert places["hand"].corr(places["program"], method="pearson") >= RANK_CORRELATION


def test_what_is_not_of_the_niche_is_never_in_the_top_half(by_program: list[str]) -> None:
    irrelevant = {entry["id"] for entry in told() if entry["relevance"] == 0}
    assert irrelevant
    assert not irrelevant & set(by_program[: len(by_program) // 2])
