"""What every command needs of the machine: standard streams, its data files, open files."""

from __future__ import annotations

import os
from importlib.resources import files
from io import BufferedWriter, FileIO, TextIOWrapper, UnsupportedOperation
from pathlib import Path
from typing import Any, TextIO

from brokenlinks.settings_model import SettingError
from brokenlinks.text.phrases import package_text

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

OWN_FILES = 60
"""Files a run has open itself: the journal, logs, pipes, the loaded libraries; measured, 31."""
FILES_PER_LINK = 3
"""Its connection and a question to a name server; in the demo, also the other end of the first."""
DATA_FILES = (
    *("discovery/footprints.toml", "discovery/page_types.toml"),
    "enrichment/contacts/words.toml",
    *("html/class_names.toml", "html/dates.toml", "html/page_kinds.toml", "http/platforms.toml"),
    *(f"liveness/data/{name}.toml" for name in ("exclusions", "reasons", "shorteners")),
    *(f"liveness/signals/data/error_{name}.toml" for name in ("paths", "phrases", "sentences")),
    *(f"liveness/signals/data/{name}.toml" for name in ("bot_protection", "error_shells")),
    *(f"liveness/signals/data/{name}.toml" for name in ("logins", "outages", "parking")),
    *("liveness/signals/data/placeholders.toml", "liveness/signals/data/spam.toml"),
    *("scoring/excluded_pages.toml", "scoring/weak_targets.toml", "scoring/weights.toml"),
    "settings.toml",
)
"""Read at the start: an upgrade in the middle of a run must not take them away."""


def read_data_files() -> None:
    """Read all data files; a missing one ends the program."""
    for name in DATA_FILES:
        package_text(str(files("brokenlinks") / name))


def allow_open_files(links: int) -> None:
    """Have as many open files allowed as so many `links` at the same time need.

    Raises SettingError when the system does not allow them.
    """
    if resource is None:
        return
    needed = OWN_FILES + FILES_PER_LINK * links
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return
    most = needed if hard == resource.RLIM_INFINITY else min(hard, needed)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    if most < needed:
        fewer = (most - OWN_FILES) // FILES_PER_LINK
        instead = f", or set -s PROBE_CONCURRENCY={fewer}" if fewer > 0 else ""
        raise SettingError(
            f"a program may have {most} files open here, and PROBE_CONCURRENCY={links} needs"
            f" {needed}: allow more (ulimit -n {needed}){instead}"
        )


def lasting(stream: TextIO | None) -> TextIO:
    """Return a standard stream that outlives its reader, and a console that lacks letters.

    It is None where the user has closed it.
    """
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    try:
        raw = _LastingFile(stream.fileno(), "w", closefd=False)
    except UnsupportedOperation:  # captured by a test
        return stream
    return TextIOWrapper(
        BufferedWriter(raw),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=stream.isatty(),
    )


class _LastingFile(FileIO):
    """Drops what nobody reads any more (`| head`, a closed terminal), or a full disk refuses."""

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes
