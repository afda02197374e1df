"""Which logged errors are problems of a run."""

from __future__ import annotations

import logging

import pytest

from brokenlinks.extensions.report_writer import ErrorCounter


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
