"""What the user's files lack because our work on it failed: one bad record costs that record."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import pandas as pd

from brokenlinks.text.printable import excerpt

logger = logging.getLogger(__name__)

MAX_TEXT_CHARS = 120
"""Characters of a record's name and of an error: both stand in one line of the summary."""
NAMES = ("link_url", "target_url", "page_url", "page_site", "domain", "site", "url")
"""Fields that name a record, the most telling first."""
MAX_BAD_ROWS = 1_000
"""More of them are no odd records but a fault of the program, and take minutes to find."""
Result = TypeVar("Result")


class LeftOut:
    """Collects what failed, by place: a column, a sheet, the mails."""

    def __init__(self) -> None:
        self._failures: dict[str, list[tuple[str, str]]] = {}

    @contextmanager
    def on_failure(self, place: str, record: object = None) -> Iterator[None]:
        """Leave out what this context is for if it fails; `record` is what it is about."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - whatever it is, all else must be written
            self.add(place, error, record)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Forget what failed in this context if it ends with an error, and will be tried again."""
        before = {place: list(failures) for place, failures in self._failures.items()}
        try:
            yield
        except Exception:
            self._failures = before
            raise

    def add(self, place: str, error: Exception, record: object = None) -> None:
        """Note a failure that has been dealt with."""
        logger.debug("Left out: %s", place, exc_info=error)
        named = (getattr(record, name, "") for name in NAMES)
        name = excerpt(next((name for name in named if name), ""), MAX_TEXT_CHARS)
        failure = (name, excerpt(f"{type(error).__name__}: {error}", MAX_TEXT_CHARS))
        self._failures.setdefault(excerpt(place, MAX_TEXT_CHARS), []).append(failure)

    def sentences(self) -> tuple[str, ...]:
        """Return a sentence for each place: how often it failed, the first record, and why."""
        return tuple(
            f"{place}: {len(failures):,} left out"
            + (f", the first of {name}" if name else "")
            + f" ({error})"
            for place, failures in self._failures.items()
            for name, error in failures[:1]
        )


def without_bad_rows(
    frame: pd.DataFrame,
    compute: Callable[[pd.DataFrame], Result],
    place: str,
    left_out: LeftOut,
) -> tuple[Result, pd.DataFrame]:
    """Return what `compute` makes of the rows that it can take, and the others: `left_out`.

    Those are found by halving. Raises what `compute` raises where no row is to blame, or too many.
    """
    try:
        return compute(frame), frame.iloc[:0]
    except Exception:
        compute(frame.iloc[:0])
        bad: dict[int, Exception] = {}
        for position, error in _bad_rows(frame, compute, 0, len(frame)):
            bad[position] = error
            if len(bad) > MAX_BAD_ROWS:
                raise
    rows = frame.iloc[list(bad)]
    for row, error in zip(rows.itertuples(), bad.values(), strict=True):
        left_out.add(place, error, row)
    return compute(frame.drop(rows.index).infer_objects()), rows


def _bad_rows(
    frame: pd.DataFrame, compute: Callable[[pd.DataFrame], object], begin: int, end: int
) -> Iterator[tuple[int, Exception]]:
    try:
        compute(frame.iloc[begin:end].infer_objects())
    except Exception as error:  # noqa: BLE001
        middle = (begin + end) // 2
        if middle == begin:
            yield begin, error
        else:
            yield from _bad_rows(frame, compute, begin, middle)
            yield from _bad_rows(frame, compute, middle, end)
