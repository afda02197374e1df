"""A kill in the middle loses nothing, and memory does not grow with the list."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.authority.conftest import RANKS, Desk, opened_desk
from tests.authority.lists import ranks_of

pytestmark = pytest.mark.slow

LONG, LONGER = 20_000, 300_000
MOST_MORE = 40_000_000
"""Bytes; the rows of the longer list, held at once, would take more than 100 MB."""


@dataclass
class Resumed:
    """A desk at which an update was killed when it had `kept` bytes, and then given again."""

    desk: Desk
    kept: int
    memory: int


@pytest.fixture(scope="module")
def resumed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Resumed]:
    with opened_desk(tmp_path_factory.mktemp("killed")) as desk:
        desk.ranks.ranks = ranks_of(LONG)
        desk.ranks.truncate_after, desk.ranks.stalls = len(desk.ranks.ranks) // 2, True
        with desk.begin_update("--rows", str(LONG)) as process:
            assert process.stderr is not None
            assert "rows" in process.stderr.readline(), "it has begun to store"
            process.send_signal(signal.SIGKILL)
        kept = desk.part.stat().st_size
        desk.ranks.truncate_after, desk.ranks.stalls = None, False
        yield Resumed(desk, kept, desk.memory_of_update("--rows", str(LONG)))


def test_nothing_is_lost_when_it_is_killed(resumed: Resumed) -> None:
    assert 0 < resumed.kept < len(resumed.desk.ranks.ranks)
    assert resumed.desk.web.asked(RANKS)[-1].headers["range"] == f"bytes={resumed.kept}-"
    assert resumed.desk.positions() == {f"site-{n}.example": n for n in range(1, LONG + 1)}


def test_memory_does_not_grow_with_the_list(desk: Desk, resumed: Resumed) -> None:
    desk.know("site-299999.example")
    desk.ranks.ranks = ranks_of(LONGER)
    memory = desk.memory_of_update("--for-store")
    assert desk.positions() == {"site-299999.example": 299_999, "club.example": LONGER}
    assert memory < resumed.memory + MOST_MORE
