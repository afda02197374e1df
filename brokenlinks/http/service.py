"""Outside services with an API: requests, outcomes, and how often each may be asked."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from brokenlinks.http.decoding import text_of
from brokenlinks.http.response import FetchResult

MAX_RESPONSE_BYTES = 4_000_000
MAX_DETAIL_LENGTH = 200
"""Characters of an unexpected answer that are shown to the person."""


class Outcome(StrEnum):
    """How a search ended. A refusal is never taken for an empty result."""

    OK = "ok"
    EMPTY = "empty"
    BLOCKED = "blocked"
    QUOTA = "quota"
    MISCONFIGURED = "misconfigured"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class ServiceRequest:
    """One request; a GET without a `body`. `wait` is in seconds, on top of the pace."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class RateLimiter:
    """Waits for a service's next turn, and pauses it, for all processes together.

    Both are given the service's name and seconds: between two turns, and of rest.
    """

    wait: Callable[[str, float], Awaitable[None]]
    pause: Callable[[str, float], Awaitable[None]]


def build_url(base: str, path: str, **parameters: object) -> str:
    """Return a URL under `base` with parameters."""
    return f"{base.rstrip('/')}{path}?{urlencode(parameters)}"


def read_json(answer: FetchResult) -> Any:
    """Return the answer's JSON, None when it is none."""
    try:
        return json.loads(text_of(answer, MAX_RESPONSE_BYTES) or "")
    except (ValueError, RecursionError):
        return None


def describe_failure(answer: FetchResult) -> str:
    """Return the first words of an unexpected answer, or the trouble that stood in its place."""
    if answer.status is None:
        return f"{answer.error}: {answer.detail}"[:MAX_DETAIL_LENGTH]
    text = " ".join((text_of(answer, MAX_RESPONSE_BYTES) or "").split())
    return f"answered {answer.status}: {text}"[:MAX_DETAIL_LENGTH]
