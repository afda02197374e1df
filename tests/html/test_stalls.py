"""A process that stands still ends, and the next one knows which page did it."""

from __future__ import annotations

import asyncio
import re
import signal
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from time import sleep

import pytest

from brokenlinks.html.stalls import StallGuard, now_reading
from brokenlinks.html.worker import UnreadablePageError, read_within_limits, unread_pages

pytestmark = pytest.mark.slow

PAGE = "http://a.example/links"
ENDLESS = re.compile("(a+)+$")
"""Takes longer than the world has existed, and nothing else of the process runs meanwhile."""


def read_for_ever(html: str, url: str) -> bool:
    """Stand for a reader that does not end."""
    return bool(ENDLESS.match(html + url))


def stand_still(folder: Path) -> None:
    StallGuard(folder, "niche", seconds=1).beat()
    asyncio.run(read_within_limits(read_for_ever, "a" * 60, PAGE))


def be_killed(folder: Path) -> None:
    StallGuard(folder, "niche", seconds=60).beat()
    now_reading.set(PAGE)
    signal.raise_signal(signal.SIGKILL)


@pytest.mark.parametrize(("job", "page"), [(stand_still, PAGE), (be_killed, "")])
def test_only_a_page_that_held_up_a_process_is_named(
    tmp_path: Path, job: Callable[[Path], None], page: str
) -> None:
    process = get_context("spawn").Process(target=job, args=(tmp_path,))
    process.start()
    process.join(60)
    assert process.exitcode not in {0, None}
    after = StallGuard(tmp_path, "niche", seconds=60)
    assert (after.page, "read_for_ever" in after.stack) == (page, bool(page))
    after.close()
    assert not list(tmp_path.iterdir())
    again = StallGuard(tmp_path, "niche", seconds=60)
    assert not again.page
    again.close()


def test_a_process_that_works_is_left_alone(tmp_path: Path) -> None:
    guard = StallGuard(tmp_path, "niche", seconds=0.5)
    for _ in range(10):
        guard.beat()
        sleep(0.1)
    guard.close()


def test_a_page_that_is_left_out_is_not_read() -> None:
    unread_pages.add(PAGE)
    with pytest.raises(UnreadablePageError, match="held up"):
        asyncio.run(read_within_limits(read_for_ever, "a" * 60, PAGE))
    unread_pages.clear()
