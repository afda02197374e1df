"""How much a registrable domain weighs: what each source says, read and never interpreted.

Here the journal is brought up to date with Common Crawl's ranks, in steps that survive a kill.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from pathlib import Path

from brokenlinks.authority.common_crawl import (
    RankedDomain,
    RanksError,
    RanksReader,
    graphs_url,
    newest_release,
    ranks_url,
)
from brokenlinks.authority.download import ChangedFileError, Download, DownloadError
from brokenlinks.http.response import Exchange, OpenStream
from brokenlinks.http.service import MAX_RESPONSE_BYTES, Outcome
from brokenlinks.models.lookups import Rating, Source
from brokenlinks.store.authority import (
    SourceState,
    finish_source,
    known_domains,
    rated_domains,
    record_ratings,
    record_source_state,
    source_state,
)
from brokenlinks.store.database import Store
from brokenlinks.text.clock import Clock

BATCH_SIZE = 5_000
"""Rows in one transaction."""
PART_NAME = "{release}-domain-ranks.part"
RESUME_HINT = "give the same command again to continue"


@dataclass(frozen=True, slots=True)
class UpdateResult:
    """How an update ended, and a line about it for the user."""

    outcome: Outcome
    message: str


@dataclass(frozen=True, slots=True)
class UpdateContext:
    """What an update works with; `folder` keeps what has come of the file until all of it has.

    `index_url` and `data_url` are the base addresses; `show` is called after every step.
    """

    store: Store
    folder: Path
    index_url: str
    data_url: str
    exchange: Exchange
    open_stream: OpenStream
    clock: Clock
    show: Callable[[SourceState], None]


async def update_ranks(context: UpdateContext, rows: int | None) -> UpdateResult:
    """Store the first `rows` rows of the newest release; None: all of it the journal has use for.

    Raises nothing that the network could cause: failures are outcomes.
    """
    answer = await context.exchange(graphs_url(context.index_url), max_bytes=MAX_RESPONSE_BYTES)
    outcome, release = newest_release(answer)
    if outcome is not Outcome.OK:
        return UpdateResult(outcome, f"{context.index_url} did not name a release: {release}")
    domains = None if rows is not None else context.store.run(known_domains)
    before = context.store.run(source_state, Source.COMMON_CRAWL)
    if before and before.release == release and _is_up_to_date(context, before, rows, domains):
        day = f"{before.updated_at:%Y-%m-%d}"
        return UpdateResult(Outcome.EMPTY, f"nothing newer than {release}, of {day}")
    reading = _UpdatePass(context, _initial_state(context, before, release, rows), domains)
    return await reading.run()


class _UpdatePass:
    """One pass over the file, from its first byte: what has come before lies on disk."""

    def __init__(
        self, context: UpdateContext, state: SourceState, domains: set[str] | None
    ) -> None:
        self._context = context
        self._state = state
        self._known_domains = domains
        self._found_domains: set[str] = set()
        self._reader = RanksReader(domains)
        part = context.folder / PART_NAME.format(release=state.release)
        for other in context.folder.glob(PART_NAME.format(release="*")):
            if other != part:
                other.unlink()
        url = ranks_url(context.data_url, state.release)
        self._download = Download(url, part, context.open_stream, state.bytes_total)

    async def run(self) -> UpdateResult:
        """Read until all that is wanted is stored, or something comes in between."""
        try:
            await self._read()
            await asyncio.to_thread(self._finish)
        except (ChangedFileError, RanksError) as error:
            self._reset()
            return self._result(Outcome.ERROR, f"{error}; give the command again to start over")
        except DownloadError as error:
            return self._result(error.outcome, f"{error}; {RESUME_HINT}")
        except OSError as error:
            return self._result(
                Outcome.ERROR, f"{self._context.folder} cannot be written: {error.strerror}"
            )
        return self._result(Outcome.OK, "done")

    async def _read(self) -> None:
        async with aclosing(self._download.chunks()) as pieces:
            async for piece in pieces:
                # In a thread, so that the download goes on while the journal is written.
                await asyncio.to_thread(self._process_chunk, piece)
                if self._has_enough():
                    return

    def _process_chunk(self, piece: bytes) -> None:
        batch: list[RankedDomain] = []
        for row in self._reader.read(piece):
            if self._known_domains is not None or self._reader.rows > self._state.top_rows:
                batch.append(row)
            if len(batch) >= BATCH_SIZE:
                self._store(batch)
                batch = []
            if self._has_enough():
                break
        self._store(batch)

    def _store(self, batch: list[RankedDomain]) -> None:
        reader, whole = self._reader, self._known_domains is not None
        self._state = replace(
            self._state,
            rows_read=reader.rows,
            rows_skipped=reader.skipped,
            top_rows=self._state.top_rows if whole else max(self._state.top_rows, reader.rows),
            bytes_read=self._download.received,
            bytes_total=self._download.total,
            updated_at=self._context.clock(),
        )
        ratings = {row.domain: Rating(row.value, row.position) for row in batch}
        if whole:
            self._found_domains |= ratings.keys()
        self._context.store.run(record_ratings, ratings, self._state)
        self._context.show(self._state)

    def _finish(self) -> None:
        if not self._has_enough():
            self._store(list(self._reader.finish()))
        missing = (self._known_domains or set()) - self._found_domains
        self._context.store.run(finish_source, self._state, missing)
        self._download.discard()

    def _reset(self) -> None:
        """Trust nothing of this pass: the next one stores every row again."""
        self._download.discard()
        anew = replace(self._state, top_rows=0, bytes_total=None)
        self._context.store.run(record_source_state, anew)

    def _has_enough(self) -> bool:
        wanted = self._state.rows_wanted
        return wanted is not None and self._reader.rows >= wanted

    def _result(self, outcome: Outcome, message: str) -> UpdateResult:
        state = self._state
        of = f" of {_megabytes(state.bytes_total)}" if state.bytes_total else ""
        skipped = f", {state.rows_skipped:,} more unreadable" if state.rows_skipped else ""
        where = f"{state.rows_read:,} rows{skipped}, {_megabytes(state.bytes_read)}{of}"
        return UpdateResult(outcome, f"{state.release}: {where}: {message}")


def _is_up_to_date(
    context: UpdateContext, state: SourceState, rows: int | None, domains: set[str] | None
) -> bool:
    """Return whether the store has what is wanted of the newest release."""
    if rows is not None:
        is_same = state.finished_at is not None and state.rows_wanted == rows
        return is_same or state.top_rows >= rows
    assert domains is not None
    return domains <= context.store.run(rated_domains, state.source, release=state.release)


def _initial_state(
    context: UpdateContext, before: SourceState | None, release: str, rows: int | None
) -> SourceState:
    """Return where to begin; what is stored of the same release counts."""
    now = context.clock()
    state = SourceState(Source.COMMON_CRAWL, release, rows, started_at=now, updated_at=now)
    if before and before.release == release:
        state = replace(
            state,
            started_at=before.started_at,
            top_rows=before.top_rows,
            bytes_total=before.bytes_total,
        )
    context.store.run(record_source_state, state)
    return state


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
