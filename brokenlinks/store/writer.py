"""Lets a running crawl use the journal without ever waiting for the disk in its event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from brokenlinks.store.database import Journal

P = ParamSpec("P")
T = TypeVar("T")
I = TypeVar("I")  # noqa: E741 - an item

LARGEST_BATCH = 500

ForAll = Callable[[Connection, Sequence[I]], Sequence[T]]
"""Does the same for many items at once, which costs a fraction of doing it for each by itself."""


@dataclass(frozen=True, slots=True)
class _Work:
    """An item that waits until `do` has been done for it."""

    do: ForAll[Any, Any]
    item: Any
    future: asyncio.Future[Any]


class JournalWriter:
    """Runs journal functions in one thread, those that come together in one transaction.

    `await run(...)` returns once the work is committed: what it reports done survives a kill.
    """

    def __init__(self, journal: Journal, failed: Callable[[OperationalError], None]) -> None:
        """Write to `journal`; `failed` is called when the database itself refuses."""
        self._journal = journal
        self._failed = failed
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal")
        self._waiting: list[_Work] = []
        self._writing: asyncio.Task[None] | None = None

    async def run(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call `work(connection, ...)` in the next transaction and return its result."""
        return await self.run_together(
            _one_by_one, lambda connection: work(connection, *args, **kwargs)
        )

    async def run_together(self, do: ForAll[I, T], item: I) -> T:
        """Call `do(connection, items)` with all items that come meanwhile; return this one's."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Work(do, item, future))
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
            outcomes = await loop.run_in_executor(self._thread, self._write, batch)
            for work, result, error in outcomes:
                if work.future.cancelled():
                    continue
                if isinstance(error, OperationalError):
                    self._failed(error)
                if error is not None:
                    work.future.set_exception(error)
                else:
                    work.future.set_result(result)
        self._writing = None

    def _write(self, batch: list[_Work]) -> list[tuple[_Work, Any, Exception | None]]:
        alike: dict[ForAll[Any, Any], list[_Work]] = {}
        for work in batch:
            alike.setdefault(work.do, []).append(work)
        try:
            with self._journal.engine.begin() as connection:
                return [
                    (work, result, None)
                    for do, works in alike.items()
                    for work, result in zip(
                        works, do(connection, [work.item for work in works]), strict=True
                    )
                ]
        except Exception as error:  # noqa: BLE001 - belongs to the caller whose work failed
            if len(batch) == 1 or isinstance(error, OperationalError):
                return [(work, None, error) for work in batch]
            # One bad piece of work must not undo the others: each by itself, then.
            return [outcome for work in batch for outcome in self._write([work])]


def _one_by_one(connection: Connection, works: Sequence[Callable[[Connection], T]]) -> Sequence[T]:
    return [work(connection) for work in works]
