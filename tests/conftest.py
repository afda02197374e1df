"""Settings of the whole test suite."""

import os

import pytest
from hypothesis import settings

# The same examples in every run: a run that fails can be run again and says what a change broke.
# HYPOTHESIS_PROFILE=explore looks for new ones. A slow example only shows that the machine is busy.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("quick", derandomize=True, deadline=None, max_examples=15)
settings.register_profile("explore", max_examples=2000, deadline=None)


def pytest_configure(config: pytest.Config) -> None:
    """Try fewer examples where the round has to be quick: `pytest -m "not slow"`."""
    usual = "quick" if config.getoption("markexpr") == "not slow" else "repeatable"
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", usual))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long: one that begins last runs alone at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)
