"""Whoever waits for the journal's thread hears from it, whatever becomes of the thread."""

from __future__ import annotations

import asyncio
import ctypes
import subprocess
import sys
import threading
from collections.abc import Callable
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


def outcomes(
    store: Store,
    *works: Callable[[Connection], object],
    before: Callable[[], None] = lambda: None,
) -> tuple[list[object], list[Exception]]:
    """Return what callers who come one after the other get, and the errors that stop a run."""

    async def run() -> tuple[list[object], list[Exception]]:
        failures: list[Exception] = []
        writer = StoreWriter(store, failures.append)
        before()
        got: list[object] = []
        for work in works:
            async with asyncio.timeout(PATIENCE):
                got += await asyncio.gather(writer.run(work), return_exceptions=True)
        await writer.close()
        return got, failures

    return asyncio.run(run())


def end_thread() -> None:
    """Let the thread die when it takes up its next work, as it may when memory is short."""
    [thread] = [t for t in threading.enumerate() if t.name.startswith("journal")]
    ended = ctypes.py_object(SystemExit)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ended)


def test_who_waits_for_a_thread_that_dies_is_told(store: Store) -> None:
    got, failures = outcomes(store, niches, niches, before=end_thread)
    assert got == failures
    assert [str(one) for one in got] == ["its thread has died"] * 2


def test_work_that_ends_in_no_ordinary_error_holds_up_nobody(store: Store) -> None:
    def leaves(_: Connection) -> None:
        raise SystemExit

    (failed, works), failures = outcomes(store, leaves, niches)
    assert isinstance(failed, StoreError)
    assert works == []
    assert failures == [failed]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="a file of Linux")
def test_a_machine_without_a_thread_left_is_told_in_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_ROOM_FOR_A_THREAD, str(tmp_path / "journal.sqlite")],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert "the journal cannot be written: can't start new thread" in done.stdout, done.stderr
