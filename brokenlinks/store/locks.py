"""One run of a niche at a time: the lock belongs to the journal, from wherever it is used."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import create_engine, func, select

from brokenlinks.store.database import parse_url, store_errors


class LockedError(Exception):
    """Another run is in progress; the message says which."""


@contextmanager
def journal_lock(url: str, niche: str) -> Iterator[None]:
    """Hold the niche's lock of the journal at a SQLAlchemy URL.

    The operating system or the database server releases the lock of a process that dies, however
    it dies. Raises LockedError when another run holds it, and StoreError when the server cannot be
    asked.
    """
    with store_errors(url):
        parsed = parse_url(url)
    digest = sha256(niche.encode()).digest()
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        file = Path(parsed.database).resolve()
        with file_lock(file.with_name(f".{file.name}.{digest.hex()[:12]}"), niche):
            yield
        return
    key = int.from_bytes(digest[:8], signed=True)
    with ExitStack() as held:
        with store_errors(url):
            engine = create_engine(url, isolation_level="AUTOCOMMIT")
            held.callback(engine.dispose)
            connection = held.enter_context(engine.connect())
            is_free = connection.execute(select(func.pg_try_advisory_lock(key))).scalar_one()
        if not is_free:
            raise LockedError(f"another run of {niche!r} is at work on the journal {parsed}")
        yield


@contextmanager
def file_lock(path: Path, niche: str) -> Iterator[None]:
    """Hold the lock `<path>.lock`; `<path>.holder` says who does. Raises LockedError, OSError."""
    lock = FileLock(path.with_name(f"{path.name}.lock"), timeout=0)
    holder = path.with_name(f"{path.name}.holder")
    try:
        lock.acquire()
    except Timeout:
        raise LockedError(
            f"another run of {niche!r} is at work in {path.parent}{_read_holder(holder)}"
        ) from None
    try:
        now = datetime.now(UTC)
        holder.write_text(f"process {os.getpid()} since {now.day} {now:%B %Y}, {now:%H:%M} UTC")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _read_holder(file: Path) -> str:
    """Return who holds the lock, in brackets; "" when the holder has not written it yet."""
    try:
        return f" ({file.read_text(errors='replace')})"
    except OSError:
        return ""
