"""Opens the journal and upgrades it to this version of the program."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from glob import escape
from importlib.resources import files
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Column, Connection, Engine, Row, Select, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from brokenlinks.store.schema import metadata
from brokenlinks.text.printable import excerpt, hide, secrets_in

BUSY_TIMEOUT = 30.0
"""Seconds one process waits for another to finish its transaction."""
MAX_VALUES_PER_QUERY = 900
"""Databases bound the parameters of a statement: SQLite before 3.32 to 999, later to 32,766."""
DAMAGE_MESSAGES = ("Could not decode", "no such column", "no such table", "malformed")
"""How SQLite tells of texts that are none, its own description of the tables among them."""
MAX_REASON_LENGTH = 150
"""Characters. A text that cannot be decoded is quoted in full."""
COPY_FOLDER = "backups"
"""Beside the journal; the program copies it there once a week."""
BASELINE = "0010"
"""Revision of the oldest journal that can be upgraded, that of version 0.2.0."""
INDEX_STATISTICS = (
    ("pages", "sqlite_autoindex_pages_1", "10000 10000 1"),
    ("pages", "ix_pages_settled", "10000 10000 5000"),
    ("links", "sqlite_autoindex_links_1", "1000000 100 1"),
    ("links", "ix_links_target_id", "1000000 2"),
)
"""Table, index, and rows: in total, per value of the index's first column, of its first two."""

P = ParamSpec("P")
T = TypeVar("T")


class StoreError(Exception):
    """The journal cannot be used; the message says why and what to do about it."""


class Store:
    """An open journal. `run` executes functions of this package, each call one transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def run(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call `work(connection, ...)` in a transaction and return its result.

        Raises StoreError when the file turns out to be damaged.
        """
        try:
            with self.engine.begin() as connection:
                return work(connection, *args, **kwargs)
        except DatabaseError as error:
            if not is_damage(error):
                raise
            raise StoreError(describe_damage(str(self.engine.url), error.orig)) from error

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def is_failure(error: BaseException) -> bool:
    """Return whether the database itself failed, so that other work would fail as well."""
    return isinstance(error, OperationalError | StoreError) or is_damage(error)


def is_damage(error: BaseException) -> bool:
    """Return whether an error says that pages of the file, or texts in it, cannot be read."""
    cause = error.orig if isinstance(error, DatabaseError) else error
    # The class itself: its subclasses tell of locks, full disks and our own mistakes.
    is_named = isinstance(cause, sqlite3.Error) and str(cause).startswith(DAMAGE_MESSAGES)
    return type(cause) is sqlite3.DatabaseError or is_named


def describe_damage(url: str, cause: object) -> str:
    """Return what is wrong with the journal and what to do, in one line."""
    if not _is_file(url):
        return f"the journal {shown_url(url)} cannot be used: {_first_line(cause)}"
    journal, copies = journal_file(url), copies_of(url)
    newest = f"; the newest is {copies[-1]}" if copies else ""
    return (
        f"the journal {shown_url(url)} is damaged ({_first_line(cause)}): put back a copy of it"
        f" (docs/scheduling.md says how{newest}), or save what is left: sqlite3 {journal} .recover"
        " | sqlite3 recovered.sqlite"
    )


def journal_file(url: str) -> Path | None:
    """Return the SQLite file of a journal, None for another database."""
    parsed = make_url(url)
    is_file = parsed.get_backend_name() == "sqlite"
    return Path(parsed.database) if is_file and parsed.database else None


def copies_of(url: str) -> list[Path]:
    """Return the copies that the program has made of a journal, the oldest first."""
    journal = journal_file(url)
    if journal is None:
        return []
    digits = "[0-9]" * 8
    pattern = f"{escape(journal.stem)}-{digits}{journal.suffix}"
    return sorted((journal.parent / COPY_FOLDER).glob(pattern))


def _first_line(cause: object) -> str:
    return excerpt(str(cause).partition("\n")[0], MAX_REASON_LENGTH)


def shown_url(url: str) -> str:
    """Return a journal's address as errors may show it: no user, no password, no parameters."""
    scheme, separator, place = url.partition("://")
    if _is_file(url) or not separator:
        return url if separator else "without ://"
    return f"{scheme}://{place.rpartition('@')[2].partition('?')[0]}"


def _is_file(url: str) -> bool:
    return re.match(r"sqlite(\+\w+)?:", url) is not None


