"""A kill in the middle loses nothing, and memory does not grow with the list."""

from __future__ import annotations

import signal

from tests.authority.conftest import RANKS, Desk
from tests.authority.lists import ranks_of

LONG, LONGER = 20_000, 300_000
MOST_MORE = 40_000_000
"""Bytes; the rows of the longer list, held at once, would take more than 100 MB."""


def test_nothing_is_lost_when_it_is_killed(desk: Desk) -> None:
    desk.ranks.ranks = ranks_of(LONG)
    desk.ranks.breaks_after, desk.ranks.stalls = len(desk.ranks.ranks) // 2, True
    with desk.begin_update("--rows", str(LONG)) as process:
        assert process.stderr is not None
        assert "rows" in process.stderr.readline(), "it has begun to store"
        process.send_signal(signal.SIGKILL)
    kept = desk.part.stat().st_size
    assert 0 < kept < len(desk.ranks.ranks)
    desk.ranks.breaks_after, desk.ranks.stalls = None, False
    assert desk.update("--rows", str(LONG)).returncode == 0
    assert desk.web.asked(RANKS)[-1].headers["range"] == f"bytes={kept}-"
    assert desk.positions() == {f"site-{n}.example": n for n in range(1, LONG + 1)}


def test_memory_does_not_grow_with_the_list(desk: Desk) -> None:
    desk.know("site-299999.example")
    usual = desk.memory_of_update("--for-store")
    desk.ranks.release, desk.ranks.ranks = "cc-main-2026-oct-nov-dec", ranks_of(LONGER)
    memory = desk.memory_of_update("--for-store")
    assert desk.positions() == {"site-299999.example": 299_999, "club.example": LONGER}
    assert memory < usual + MOST_MORE, (memory, usual)
