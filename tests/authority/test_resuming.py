"""A kill in the middle loses nothing, and memory does not grow with the list."""

from __future__ import annotations

import signal

from tests.authority.conftest import RANKS, Desk
from tests.authority.lists import ranks_of
from tests.end_to_end.conftest import LONGEST_RUN

LONG, LONGER = 20_000, 300_000
MOST_MORE = 40_000_000
"""Bytes; the rows of the longer list, held at once, would take more than 100 MB."""


def test_nothing_is_lost_when_it_is_killed(desk: Desk) -> None:
    desk.ranks.ranks = ranks_of(LONG)
    half = len(desk.ranks.ranks) // 2
    desk.ranks.breaks_after, desk.ranks.stalls = half, True
    process = desk.begin_update("--rows", str(LONG))
    while not desk.part.exists() or desk.part.stat().st_size < half:
        assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait(LONGEST_RUN)
    desk.ranks.breaks_after, desk.ranks.stalls = None, False
    assert desk.update("--rows", str(LONG)).returncode == 0
    assert desk.web.asked(RANKS)[-1].headers["range"] == f"bytes={half}-"
    assert desk.positions() == {f"site-{n}.example": n for n in range(1, LONG + 1)}


def test_memory_does_not_grow_with_the_list(desk: Desk) -> None:
    desk.know("site-299999.example")
    usual = desk.memory_of_update("--for-store")
    desk.ranks.release, desk.ranks.ranks = "cc-main-2026-oct-nov-dec", ranks_of(LONGER)
    memory = desk.memory_of_update("--for-store")
    assert desk.positions() == {"site-299999.example": 299_999, "club.example": LONGER}
    assert memory < usual + MOST_MORE, (memory, usual)
