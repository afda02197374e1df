"""Lets a running crawl use the journal without ever waiting for the disk in its event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from brokenlinks.journal.database import Journal

P = ParamSpec("P")
T = TypeVar("T")

LARGEST_BATCH = 200

_Work = Callable[[Connection], Any]


class JournalWriter:
    """Runs journal functions in one thread, those that come together in one transaction.

    `await run(...)` returns once the work is committed: what it reports done survives a kill.
    """

    def __init__(self, journal: Journal, failed: Callable[[OperationalError], None]) -> None:
        """Write to `journal`; `failed` is called when the database itself refuses."""
        self._journal = journal
        self._failed = failed
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal")
        self._waiting: list[tuple[_Work, asyncio.Future[Any]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def run(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call `work(connection, ...)` in the next transaction and return its result."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((lambda connection: work(connection, *args, **kwargs), future))
        if self._writing is None:
            self._writing = asyncio.ensure_future(self._write_all())
        return await future

    async def close(self) -> None:
        """Finish what was begun and stop the thread."""
        while self._writing is not None:
            await self._writing
        self._thread.shutdown()

    async def _write_all(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch, self._waiting = self._waiting[:LARGEST_BATCH], self._waiting[LARGEST_BATCH:]
            outcomes = await loop.run_in_executor(self._thread, self._write, [b[0] for b in batch])
            for (_, future), (result, error) in zip(batch, outcomes, strict=True):
                if future.cancelled():
                    continue
                if isinstance(error, OperationalError):
                    self._failed(error)
                if error is not None:
                    future.set_exception(error)
                else:
                    future.set_result(result)
        self._writing = None

    def _write(self, works: list[_Work]) -> list[tuple[Any, Exception | None]]:
        try:
            with self._journal.engine.begin() as connection:
                return [(work(connection), None) for work in works]
        except Exception as error:  # noqa: BLE001 - belongs to the caller whose work failed
            if len(works) == 1:
                return [(None, error)]
            # One bad piece of work must not undo the others: each by itself, then.
            return [outcome for work in works for outcome in self._write([work])]
