from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.http.response import MAX_SECONDS, retry_after_seconds

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("", 0),
        ("soon", 0),
        ("-5", 0),
        ("Mon, 23 Nov 2026 12:01:00 GMT", 60),
        ("Mon, 23 Nov 2020 12:01:00 GMT", 0),
        ("99999999999999999999", MAX_SECONDS),
        ("\N{ARABIC-INDIC DIGIT THREE}", 0),
    ],
)
def test_seconds_and_dates(value: str, seconds: float) -> None:
    assert retry_after_seconds(value, NOW) == seconds


@given(st.text())
def test_whatever_a_server_sends_is_within_bounds(value: str) -> None:
    assert 0 <= retry_after_seconds(value, NOW) <= MAX_SECONDS
