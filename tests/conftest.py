"""Settings of the whole test suite."""

import os

from hypothesis import settings

# The same examples in every run: a run that fails can be run again and says what a change broke.
# HYPOTHESIS_PROFILE=explore looks for new ones. A slow example only shows that the machine is busy.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))
