"""The log of a niche's runs, for those who look after a cron job."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from scrapy.settings import BaseSettings

FOLDER = "logs"
LARGEST, KEPT = 1_000_000, 5
"""Bytes of a log, and how many older ones stay."""


def log_path(folder: Path, slug: str) -> Path:
    """Return where a niche's log is, under the output folder."""
    return folder / FOLDER / f"{slug}.log"


def keep_log(path: Path, settings: BaseSettings) -> None:
    """Write everything from INFO on to a file that rotates. Raises OSError when it cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")
    handler.setFormatter(logging.Formatter(settings["LOG_FORMAT"], settings["LOG_DATEFORMAT"]))
    handler.setLevel(logging.INFO)
    logging.getLogger().addHandler(handler)
