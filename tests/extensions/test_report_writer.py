"""Which logged errors are problems of a run."""

from __future__ import annotations

import logging
import threading

import pytest

from brokenlinks.extensions.report_writer import ErrorCounter
from brokenlinks.text.printable import log_thread_crash


@pytest.mark.parametrize(
    ("logger", "level", "counted"),
    [
        ("brokenlinks.report.build", logging.ERROR, 1),
        ("scrapy.core.scraper", logging.ERROR, 1),
        ("trafilatura.core", logging.ERROR, 0),
        ("brokenlinks_of_others", logging.ERROR, 0),
        ("pipelines.liveness", logging.WARNING, 0),
    ],
)
def test_only_errors_of_the_program_are_problems(logger: str, level: int, counted: int) -> None:
    errors = ErrorCounter()
    logging.getLogger(logger).addHandler(errors)
    logging.getLogger(logger).log(level, "an empty page")
    logging.getLogger(logger).removeHandler(errors)
    assert errors.count == counted


def test_a_crash_in_a_thread_is_a_problem_of_the_run(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(threading, "excepthook", log_thread_crash)
    errors = ErrorCounter()
    logging.getLogger().addHandler(errors)
    thread = threading.Thread(target=int, args=("no number",), name="helper")
    thread.start()
    thread.join()
    logging.getLogger().removeHandler(errors)
    assert errors.count == 1
    assert "helper has crashed" in caplog.text
    assert "no number" in caplog.text
