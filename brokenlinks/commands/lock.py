"""One run of a niche at a time: whoever comes second is told who is at work."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from brokenlinks.arguments import CrawlPlan
from brokenlinks.liveness.messages import day


class LockedError(Exception):
    """Another run of the niche is at work; the message says which."""


@contextmanager
def niche_lock(folder: Path, plan: CrawlPlan) -> Iterator[None]:
    """Hold the niche's lock in the output folder. Raises LockedError when somebody else does.

    The operating system takes the lock from a process that dies, however it dies.
    """
    lock = FileLock(folder / f".{plan.slug}.lock", timeout=0)
    holder = folder / f".{plan.slug}.holder"
    try:
        lock.acquire()
    except Timeout:
        raise LockedError(
            f"another run of {plan.niche!r} is at work in {folder}{_read(holder)}"
        ) from None
    try:
        now = datetime.now(UTC)
        holder.write_text(f"process {os.getpid()} since {day(now)}, {now:%H:%M} UTC")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _read(holder: Path) -> str:
    """Return who holds the lock, in brackets; "" where nobody has said yet."""
    try:
        return f" ({holder.read_text()})"
    except OSError:
        return ""
