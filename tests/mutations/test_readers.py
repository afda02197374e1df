"""Whatever comes from outside is read or refused in one line: 500 mutated copies of each kind."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.mutations.mutate import mutated
from tests.mutations.readers import READERS

COPIES = 500


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
@settings(max_examples=COPIES, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_every_copy_is_read_or_refused_in_one_line(name: str, data: st.DataObject) -> None:
    reader = READERS[name]
    form = reader.form
    content = data.draw(st.sampled_from(reader.contents).flatmap(lambda one: mutated(one, form)))
    assert "\n" not in reader.refusal(content)
