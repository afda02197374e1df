"""The services that rate domains for a key, a file each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from brokenlinks.authority.ahrefs import Ahrefs
from brokenlinks.authority.open_pagerank import OpenPageRank
from brokenlinks.authority.rating import RatingService

SERVICES: tuple[type[OpenPageRank | Ahrefs], ...] = (OpenPageRank, Ahrefs)


def services_from(settings: Mapping[str, Any]) -> list[RatingService]:
    """Return those whose key is set."""
    found = [service.from_settings(settings) for service in SERVICES]
    return [service for service in found if service is not None]
