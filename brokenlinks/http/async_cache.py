"""A bounded cache of results: concurrent callers share one computation."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class AsyncCache(Generic[T]):
    """Keeps up to `limit` results by key; the oldest are dropped first."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._tasks: OrderedDict[str, asyncio.Task[T]] = OrderedDict()

    def __contains__(self, key: str) -> bool:
        """Return whether a result is cached or being computed."""
        return key in self._tasks

    async def get(self, key: str, fetch: Callable[[str], Coroutine[Any, Any, T]]) -> T:
        """Return the result for `key`; only the first caller runs `fetch(key)`."""
        task = self._tasks.get(key)
        if task is None:
            task = self._tasks[key] = asyncio.ensure_future(fetch(key))
            if len(self._tasks) > self._limit:
                self._tasks.popitem(last=False)
        return task.result() if task.done() else await asyncio.shield(task)
