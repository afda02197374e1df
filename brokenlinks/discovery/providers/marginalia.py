"""Marginalia: an index of small, old-fashioned, non-commercial sites."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from brokenlinks.http.api import (
    Ask,
    Capabilities,
    Conversation,
    Outcome,
    address,
    hits_of,
    results_of,
)
from brokenlinks.text.urls import host_of

REFUSALS = {401: Outcome.MISCONFIGURED, 403: Outcome.MISCONFIGURED, 429: Outcome.QUOTA}
MOST_RESULTS = 50
TEXT = ("title", "description")


class Marginalia:
    """Free keys are for non-commercial use (CC BY-NC-SA): the person decides, see the README."""

    name = "marginalia"
    pace = 1.0
    queries = 10
    capabilities = Capabilities(quotes=True)

    def __init__(self, base: str, key: str) -> None:
        self.service = host_of(base)
        self.secrets = (key,)
        self._base = base
        self._headers = {"API-Key": key}

    @classmethod
    def configured(cls, settings: Mapping[str, Any], language: str) -> Self | None:
        """Is used when MARGINALIA_API_KEY is set; "public" only where the person says it may be.

        Raises ValueError for "public" otherwise.
        """
        key = settings["MARGINALIA_API_KEY"]
        if key == "public" and not settings["MARGINALIA_PUBLIC"]:
            raise ValueError(
                "the key 'public' is for non-commercial use only (CC BY-NC-SA);"
                " -s MARGINALIA_PUBLIC=1 says that yours is"
            )
        return cls(settings["MARGINALIA_URL"], key) if key else None

    def search(self, query: str) -> Conversation:
        """Ask once."""
        url = address(self._base, "/search", query=query, count=MOST_RESULTS, page=1)
        answer = yield Ask(url, self._headers)
        return results_of(answer, lambda said: hits_of(said["results"], text=TEXT), REFUSALS)
