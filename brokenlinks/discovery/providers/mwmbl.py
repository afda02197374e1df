"""Mwmbl, a free search engine run by volunteers: no key, no operators, no paging."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from brokenlinks.discovery.providers.base import Capabilities, SearchFlow, hits_of, results_of
from brokenlinks.http.service import Outcome, ServiceRequest, build_url
from brokenlinks.text.urls import host_of

STATUS_OUTCOMES = {429: Outcome.QUOTA, 401: Outcome.MISCONFIGURED, 403: Outcome.BLOCKED}
TEXT_FIELDS = ("title", "content")


class Mwmbl:
    """API v2; v1 is a bare list with titles in pieces."""

    name = "mwmbl"
    request_interval = 1.0
    max_queries = 10
    capabilities = Capabilities()

    def __init__(self, base: str, key: str = "") -> None:
        self.service = host_of(base)
        self.secrets = (key,) if key else ()
        self._base = base
        self._headers = {"X-API-Key": key} if key else {}

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any], language: str) -> Self | None:
        """Needs no account; a key is welcome."""
        return cls(settings["MWMBL_URL"], settings["MWMBL_API_KEY"])

    def search(self, query: str) -> SearchFlow:
        """Ask once."""
        answer = yield ServiceRequest(
            build_url(self._base, "/api/v2/search/", q=query), self._headers
        )
        return results_of(
            answer, lambda content: hits_of(content["results"], text=TEXT_FIELDS), STATUS_OUTCOMES
        )
