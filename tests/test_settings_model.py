from __future__ import annotations

import pytest
from scrapy.settings import Settings

from brokenlinks.settings_model import (
    GROUPS,
    SettingError,
    adopt_old_names,
    check_values,
    default_values,
    hide_secrets,
)
from brokenlinks.text.printable import without_secrets


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
    ("name", "value"),
    [
        ("BRAVE_API_KEY", "a-key-of-mine"),
        ("AHREFS_API_KEY", "a-key-of-mine"),
        ("SEARXNG_URL", "https://jo:a-key-of-mine@searx.example/"),
        ("JOURNAL_URL", "postgresql+psycopg://jo:a-key-of-mine@db.example/links"),
    ],
)
def test_keys_and_passwords_are_shown_nowhere(name: str, value: str) -> None:
    hide_secrets(settings_with(**{name: value}))
    assert without_secrets("GET /?key=a-key-of-mine&q=hops") == "GET /?key=[key]&q=hops"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("PAGES_PER_SITE", "1.5", "PAGES_PER_SITE='1.5' is not a whole number"),
        ("PROBE_DELAY", "-1", "PROBE_DELAY='-1' must be 0 or more"),
        ("PROBE_TIMEOUT", "nan", "PROBE_TIMEOUT='nan' must be above 0"),
        ("PROBE_TIMEOUT", "inf", "PROBE_TIMEOUT='inf' must be above 0 and finite"),
        ("WAYBACK_URL", "", "WAYBACK_URL is empty"),
        ("SUMMARY", "short", "SUMMARY='short' is neither full nor line"),
    ],
)
def test_a_wrong_value_is_refused(name: str, value: str, message: str) -> None:
    with pytest.raises(SettingError) as raised:
        check_values(settings_with(**{name: value}))
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("old", "value", "new"),
    [
        ("RELEVANCE_GATE", "0.3", "MIN_RELEVANCE"),
        ("RESOURCE_GATE", "0.3", "MIN_RESOURCE_SCORE"),
        ("RETRY_AFTER_PATIENCE", "9", "RETRY_AFTER_MAX_WAIT"),
        ("CANARY_URLS", "", "CONNECTIVITY_URLS"),
    ],
)
def test_a_name_of_before_still_works_and_says_the_new_one(old: str, value: str, new: str) -> None:
    settings = settings_with(**{old: value})
    [note] = adopt_old_names(settings)
    assert settings[new] == value
    assert f"{old} is called {new} now" in note


def test_where_both_names_are_given_todays_wins() -> None:
    settings = settings_with(MIN_RELEVANCE="0.4", RELEVANCE_GATE="0.3")
    adopt_old_names(settings)
    assert settings["MIN_RELEVANCE"] == "0.4"


@pytest.mark.parametrize(
    "name", [s.name for group in GROUPS.values() for s in group if s.when_empty]
)
def test_a_setting_that_may_be_empty_can_be(name: str) -> None:
    check_values(settings_with(**{name: ""}))
