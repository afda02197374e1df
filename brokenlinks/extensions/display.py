"""Shows how far a long list was read: a live line on a terminal, a plain line now and then else."""

from __future__ import annotations

from time import monotonic
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from brokenlinks.store.ratings import SourceState

LIVE_INTERVAL = 0.5


class RowProgress:
    """Writes to `console`, every `interval` seconds at most where that is no terminal."""

    def __init__(self, console: Console, interval: float) -> None:
        self._console = console
        self._live = console.is_terminal
        self._interval = LIVE_INTERVAL if self._live else interval
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not self._live,
        )
        self._task = self._bar.add_task("asking for the newest list", total=None)
        self._started_at = self._last_shown = monotonic()

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def show(self, state: SourceState) -> None:
        """Tell how far a list was read, unless that was told just now."""
        now = monotonic()
        if now - self._last_shown < self._interval:
            return
        self._last_shown = now
        megabytes = state.bytes_read / 1_000_000
        line = f"{state.release}: {state.rows_read:,} rows, {megabytes:,.1f} MB"
        # Of the first rows of a list nobody knows how many bytes they take.
        done, total = (
            (state.rows_read, state.rows_wanted)
            if state.rows_wanted
            else (
                state.bytes_read,
                state.bytes_total,
            )
        )
        self._bar.update(self._task, description=line, completed=done, total=total)
        if not self._live:
            minutes, seconds = divmod(int(now - self._started_at), 60)
            of = f" ({done / total:.0%})" if total else ""
            self._console.print(f"{minutes:3d}:{seconds:02d}  {line}{of}", highlight=False)
