"""A kill in the middle loses nothing, and memory does not grow with the list."""

from __future__ import annotations

import signal

from tests.authority.conftest import RANKS, Desk
from tests.authority.lists import ranks_of
from tests.end_to_end.conftest import LONGEST_RUN

ROWS = 300_000
MOST_MEMORY = 300_000_000
"""Bytes of a whole process; the rows alone, held as objects, would come on top with 120 MB."""


def test_nothing_is_lost_when_it_is_killed(desk: Desk) -> None:
    desk.ranks.ranks = ranks_of(ROWS)
    half = len(desk.ranks.ranks) // 2
    desk.ranks.breaks_after, desk.ranks.stalls = half, True
    process = desk.begin_update("--rows", str(ROWS))
    while not desk.part.exists() or desk.part.stat().st_size < half:
        assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait(LONGEST_RUN)
    desk.ranks.breaks_after, desk.ranks.stalls = None, False
    code, memory = desk.update_for("--rows", str(ROWS))
    assert code == 0
    assert desk.web.asked(RANKS)[-1].headers["range"] == f"bytes={half}-"
    stored = desk.positions()
    assert len(stored) == ROWS
    assert all(stored[f"site-{n}.example"] == n for n in range(1, ROWS + 1))
    print(memory)
    assert memory < MOST_MEMORY
