"""The search providers. To add one, write a class like `base.Provider`, and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from brokenlinks.discovery.providers import web_search
from brokenlinks.discovery.providers.base import Provider
from brokenlinks.discovery.providers.wikipedia import Wikipedia

PROVIDERS: dict[str, Callable[[Mapping[str, Any], str], Provider | None]] = {
    Wikipedia.name: Wikipedia.from_settings,
    web_search.Mwmbl.name: web_search.Mwmbl.from_settings,
    web_search.Searxng.name: web_search.Searxng.from_settings,
    web_search.Brave.name: web_search.Brave.from_settings,
    web_search.Tavily.name: web_search.Tavily.from_settings,
    web_search.Serper.name: web_search.Serper.from_settings,
    web_search.Marginalia.name: web_search.Marginalia.from_settings,
}
"""How each is built from the settings; None when it is not configured."""


def providers_from(settings: Mapping[str, Any], language: str) -> list[Provider]:
    """Return the providers that are configured, those that need no account first.

    Raises ValueError, naming the provider, when one is configured wrongly.
    """
    providers = []
    for name, configured in PROVIDERS.items():
        try:
            providers.append(configured(settings, language))
        except (ValueError, KeyError) as error:
            raise ValueError(f"{name}: {error}") from error
    return [provider for provider in providers if provider is not None]
