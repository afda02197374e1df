"""The search providers. To add one, write a class like `base.Provider`, and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from brokenlinks.discovery.providers.base import Provider
from brokenlinks.discovery.providers.web_search import (
    Brave,
    Marginalia,
    Mwmbl,
    Searxng,
    Serper,
    Tavily,
)
from brokenlinks.discovery.providers.wikipedia import Wikipedia

PROVIDERS: dict[str, Callable[[Mapping[str, Any], str], Provider | None]] = {
    provider.name: provider.from_settings
    for provider in (Wikipedia, Mwmbl, Searxng, Brave, Tavily, Serper, Marginalia)
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
