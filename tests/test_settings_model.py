from __future__ import annotations

import pytest
from scrapy.settings import Settings

from brokenlinks.settings_model import GROUPS, SettingError, check_values, default_values


def settings_with(**others: str) -> Settings:
    settings = Settings()
    settings.setmodule("brokenlinks.settings")
    settings.update(others, priority="cmdline")
    return settings


def test_the_defaults_are_values_that_can_be_used() -> None:
    check_values(Settings(default_values({})))


def test_the_environment_replaces_a_default() -> None:
    values = default_values({"BROKENLINKS_OUTPUT_DIR": "results", "BRAVE_API_KEY": "secret"})
    assert values["OUTPUT_DIR"] == "results"
    assert values["BRAVE_API_KEY"] == "secret"
    assert values["DOWNLOAD_DELAY"] == default_values({})["DOWNLOAD_DELAY"]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("PAGES_PER_SITE", "1.5", "PAGES_PER_SITE='1.5' is not a whole number"),
        ("PROBE_DELAY", "-1", "PROBE_DELAY='-1' must be 0 or more"),
        ("PROBE_TIMEOUT", "nan", "PROBE_TIMEOUT='nan' must be above 0"),
        ("WAYBACK_URL", "", "WAYBACK_URL is empty"),
        ("SUMMARY", "short", "SUMMARY='short' is neither full nor line"),
        ("RELEVANCE_GATE", "0.3", "RELEVANCE_GATE is called MIN_RELEVANCE now"),
        ("RESOURCE_GATE", "0.3", "RESOURCE_GATE is called MIN_RESOURCE_SCORE now"),
        ("RETRY_AFTER_PATIENCE", "9", "RETRY_AFTER_PATIENCE is called RETRY_AFTER_MAX_WAIT now"),
        ("CANARY_URLS", "", "CANARY_URLS is called CONNECTIVITY_URLS now"),
    ],
)
def test_a_wrong_value_and_an_old_name_are_refused(name: str, value: str, message: str) -> None:
    with pytest.raises(SettingError) as raised:
        check_values(settings_with(**{name: value}))
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "name", [s.name for group in GROUPS.values() for s in group if s.when_empty]
)
def test_a_setting_that_may_be_empty_can_be(name: str) -> None:
    check_values(settings_with(**{name: ""}))
