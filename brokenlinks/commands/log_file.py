"""The log of a niche's runs, for those who look after a cron job."""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

from scrapy.settings import BaseSettings

FOLDER = "logs"
MAX_BYTES, BACKUP_COUNT = 1_000_000, 5
"""Bytes of a log, and how many older ones stay."""


class _LogHandler(RotatingFileHandler):
    """Goes without a line that a full disk does not take: its traceback would bury what is said."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name of logging
        """Say nothing of a file that cannot be written, and all of a mistake of ours."""
        if not isinstance(sys.exception(), OSError):
            super().handleError(record)


def log_path(folder: Path, slug: str) -> Path:
    """Return where a niche's log is, under the output folder."""
    return folder / FOLDER / f"{slug}.log"


def add_log_file(path: Path, settings: BaseSettings) -> None:
    """Write everything from INFO on to a file that rotates. Raises OSError when it cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = _LogHandler(path, maxBytes=MAX_BYTES, backupCount=BACKUP_COUNT, encoding="utf-8")
    handler.setFormatter(logging.Formatter(settings["LOG_FORMAT"], settings["LOG_DATEFORMAT"]))
    handler.setLevel(logging.INFO)
    logging.getLogger().addHandler(handler)
