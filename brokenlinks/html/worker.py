"""Reads long pages in processes that can be stopped, so that no page holds up the run.

Neither threads nor libxml2 can be stopped, and a regular expression lets no other thread work.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection, Pipe
from typing import Any, Concatenate, ParamSpec, TypeVar

from brokenlinks.html.stalls import now_reading
from brokenlinks.text.printable import excerpt

P = ParamSpec("P")
T = TypeVar("T")

MAX_SHORT_LENGTH = 64 * 1024
"""Characters. For the worst markup known, thousands of attributes on one element, libxml2 needs
half a second for so much; the time grows with the square."""
TIME_LIMIT = 6.0
"""Seconds. A page of 20 MB takes three."""
MEMORY_LIMIT = 1024 * 1024 * 1024
"""Bytes of address space, 300 MB of them for the program itself; a page of 20 MB takes 300 MB."""
MAX_WORKERS = 2
"""While one is held up by a bad page, the other reads."""

unread_pages: set[str] = set()
"""The addresses of pages that are not read in this process."""


class UnreadablePageError(Exception):
    """The page cannot be read within the limits; the message says which was reached."""


async def read_within_limits(
    read: Callable[Concatenate[str, P], T], html: str, *args: P.args, **kwargs: P.kwargs
) -> T:
    """Call `read(html, ...)`, for a long page in another process.

    What follows the markup is the page's address, or has it as `url`. Raises UnreadablePageError
    when reading takes too long, or too much memory, or once held up a run.
    """
    url = str(getattr(args[0], "url", args[0])) if args else ""
    if url in unread_pages:
        raise UnreadablePageError("reading it held up an earlier run, which had to be ended")
    if len(html) > MAX_SHORT_LENGTH:
        return await run_in_worker(read, html, *args, **kwargs)
    now_reading.set(url)
    try:
        return read(html, *args, **kwargs)
    finally:
        now_reading.set("")


async def run_in_worker(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call `function` in another process: it and its arguments must be picklable.

    Raises UnreadablePageError.
    """
    call = partial(function, *args, **kwargs)
    return await asyncio.get_running_loop().run_in_executor(_threads, _call_worker, call)


class _Worker:
    """A process at the other end of a pipe; it ends with the pipe."""

    def __init__(self) -> None:
        self._pipe, theirs = Pipe()
        self._process = subprocess.Popen(  # noqa: S603 - this file
            [sys.executable, "-m", __name__, str(theirs.fileno())],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # what is typed at the terminal is for the run
        )
        theirs.close()

    @property
    def is_alive(self) -> bool:
        """Whether nobody has ended the process, as a system short of memory may."""
        return self._process.poll() is None

    def call(self, call: Callable[[], Any]) -> Any:
        """Return the result. Raises UnreadablePageError, after which there is no process."""
        try:
            self._pipe.send(call)
            self._pipe.recv()  # loading its modules does not count
            if not self._pipe.poll(TIME_LIMIT):
                raise UnreadablePageError(f"reading it took more than {TIME_LIMIT:.0f} seconds")
            result, problem = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise UnreadablePageError("reading it ended the process that did it") from error
        if problem:
            raise UnreadablePageError(problem)
        return result

    def stop(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        self._pipe.close()


_threads = ThreadPoolExecutor(MAX_WORKERS, thread_name_prefix="reader")
_workers = threading.local()
"""Each thread has a worker of its own."""


def _call_worker(call: Callable[[], T]) -> T:
    worker: _Worker | None = getattr(_workers, "worker", None)
    if worker is None or not worker.is_alive:
        worker = _workers.worker = _Worker()
    try:
        result: T = worker.call(call)
    except UnreadablePageError:
        worker.stop()
        _workers.worker = None
        raise
    return result


def _serve(pipe: Connection) -> None:
    """Do what comes through the pipe until the other end is closed."""
    import resource  # noqa: PLC0415 - Windows has none

    logging.disable()
    with suppress(ValueError):  # macOS takes no such limit; elsewhere a lower one may be set
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    while True:
        try:
            call = pipe.recv()
        except EOFError:
            return
        pipe.send(None)
        signal.alarm(int(2 * TIME_LIMIT))  # ends it where the run was killed in the meantime
        try:
            answer = call(), ""
        except MemoryError:
            answer = None, f"reading it takes more than {MEMORY_LIMIT >> 20} MB of memory"
        except Exception as error:  # noqa: BLE001 - told to the caller
            answer = None, excerpt(f"reading it failed ({type(error).__name__}: {error})", 200)
        signal.alarm(0)
        pipe.send(answer)


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])))
