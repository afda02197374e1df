"""Runs searches: sends a provider's requests, and reads what comes back with it."""

from __future__ import annotations

import logging

from brokenlinks.discovery.providers.base import Provider
from brokenlinks.http.service import Outcome, Service, ServiceClient
from brokenlinks.models.lookups import SearchResult

logger = logging.getLogger(__name__)

MIN_PAUSE, MAX_PAUSE = 60.0, 3_600.0
"""Least and most seconds to pause after a 429. Limits count by the minute, though some providers
ask for a second; a longer pause would end the searches of the next run too."""
MAX_WAIT = 120.0
"""Seconds to wait for the provider's rate limit: other work goes on meanwhile."""


class SearchClient:
    """Asks one provider one query at a time."""

    def __init__(self, provider: Provider, client: ServiceClient) -> None:
        self._provider = provider
        self._client = client
        self._service = Service(
            provider.service,
            provider.request_interval,
            min_pause=MIN_PAUSE,
            max_pause=MAX_PAUSE,
            max_wait=MAX_WAIT,
            secrets=provider.secrets,
        )

    async def run(self, query: str) -> SearchResult:
        """Return what the provider found. Raises nothing: every failure is an outcome."""
        search = self._provider.search(query)
        try:
            request = next(search)
            while True:
                request = search.send(await self._client.send(self._service, request))
        except StopIteration as end:
            result: SearchResult = end.value
            return result
        except Exception as error:
            logger.exception("The response of %s could not be read", self._provider.name)
            return SearchResult(Outcome.ERROR, detail=f"{type(error).__name__} in its response")
