"""A long page is read in a process that is stopped at its limits, and another takes its place."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from time import monotonic

import pytest

from brokenlinks.html.document import parse_html
from brokenlinks.html.links import MAX_ELEMENTS, MAX_LINKS
from brokenlinks.html.page import read_page
from brokenlinks.html.worker import (
    MAX_SHORT_LENGTH,
    MAX_WORKERS,
    MEMORY_LIMIT,
    TIME_LIMIT,
    UnreadablePageError,
    read_within_limits,
    run_in_worker,
)

pytestmark = pytest.mark.slow

URL = "http://a.example/"
ATTRIBUTES = f"<p>text</p><a {' '.join(f'a{n}' for n in range(100_000))}>x</a>"
"""libxml2 takes twenty seconds for it."""


def long_page(text: str) -> str:
    return f"<h1>{text}</h1>" + "<p>some words</p>" * MAX_SHORT_LENGTH


def numbers(html: str, *, size: int) -> int:
    """Stand for a reader that fills the memory."""
    return len([html] * size)


def dies(_: str) -> None:
    """Stand for a crash in a library."""
    os.abort()


def own_process() -> int:
    return os.getpid()


async def read(html: str) -> str:
    return (await read_within_limits(parse_html, html, URL)).h1


def test_a_short_page_and_a_long_one_are_read_alike() -> None:
    assert asyncio.run(read("<h1>Short</h1>")) == "Short"
    assert asyncio.run(read(long_page("Long"))) == "Long"


def test_a_page_that_takes_too_long_is_left_and_the_next_is_read() -> None:
    async def all_at_once() -> list[str | BaseException]:
        pages = [*[ATTRIBUTES] * MAX_WORKERS, long_page("Next")]
        return await asyncio.gather(*map(read, pages), return_exceptions=True)

    began = monotonic()
    *bad, good = asyncio.run(all_at_once())
    assert good == "Next"
    assert [str(error) for error in bad] == [
        f"reading it took more than {TIME_LIMIT:.0f} seconds"
    ] * MAX_WORKERS
    assert monotonic() - began < 2 * TIME_LIMIT


def test_a_page_that_takes_too_much_memory_is_left() -> None:
    with pytest.raises(UnreadablePageError, match="memory"):
        asyncio.run(run_in_worker(numbers, "", size=MEMORY_LIMIT))
    assert asyncio.run(read(long_page("Next"))) == "Next"


READ_WITH_LESS_MEMORY = f"""
import asyncio, resource
from brokenlinks.html.document import parse_html
from brokenlinks.html.worker import read_within_limits
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY_LIMIT - 1}, {MEMORY_LIMIT - 1}))
page = "<h1>Long</h1>" + "<p>some words</p>" * {MAX_SHORT_LENGTH}
print(asyncio.run(read_within_limits(parse_html, page, "{URL}")).h1)
"""


def test_a_lower_limit_of_the_system_counts() -> None:
    reader = [sys.executable, "-c", READ_WITH_LESS_MEMORY]
    assert subprocess.check_output(reader, text=True) == "Long\n"


def test_a_page_that_crashes_its_reader_is_left() -> None:
    with pytest.raises(UnreadablePageError, match="ended the process"):
        asyncio.run(run_in_worker(dies, ""))
    assert asyncio.run(read(long_page("Next"))) == "Next"


def test_a_reader_that_was_killed_while_idle_costs_no_page() -> None:
    for _ in range(MAX_WORKERS + 1):
        reader = asyncio.run(run_in_worker(own_process))
        os.kill(reader, signal.SIGKILL)
        os.waitid(os.P_PID, reader, os.WEXITED | os.WNOWAIT)
        assert asyncio.run(read(long_page("Next"))) == "Next"


def test_so_many_links_and_no_more_are_read() -> None:
    page = read_page("<a href=http://b.example/>b</a>" * MAX_LINKS * 2, URL)
    assert page.word_count == MAX_LINKS * 2
    linked = "".join(f"<a href=http://b.example/{n}>b</a>" for n in range(MAX_LINKS + 1))
    assert len(read_page(linked, URL).outbound_links) == MAX_LINKS


def test_so_many_elements_and_no_more_are_read() -> None:
    page = read_page("<p>one</p>" * (MAX_ELEMENTS + 1_000), URL)
    assert MAX_ELEMENTS - 10 < page.word_count <= MAX_ELEMENTS