def batched(values: Iterable[T]) -> Iterator[Sequence[T]]:
    """Cut values into parts that fit in one query."""
    listed = list(values)
    starts = range(0, len(listed), MAX_VALUES_PER_QUERY)
    return (listed[start : start + MAX_VALUES_PER_QUERY] for start in starts)


def rows_in_batches(
    connection: Connection, query: Select[Any], column: Column[T], values: Iterable[T] | None
) -> Iterator[Row[Any]]:
    """Yield the rows of a query whose `column` has one of the `values`; None for all rows."""
    if values is None:
        yield from connection.execute(query)
        return
    for some in batched(values):
        yield from connection.execute(query.where(column.in_(some)))


@contextmanager
def store_errors(url: str) -> Iterator[None]:
    """Raise StoreError, which says what to do, where the journal at a URL cannot be reached."""
    shown = shown_url(url)
    try:
        yield
    except ImportError as error:
        raise StoreError(f"JOURNAL_URL {shown} needs a driver: {error}") from error
    except UnicodeError as error:
        raise StoreError(describe_damage(url, error)) from error
    except OperationalError as error:
        reason = _first_line(error.orig)
        raise StoreError(f"the journal {shown} cannot be opened or written: {reason}") from error
    except DatabaseError as error:
        if "not a database" not in str(error.orig):
            raise StoreError(describe_damage(url, error.orig)) from error
        raise StoreError(
            f"{shown} is not a journal of brokenlinks ({error.orig}); move the file away"
        ) from error
    except OSError as error:
        raise StoreError(f"the journal {shown} cannot be created: {error}") from error
    except ArgumentError as error:
        reason = str(error).replace(url, shown)  # SQLAlchemy 2.0 quotes it
        raise StoreError(f"JOURNAL_URL {shown} is not a database address: {reason}") from error


def open_store(url: str) -> Store:
    """Open the journal at a SQLAlchemy URL, creating or upgrading it.

    Raises StoreError when it cannot be reached, is no journal, or comes from a newer version or
    from one before 0.2.0.
    """
    with store_errors(url):
        parse_url(url)
        if journal := journal_file(url):
            journal.parent.mkdir(parents=True, exist_ok=True)
        engine = _engine(url)
        with engine.begin() as connection:
            _upgrade(connection, shown_url(url))
    return Store(engine)


def parse_url(url: str) -> URL:
    """Return a journal's address, its secrets hidden. Raises ArgumentError."""
    for secret in secrets_in(url):
        hide(secret)
    if not _is_file(url) and url.partition("?")[0].count("@") > 1:
        # SQLAlchemy takes the first for the end of the password, and the driver shows the rest.
        raise ArgumentError("write an @ in its password as %40")
    try:
        return make_url(url)
    except ValueError as error:
        raise ArgumentError("its port is not a number") from error


def _engine(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        # Take the write lock at once: upgrading a read lock later could fail instead of waiting.
        event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Use WAL, so that readers never wait, and our own transactions in place of the driver's."""
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {int(BUSY_TIMEOUT * 1000)}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _upgrade(connection: Connection, shown: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(files(__package__) / "migrations"))
    config.attributes["connection"] = connection
    current = MigrationContext.configure(connection).get_current_revision()
    script = ScriptDirectory.from_config(config)
    if current == script.get_current_head():
        return
    if current is None:
        metadata.create_all(connection, checkfirst=False)
        command.stamp(config, "head")
    elif current < BASELINE:
        raise StoreError(
            f"the journal {shown} was written by a version before 0.2.0 (revision {current}); "
            "run version 0.2.0 of brokenlinks on it once"
        )
    else:
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StoreError(
                f"the journal {shown} was written by a newer version (revision {current}); "
                "update brokenlinks, or name another journal with -s JOURNAL_URL=..."
            ) from error
    if connection.dialect.name == "sqlite":
        _set_planner_statistics(connection)


def _set_planner_statistics(connection: Connection) -> None:
    """Give SQLite the statistics of a large journal, as its documentation allows.

    Without them it scans all links of a niche to find those to a few targets.
    """
    connection.exec_driver_sql("ANALYZE runs")  # makes the table
    connection.exec_driver_sql("DELETE FROM sqlite_stat1")
    connection.exec_driver_sql("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", list(INDEX_STATISTICS))
    connection.exec_driver_sql("ANALYZE sqlite_master")  # reads it
