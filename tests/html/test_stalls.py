"""A process that stands still ends, and the next one knows which page did it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from signal import SIGKILL
from time import sleep

import pytest

from brokenlinks.html.document import parse_html
from brokenlinks.html.stalls import StallGuard
from brokenlinks.html.worker import UnreadablePageError, read_within_limits, unread_pages

pytestmark = pytest.mark.slow

PAGE = "http://a.example/links"
ENDLESS = "(a+)+$"
"""Takes longer than the world has existed, and nothing else of the process runs meanwhile."""
STAND_STILL = f"""
import asyncio, re, sys
from pathlib import Path
from brokenlinks.html.stalls import StallGuard
from brokenlinks.html.worker import read_within_limits

def read_for_ever(html, url):
    return re.match("{ENDLESS}", html + url)

StallGuard(Path(sys.argv[1]), "niche", seconds=1).beat()
asyncio.run(read_within_limits(read_for_ever, "a" * 60, "{PAGE}"))
"""
BE_KILLED = f"""
import signal, sys
from pathlib import Path
from brokenlinks.html.stalls import StallGuard, now_reading

StallGuard(Path(sys.argv[1]), "niche", seconds=60).beat()
now_reading.set("{PAGE}")
signal.raise_signal(signal.SIGKILL)
"""


@pytest.mark.parametrize(
    ("program", "exit_code", "page"), [(STAND_STILL, 1, PAGE), (BE_KILLED, -SIGKILL, "")]
)
def test_only_a_page_that_held_up_a_process_is_named(
    tmp_path: Path, program: str, exit_code: int, page: str
) -> None:
    done = subprocess.run([sys.executable, "-c", program, tmp_path], check=False, timeout=60)
    assert done.returncode == exit_code
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
        asyncio.run(read_within_limits(parse_html, "<p>text</p>", PAGE))
    unread_pages.clear()
