"""Events since the user last looked, one by one."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from brokenlinks.scoring.changes import WON, changes, removals_by_key
from brokenlinks.scoring.opportunities import row_key
from tests.frames import NOW, histories_frame, link, links_frame, runs_frame

DAY = pd.Timedelta(days=1)
FIRST, SECOND, LATEST = (
    {"started_at": NOW - days * DAY, "finished_at": NOW - days * DAY} for days in (20, 10, 1)
)
LONG_AGO, RECENTLY = NOW - 20 * DAY + pd.Timedelta(hours=1), NOW


def dead_link_history(**other: Any) -> dict[str, Any]:
    """Return a link that has been dead, and known as such, since the first run."""
    known = {
        **link(),
        "first_seen": LONG_AGO,
        "dead_since": LONG_AGO,
        "confirmed_at": LONG_AGO,
        "recovered_at": pd.NaT,
        "gone_at": pd.NaT,
        "replaced_by": "",
        "page_reason": "",
    }
    return known | other


def events_of(*rows: Any, links: Any = (), own_site: str = "") -> dict[str, str]:
    """Return the events of three runs and what they say, those of the first run left out."""
    runs = runs_frame(FIRST, SECOND, LATEST)
    events = changes(histories_frame(*rows), links_frame(*links), own_site, runs)
    seen = events[~events["is_first"].astype(bool)]
    return dict(zip(seen["event"], seen["detail"], strict=True))


@pytest.mark.parametrize(
    ("happened", "event"),
    [
        ({}, None),
        ({"first_seen": RECENTLY}, "new"),
        ({"dead_since": RECENTLY, "confirmed_at": pd.NaT}, "new"),
        ({"confirmed_at": RECENTLY}, "now confirmed"),
        (
            {"verdict": "alive", "dead_since": pd.NaT, "confirmed_at": pd.NaT}
            | {"recovered_at": RECENTLY},
            "recovered",
        ),
        ({"gone_at": RECENTLY}, "fixed by the owner"),
        ({"page_status": "rejected", "page_reason": "http_404"}, "page gone"),
    ],
)
def test_what_happens_to_a_link_is_one_event(happened: dict[str, Any], event: str | None) -> None:
    assert list(events_of(dead_link_history(**happened))) == ([event] if event else [])


def test_a_link_in_the_place_of_the_dead_one_is_named() -> None:
    said = events_of(dead_link_history(gone_at=RECENTLY, replaced_by="http://better.example/hops"))
    assert said == {"replaced by another link": "it links to http://better.example/hops"}


def test_a_link_to_the_persons_site_is_won() -> None:
    ours = link(target="mine.example/hops", first_seen=RECENTLY, anchor="Keeping hops")
    said = events_of(dead_link_history(), links=[ours], own_site="mine.example")
    assert said == {"won": "the page links to your site"}


@pytest.mark.parametrize(
    ("gone", "ours", "label", "is_news"),
    [
        (RECENTLY, RECENTLY, WON, True),
        (RECENTLY, NOW - 10 * DAY, WON, False),  # an earlier run saw it
        (NOW - 5 * DAY, RECENTLY, "fixed", False),
        (RECENTLY, LONG_AGO, "fixed", False),  # the page had linked to us before
        (pd.NaT, RECENTLY, None, False),  # it still stands there
    ],
)
def test_the_link_that_ours_took_the_place_of_is_won(
    gone: Any, ours: Any, label: str | None, *, is_news: bool
) -> None:
    history = dead_link_history(gone_at=gone)
    links = links_frame(link(target="mine.example/hops", first_seen=ours))
    runs = runs_frame(FIRST, SECOND, LATEST)
    removals = removals_by_key(histories_frame(history), links, "mine.example", runs)
    removal = removals.get(row_key(history["page_key"], history["target_key"]))
    assert (removal and removal.label) == label
    assert (removal is not None and removal.live_on is not None) == is_news


def test_what_the_first_run_found_is_no_change() -> None:
    rows = histories_frame(dead_link_history())
    events = changes(rows, links_frame(), "", runs_frame(FIRST))
    assert list(events["event"]) == ["new"]
    assert events["is_first"].all()
    assert events["is_latest"].all()


def test_only_the_latest_run_is_marked_so_and_old_news_is_dropped() -> None:
    rows = [
        dead_link_history(),
        dead_link_history(page_key="two", first_seen=NOW - 9 * DAY),
        dead_link_history(page_key="three", first_seen=RECENTLY),
        dead_link_history(page_key="four", first_seen=NOW - 40 * DAY, dead_since=NOW - 40 * DAY),
    ]
    events = changes(histories_frame(*rows), links_frame(), "", runs_frame(FIRST, SECOND, LATEST))
    new = events[events["event"] == "new"].set_index("page_key")
    assert "four" not in new.index
    assert new["is_latest"].to_dict() == {"club.example/links": False, "two": False, "three": True}
