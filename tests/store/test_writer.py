"""Whoever waits for the journal's thread hears from it, whatever becomes of the thread."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection

from brokenlinks.store.database import Store, StoreError
from brokenlinks.store.runs import niches
from brokenlinks.store.writer import StoreWriter
from tests.end_to_end.program import ENVIRONMENT, ROOT

PATIENCE = 30.0
WITHOUT_ROOM_FOR_A_THREAD = """
import resource, sys
from brokenlinks.store.database import StoreError, open_store
from brokenlinks.store.writer import StoreWriter
store = open_store(f"sqlite:///{sys.argv[1]}")
pages = int(open("/proc/self/statm").read().split()[0])
limit = pages * resource.getpagesize() + 1_000_000
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
try:
    StoreWriter(store, print)
except StoreError as error:
    print(error)
"""


DYING_THREAD = """
import asyncio, ctypes, sys, threading
from brokenlinks.store.database import open_store
from brokenlinks.store.runs import niches
from brokenlinks.store.writer import StoreWriter

async def run():
    failures = []
    writer = StoreWriter(open_store(f"sqlite:///{sys.argv[1]}"), failures.append)
    [thread] = [t for t in threading.enumerate() if t.name.startswith("journal")]
    ended = ctypes.py_object(SystemExit)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ended)
    got = []
    for _ in range(2):
        got += await asyncio.gather(writer.run(niches), return_exceptions=True)
    await writer.close()
    assert got == failures
    print(*got, sep="; ")

asyncio.run(run())
"""
"""Lets the thread die when it takes up its next work, as it may when memory is short.

In a process of its own: with an exception on its way to another thread, Python 3.11 stands still
where a coverage tool traces it.
"""


def said_by(program: str, journal: Path) -> str:
    """Return what a program prints that uses a journal."""
    done = subprocess.run(
        [sys.executable, "-c", program, str(journal)],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    return done.stdout or done.stderr


def test_who_waits_for_a_thread_that_dies_is_told(tmp_path: Path) -> None:
    said = said_by(DYING_THREAD, tmp_path / "journal.sqlite")
    assert said == "its thread has died; its thread has died\n"


def test_work_that_ends_in_no_ordinary_error_holds_up_nobody(store: Store) -> None:
    def leaves(_: Connection) -> None:
        raise SystemExit

    async def run() -> tuple[list[object], list[Exception]]:
        failures: list[Exception] = []
        writer = StoreWriter(store, failures.append)
        got: list[object] = []
        for work in (leaves, niches):
            async with asyncio.timeout(PATIENCE):
                got += await asyncio.gather(writer.run(work), return_exceptions=True)
        await writer.close()
        return got, failures

    (failed, works), failures = asyncio.run(run())
    assert isinstance(failed, StoreError)
    assert works == []
    assert failures == [failed]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="a file of Linux")
def test_a_machine_without_a_thread_left_is_told_in_one_line(tmp_path: Path) -> None:
    said = said_by(WITHOUT_ROOM_FOR_A_THREAD, tmp_path / "journal.sqlite")
    assert "the journal cannot be written: can't start new thread" in said
