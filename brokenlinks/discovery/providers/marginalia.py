"""Marginalia: an index of small, old-fashioned, non-commercial sites."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from brokenlinks.discovery.providers.base import Capabilities, SearchFlow, hits_of, results_of
from brokenlinks.http.service import Outcome, ServiceRequest, build_url
from brokenlinks.text.urls import host_of

STATUS_OUTCOMES = {401: Outcome.MISCONFIGURED, 403: Outcome.MISCONFIGURED, 429: Outcome.QUOTA}
MAX_RESULTS = 50
TEXT_FIELDS = ("title", "description")


class Marginalia:
    """Free keys are for non-commercial use (CC BY-NC-SA): see docs/providers.md."""

    name = "marginalia"
    request_interval = 1.0
    max_queries = 10
    capabilities = Capabilities(quotes=True)

    def __init__(self, base: str, key: str) -> None:
        self.service = host_of(base)
        self.secrets = (key,)
        self._base = base
        self._headers = {"API-Key": key}

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any], language: str) -> Self | None:
        """Is used when MARGINALIA_API_KEY is set; "public" only if you allow it.

        Raises ValueError for "public" otherwise.
        """
        key = settings["MARGINALIA_API_KEY"]
        if key == "public" and not settings["MARGINALIA_PUBLIC"]:
            raise ValueError(
                "the key 'public' is for non-commercial use only (CC BY-NC-SA);"
                " -s MARGINALIA_PUBLIC=1 says that yours is"
            )
        return cls(settings["MARGINALIA_URL"], key) if key else None

    def search(self, query: str) -> SearchFlow:
        """Ask once."""
        url = build_url(self._base, "/search", query=query, count=MAX_RESULTS, page=1)
        answer = yield ServiceRequest(url, self._headers)
        return results_of(
            answer, lambda content: hits_of(content["results"], text=TEXT_FIELDS), STATUS_OUTCOMES
        )
