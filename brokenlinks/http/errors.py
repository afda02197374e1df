"""From a client's exceptions to our troubles: each client has a table of its own."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from time import monotonic

from brokenlinks.http.response import FetchError, FetchResult

logger = logging.getLogger(__name__)

ErrorTable = tuple[tuple[type[BaseException], FetchError], ...]
"""Kinds of exceptions, the most telling first."""


def match_error(causes: Iterable[BaseException], table: ErrorTable) -> tuple[FetchError, str]:
    """Return which trouble an exception and its causes are, and what the telling one says."""
    causes = list(causes)
    for kind, trouble in table:
        for cause in causes:
            if isinstance(cause, kind):
                return trouble, f"{type(cause).__name__}: {cause}"[:200]
    return FetchError.INTERNAL, f"{type(causes[0]).__name__}: {causes[0]}"[:200]


def failed_result(
    url: str,
    error: Exception,
    found: tuple[FetchError, str],
    *,
    started_at: float,
    got_headers: bool,
) -> FetchResult:
    """Return what stands for the answer to a request that began then and ended in an error.

    `got_headers`: the headers of an answer had come.
    """
    trouble, detail = found
    if trouble is FetchError.TIMEOUT and got_headers:
        trouble = FetchError.SLOW_BODY
    if trouble is FetchError.INTERNAL:
        logger.error("Unexpected error while asking for %s", url, exc_info=error)
    return FetchResult(url, error=trouble, detail=detail, elapsed=monotonic() - started_at)
