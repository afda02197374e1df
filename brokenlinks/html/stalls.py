"""Which page is being read, written down where a run that stood still leaves it.

Nothing else of a process runs while a regular expression or a C library holds Python's lock, so
that nobody could stop it or say where it is: only a thread of C can, which `faulthandler` has.
"""

from __future__ import annotations

import faulthandler
import mmap
from pathlib import Path

RECORD_SIZE = 4096
"""Bytes; longer addresses are cut."""


class _Record:
    """The page that is being read, in memory that may be a file: it costs a microsecond."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, RECORD_SIZE)

    def keep_in(self, path: Path) -> None:
        """Keep it in this file from now on."""
        path.write_bytes(bytes(RECORD_SIZE))
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), RECORD_SIZE)

    def set(self, url: str) -> None:
        """Note that this page is being read, "" for none."""
        self._memory[:] = url.encode("utf-8", "replace")[:RECORD_SIZE].ljust(RECORD_SIZE, b"\0")


now_reading = _Record()


class StallGuard:
    """Ends the process when nobody calls `beat` for so many seconds, and tells the next one why.

    `page` is what the process before was reading when it stood still, "" when it did not, and
    `stack` where in the program that was.
    """

    def __init__(self, folder: Path, name: str, seconds: float) -> None:
        record, stack = folder / f".{name}.reading", folder / f".{name}.stack"
        self.stack = stack.read_text("utf-8", "replace") if stack.exists() else ""
        self.page = ""
        if self.stack and record.exists():
            self.page = record.read_bytes().rstrip(b"\0").decode("utf-8", "replace")
        self._files = (record, stack)
        self._seconds = seconds
        self._stack_file = stack.open("w")
        now_reading.keep_in(record)

    def beat(self) -> None:
        """Show that the process is at work."""
        faulthandler.dump_traceback_later(self._seconds, exit=True, file=self._stack_file)

    def close(self) -> None:
        """Stop watching, and leave nothing for the next process."""
        faulthandler.cancel_dump_traceback_later()
        self._stack_file.close()
        for file in self._files:
            file.unlink(missing_ok=True)
