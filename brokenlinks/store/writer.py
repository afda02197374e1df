"""Writes to the journal from a running crawl without blocking its event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from brokenlinks.store.database import Store, StoreError, is_failure

P = ParamSpec("P")
T = TypeVar("T")
I = TypeVar("I")  # noqa: E741 - an item

MAX_BATCH_SIZE = 400
"""Items in one transaction: enough to spread its cost, few enough that no caller waits long, and
that two values of each fit in one query."""
CHECK_INTERVAL = 1.0
"""Seconds between two looks whether the thread still runs."""

BatchFunction = Callable[[Connection, Sequence[I]], Sequence[T]]
"""Handles many items at once, which costs a fraction of handling them one by one."""


@dataclass(frozen=True, slots=True)
class _Work:
    """An item that waits for `function`."""

    function: BatchFunction[Any, Any]
    item: Any
    future: asyncio.Future[Any]


class StoreWriter:
    """Runs store functions in one thread, and those that arrive together in one transaction.

    `await run(...)` returns once the work is committed, so that it survives a kill.
    """

    def __init__(self, store: Store, on_failure: Callable[[Exception], None]) -> None:
        """Write to `store`; `on_failure` is called if the database itself fails.

        Raises StoreError when the machine has no thread or no memory for it.
        """
        self._store = store
        self._on_failure = on_failure
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal")
        try:
            self._thread = self._executor.submit(threading.current_thread).result()
        except (RuntimeError, MemoryError) as error:
            raise StoreError(f"the journal cannot be written: {error or 'no memory'}") from error
        self._queue: list[_Work] = []
        self._task: asyncio.Task[None] | None = None

    async def run(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call `work(connection, ...)` in the next transaction and return its result."""
        return await self.run_batched(
            _run_each, lambda connection: work(connection, *args, **kwargs)
        )

    async def run_batched(self, function: BatchFunction[I, T], item: I) -> T:
        """Call `function(connection, items)` with all items waiting; return this one's result."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.append(_Work(function, item, future))
        if self._task is None:
            self._task = asyncio.ensure_future(self._write_all())
        return await future

    async def close(self) -> None:
        """Finish the queue and stop the thread."""
        while self._task is not None:
            await self._task
        self._executor.shutdown()

    async def _write_all(self) -> None:
        while self._queue:
            batch, self._queue = self._queue[:MAX_BATCH_SIZE], self._queue[MAX_BATCH_SIZE:]
            try:
                outcomes = await self._written(batch)
            except BaseException as fatal:  # noqa: BLE001 - nobody may wait for ever
                failure = fatal if isinstance(fatal, StoreError) else StoreError(repr(fatal))
                outcomes = [(work, None, failure) for work in batch]
            for work, result, error in outcomes:
                if work.future.cancelled():
                    continue
                if error is not None and is_failure(error):
                    self._on_failure(error)
                if error is not None:
                    work.future.set_exception(error)
                else:
                    work.future.set_result(result)
        self._task = None

    async def _written(self, batch: list[_Work]) -> list[tuple[_Work, Any, Exception | None]]:
        """Return the outcomes. Raises StoreError when the thread died, as without memory it may."""
        loop = asyncio.get_running_loop()
        written = loop.run_in_executor(self._executor, self._write, batch)
        while not written.done():
            if not self._thread.is_alive():
                raise StoreError("its thread has died")
            await asyncio.wait([written], timeout=CHECK_INTERVAL)
        return await written

    def _write(self, batch: list[_Work]) -> list[tuple[_Work, Any, Exception | None]]:
        alike: dict[BatchFunction[Any, Any], list[_Work]] = {}
        for work in batch:
            alike.setdefault(work.function, []).append(work)
        try:
            with self._store.engine.begin() as connection:
                return [
                    (work, result, None)
                    for function, works in alike.items()
                    for work, result in zip(
                        works, function(connection, [work.item for work in works]), strict=True
                    )
                ]
        except Exception as error:  # noqa: BLE001 - belongs to the caller whose work failed
            if len(batch) == 1 or is_failure(error):
                return [(work, None, error) for work in batch]
            # One bad item must not undo the others: run each alone.
            return [outcome for work in batch for outcome in self._write([work])]


def _run_each(connection: Connection, works: Sequence[Callable[[Connection], T]]) -> Sequence[T]:
    return [work(connection) for work in works]
