"""Runs on one journal take turns at a site, and tell each other what they have checked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from brokenlinks.http.throttle import Turn
from brokenlinks.store.database import Store
from brokenlinks.store.turns import (
    LEASE,
    POLL_INTERVAL,
    StartWish,
    TurnWish,
    record_robots,
    settle_turns,
)

NOW = 1_800_000_000.0
GRANTED = Turn(granted=True, wait=0.0)
REFUSED = Turn(granted=False, wait=POLL_INTERVAL)


def wish(holder: str, seconds: float = 0.0, pause: float | None = None) -> TurnWish:
    return TurnWish("club.example", holder, NOW + seconds, pause)


def start(seconds: float, address: str = "192.0.2.1") -> StartWish:
    return StartWish(address, NOW + seconds, spacing=0.25)


def settle(store: Store, *wishes: TurnWish | StartWish) -> list[Turn]:
    return store.run(settle_turns, wishes)


def test_a_site_is_one_run_s_until_it_is_given_back(store: Store) -> None:
    assert settle(store, wish("hops"), wish("malt", 1)) == [GRANTED, REFUSED]
    assert settle(store, wish("hops", 2)) == [GRANTED], "it was killed and started again"
    assert settle(store, wish("malt", 3, pause=0)) == [GRANTED], "not its own to give back"
    assert settle(store, wish("malt", 3)) == [REFUSED]
    settle(store, wish("hops", 4, pause=1.5))
    [turn] = settle(store, wish("malt", 5))
    assert turn == Turn(granted=True, wait=0.5, changed_hands=True)


def test_a_wish_that_waited_for_the_journal_takes_no_turn_of_another(store: Store) -> None:
    settle(store, wish("hops", 5))
    assert settle(store, wish("malt")) == [REFUSED]


def test_the_turn_of_a_killed_run_ends_by_itself(store: Store) -> None:
    settle(store, wish("killed"))
    assert settle(store, wish("malt", LEASE - 1)) == [REFUSED]
    assert settle(store, wish("malt", LEASE))[0].granted


def test_a_clock_that_is_set_back_holds_nobody_up(store: Store) -> None:
    settle(store, wish("hops", 3600), wish("hops", 3600, pause=20))
    assert settle(store, wish("hops"))[0].wait <= 60
    settle(store, wish("malt", 7200))
    assert settle(store, wish("hops"))[0].granted


def test_requests_to_an_address_start_one_after_the_other_whoever_sends_them(store: Store) -> None:
    settle(store, start(0), start(0, "192.0.2.2"))
    turns = settle(store, start(0.125), start(0.125), start(1))
    assert [turn.wait for turn in turns] == [0.125, 0.375, 0]
    assert settle(store, start(-3600))[0].wait <= 60, "the clock was set back"


def test_a_site_that_is_a_bare_address_has_a_turn_of_its_own(store: Store) -> None:
    settle(store, start(0))
    assert settle(store, TurnWish("192.0.2.1", "hops", NOW)) == [GRANTED]
    assert settle(store, TurnWish("192.0.2.1", "malt", NOW)) == [REFUSED]
    assert settle(store, start(10)) == [GRANTED]


def test_for_how_long_a_robots_txt_has_failed(store: Store) -> None:
    origin, day = "https://club.example", timedelta(days=1)
    now = datetime(2026, 3, 2, tzinfo=UTC)
    seen = [(0, True), (2, True), (3, False), (4, True), (5, True)]
    failing = [
        store.run(record_robots, origin, now + days * day, failed=failed) for days, failed in seen
    ]
    assert failing == [0 * day, 2 * day, 0 * day, 0 * day, day]
