"""The search providers, a file each. A new one is its file, and its line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from brokenlinks.discovery.providers.base import Provider
from brokenlinks.discovery.providers.brave import Brave
from brokenlinks.discovery.providers.marginalia import Marginalia
from brokenlinks.discovery.providers.mwmbl import Mwmbl
from brokenlinks.discovery.providers.searxng import Searxng
from brokenlinks.discovery.providers.serper import Serper
from brokenlinks.discovery.providers.tavily import Tavily
from brokenlinks.discovery.providers.wikipedia import Wikipedia

PROVIDERS: dict[str, Callable[[Mapping[str, Any], str], Provider | None]] = {
    Wikipedia.name: Wikipedia.from_settings,
    Mwmbl.name: Mwmbl.from_settings,
    Searxng.name: Searxng.from_settings,
    Brave.name: Brave.from_settings,
    Tavily.name: Tavily.from_settings,
    Serper.name: Serper.from_settings,
    Marginalia.name: Marginalia.from_settings,
}
"""How each is built from the settings; None when it is not configured."""


def providers_from(settings: Mapping[str, Any], language: str) -> list[Provider]:
    """Return the providers that are configured, those that need no account first.

    Raises ValueError, naming the provider, when one is configured wrongly.
    """
    found = []
    for name, configured in PROVIDERS.items():
        try:
            found.append(configured(settings, language))
        except (ValueError, KeyError) as error:
            raise ValueError(f"{name}: {error}") from error
    return [provider for provider in found if provider is not None]
