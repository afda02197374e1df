"""The services that rate domains for a key: which are configured, and how they are asked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from brokenlinks.authority.ahrefs import Ahrefs
from brokenlinks.authority.open_pagerank import OpenPageRank
from brokenlinks.authority.rating import RatingService
from brokenlinks.http.service import Outcome, Service, ServiceClient
from brokenlinks.models.authority import Ratings

SERVICES: tuple[type[OpenPageRank | Ahrefs], ...] = (OpenPageRank, Ahrefs)
SUCCESSFUL = frozenset({Outcome.OK, Outcome.EMPTY})
MAX_WAIT = 60.0
"""Seconds to wait for a request's turn; the user waits at the terminal."""


def services_from(settings: Mapping[str, Any]) -> list[RatingService]:
    """Return those whose key is set."""
    found = [service.from_settings(settings) for service in SERVICES]
    return [service for service in found if service is not None]


async def fetch_ratings(
    service: RatingService, domains: Sequence[str], client: ServiceClient, *, per_second: float
) -> AsyncIterator[Ratings]:
    """Yield what each request brought; the first one that fails is the last."""
    limits = Service(
        service.service, 1.0 / per_second, max_wait=MAX_WAIT, secrets=(service.secret,)
    )
    for at in range(0, len(domains), service.batch_size):
        batch = domains[at : at + service.batch_size]
        answer = await client.send(limits, service.build_request(batch))
        ratings = service.parse_response(answer, batch)
        yield ratings
        if ratings.outcome not in SUCCESSFUL:
            return
