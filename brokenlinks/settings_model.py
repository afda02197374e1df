"""Our settings as settings.toml declares them: their values, and the check of what is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from math import inf
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from brokenlinks.text.phrases import read_toml
from brokenlinks.text.printable import hide, secrets_in
from brokenlinks.text.urls import HTTP_SCHEMES, host_of

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings


class Kind(StrEnum):
    """What a value has to be, as settings.toml names it."""

    NUMBER = "number"
    WHOLE_NUMBER = "whole number"
    FLAG = "flag"
    TEXT = "text"
    PATH = "path"
    URL = "url"
    URLS = "urls"
    URLS_BY_NAME = "urls by name"
    LIST = "list"


_KIND_OF_DEFAULT = {
    bool: Kind.FLAG,
    float: Kind.NUMBER,
    int: Kind.WHOLE_NUMBER,
    str: Kind.TEXT,
    list: Kind.LIST,
}


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting. A number is above 0, unless `zero_allowed`, and at most `maximum`.

    `when_empty` says what an empty value means; where it is "", there must be a value.
    `environment` names the variable that replaces the default.
    """

    name: str
    kind: Kind
    default: Any
    meaning: str
    zero_allowed: bool = False
    maximum: float | None = None
    choices: Sequence[str] = ()
    when_empty: str = ""
    environment: str = ""


class SettingError(ValueError):
    """A setting cannot be used; the message is one line for the user."""


def _declare(name: str, *, default: object, kind: str = "", **others: Any) -> Setting:
    return Setting(name, Kind(kind or _KIND_OF_DEFAULT[type(default)]), default, **others)


GROUPS: dict[str, tuple[Setting, ...]] = {
    title: tuple(_declare(name, **declared) for name, declared in group.items())
    for title, group in read_toml("brokenlinks", "settings.toml").items()
}
"""All settings, by the heading they have in the documentation."""
RENAMED = {
    "RELEVANCE_GATE": "MIN_RELEVANCE",
    "RESOURCE_GATE": "MIN_RESOURCE_SCORE",
    "RETRY_AFTER_PATIENCE": "RETRY_AFTER_MAX_WAIT",
    "CANARY_URLS": "CONNECTIVITY_URLS",
}
"""Settings of 0.2.0 by their names of today. Cron jobs still use the old ones."""


def default_values(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return the value of every setting by name, with what the environment says."""
    return {
        setting.name: environment.get(setting.environment, setting.default)
        for settings in GROUPS.values()
        for setting in settings
    }


def adopt_old_names(settings: BaseSettings) -> list[str]:
    """Give values set under a name of 0.2.0 to the setting of today; return a note for each.

    Where both names are set in the same place, today's wins.
    """
    notes = []
    for old, new in RENAMED.items():
        if old in settings:
            priority = settings.getpriority(old) or 0
            if priority > (settings.getpriority(new) or 0):
                settings.set(new, settings[old], priority)
            notes.append(f"{old} is called {new} now; the old name will go with the next version")
    return notes


def hide_secrets(settings: BaseSettings) -> None:
    """Take the keys and passwords that the settings hold out of all that is shown."""
    for setting in chain.from_iterable(GROUPS.values()):
        value = str(settings[setting.name] or "")
        if setting.name.endswith("_API_KEY"):
            hide(value)
        elif setting.name.endswith("_URL"):
            for secret in secrets_in(value):
                hide(secret)


def check_values(settings: BaseSettings) -> None:
    """Raise SettingError for the first value that is not what its declaration asks for."""
    for group in GROUPS.values():
        for setting in group:
            _check_value(setting, settings)


def _check_value(setting: Setting, settings: BaseSettings) -> None:
    name, value = setting.name, settings[setting.name]
    if setting.kind in {Kind.NUMBER, Kind.WHOLE_NUMBER}:
        _check_number(setting, settings)
    elif setting.kind is Kind.FLAG:
        try:
            settings.getbool(name)
        except (TypeError, ValueError):
            raise SettingError(f"{name}={value!r} is neither True nor False") from None
    elif not value:
        if not setting.when_empty:
            raise SettingError(f"{name} is empty; the default is {setting.default}")
    elif setting.choices and value not in setting.choices:
        raise SettingError(f"{name}={value!r} is neither {' nor '.join(setting.choices)}")
    else:
        _check_urls(setting, settings)


def _check_number(setting: Setting, settings: BaseSettings) -> None:
    name, whole = setting.name, setting.kind is Kind.WHOLE_NUMBER
    try:
        value = settings.getint(name) if whole else settings.getfloat(name)
    except (TypeError, ValueError, OverflowError):
        raise SettingError(f"{name}={settings[name]!r} is not a {setting.kind}") from None
    if not (0 < value < inf or (value == 0 and setting.zero_allowed)):
        bound = "0 or more" if setting.zero_allowed else "above 0"
        raise SettingError(f"{name}={settings[name]!r} must be {bound} and finite")
    if setting.maximum is not None and value > setting.maximum:
        raise SettingError(f"{name}={settings[name]} is above {setting.maximum:g}")


def _check_urls(setting: Setting, settings: BaseSettings) -> None:
    name, value = setting.name, settings[setting.name]
    if setting.kind is Kind.URL:
        _check_url(name, value.replace("{language}", "en"))
    elif setting.kind is Kind.URLS:
        for address in settings.getlist(name):
            _check_url(name, address)
    elif setting.kind is Kind.URLS_BY_NAME:
        try:
            addresses = settings.getdict(name)
        except (TypeError, ValueError):
            raise SettingError(
                f"{name}={value!r} is not a JSON object of addresses by suffix"
            ) from None
        for key, address in addresses.items():
            _check_url(f"{name}: {key}", address)


def _check_url(name: str, address: object) -> None:
    if not host_of(str(address)) or urlsplit(str(address)).scheme not in HTTP_SCHEMES:
        raise SettingError(f"{name} {address!r} is not a web address")


def service_urls(settings: BaseSettings) -> list[str]:
    """Return the addresses of services, as the user has set them or as they are by default."""
    urls = []
    for setting in chain(*GROUPS.values()):
        if setting.kind is Kind.URL and settings[setting.name]:
            urls.append(settings[setting.name])
        elif setting.kind is Kind.URLS_BY_NAME:
            urls += settings.getdict(setting.name).values()
    return urls
