"""What a dead page is called, and which dead links are hardly worth a mail."""

from __future__ import annotations

from typing import Any

import pytest

from brokenlinks.scoring.opportunities import load_weights, rank
from tests.frames import NOW, link, links_frame, rejected_frame

WEIGHTS = load_weights()


def ranked(*rows: Any) -> list[Any]:
    table = rank(links_frame(*rows), rejected_frame(), WEIGHTS, now=NOW).opportunities
    return list(table.itertuples())


@pytest.mark.parametrize(
    ("anchor", "title", "name"),
    [
        ("Pump repair", "Mr Weir's pump page", "Pump repair"),
        ("click here", "Mr Weir's pump page", "Mr Weir's pump page"),
        ("", "Pumpen", "Pumpen"),
        ("http://weir.example/pumps", "Home", ""),
        ("Weir.example", "Welcome to our website!", ""),
        ("logo_800x600.png", "", ""),
        ("hier klicken", "Startseite", ""),
        ("en savoir plus", "", ""),
        ("здесь", "Главная страница", ""),
        ("こちら", "", ""),
        ("X11", "", "X11"),
        ("水泵维修", "", "水泵维修"),
    ],
)
def test_a_dead_page_is_called_by_what_tells(anchor: str, title: str, name: str) -> None:
    [row] = ranked(link(anchor=anchor, archive_title=title))
    assert row.name == name
    assert row.weakness == ("" if name else "nothing tells what the dead page was")
    assert f"to the vanished {f'“{name}”' if name else 'page'};" in row.why


@pytest.mark.parametrize(
    ("url", "anchor", "why"),
    [
        ("http://github.com/weir/pumps", "GitHub", "on github.com no other page replaces"),
        ("http://www.youtube.com/watch?v=1", "Pump film", "on youtube.com no other page"),
        ("http://weir.example/pump.JPG", "The pump", "a file, not a page"),
        ("http://weir.example/shop/login.php", "Pump shop", "to sign in, to shop or to search"),
    ],
)
def test_a_weak_link_says_why_and_comes_last(url: str, anchor: str, why: str) -> None:
    bare = url.removeprefix("http://")
    site = ".".join(bare.split("/")[0].split(".")[-2:])
    weak = link("a.example/l", bare, target_site=site, anchor=anchor, relevance=1.0)
    good, last = ranked(weak, link("b.example/l", relevance=0.6))
    assert (good.page_site, last.tier) == ("b.example", "C")
    assert why in last.why
    assert "GitHub" not in last.why


@pytest.mark.parametrize("found", [{"contact_kind": "none"}, {"contact_policy": "no ads"}])
def test_a_site_that_cannot_be_written_to_is_never_in_the_first_tier(found: Any) -> None:
    best: Any = {"relevance": 1.0, "contact_kind": "form", "contact": "http://a.example/contact"}
    assert [row.tier for row in ranked(link(**best))] == ["A"]
    assert [row.tier for row in ranked(link(**best | found))] == ["B"]
