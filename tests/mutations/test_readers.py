"""Whatever comes from outside is read or refused in one line: mutated copies of each kind."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.mutations.mutate import COPIES
from tests.mutations.readers import READERS


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
@settings(max_examples=COPIES, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_every_copy_is_read_or_refused_in_one_line(name: str, data: st.DataObject) -> None:
    reader = READERS[name]
    assert "\n" not in reader.refusal(data.draw(reader.copies()))
