"""The outcome of writing a report: the workbook, counts, the best rows, warnings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from brokenlinks.store.user_data import Annotation


@dataclass(frozen=True, slots=True)
class Report:
    """What was written: the workbook, how many rows it has, the best of them, warnings.

    `mails` counts those ready to be sent; `annotations` are what the user had written in the
    workbook. `unread` explains why no mail goes out: the user's workbook could not be read.
    `left_out` is what the files lack because our work on it failed.
    """

    workbook: Path
    links: int
    confirmed: int
    suspected: int
    mails: int
    best: tuple[str, ...]
    warnings: tuple[str, ...]
    annotations: tuple[Annotation, ...]
    unread: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def has_problems(self) -> bool:
        """Whether the user has to do something before the files can be relied on."""
        return bool(self.unread or self.left_out)
