"""From a client's exceptions to our troubles: each client has a table of its own."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from time import monotonic

from brokenlinks.http.response import Answer, Trouble

logger = logging.getLogger(__name__)

Troubles = tuple[tuple[type[BaseException], Trouble], ...]
"""Kinds of exceptions, the most telling first."""


def trouble_among(causes: Iterable[BaseException], troubles: Troubles) -> tuple[Trouble, str]:
    """Return which trouble an exception and its causes are, and what the telling one says."""
    causes = list(causes)
    for kind, trouble in troubles:
        for cause in causes:
            if isinstance(cause, kind):
                return trouble, f"{type(cause).__name__}: {cause}"[:200]
    return Trouble.OURS, f"{type(causes[0]).__name__}: {causes[0]}"[:200]


def unanswered(
    url: str, error: Exception, found: tuple[Trouble, str], *, began: float, headed: bool
) -> Answer:
    """Return what stands for the answer to a request that began then and ended in an error.

    `headed`: the headers of an answer had come.
    """
    trouble, detail = found
    if trouble is Trouble.TIMEOUT and headed:
        trouble = Trouble.SLOW_BODY
    if trouble is Trouble.OURS:
        logger.error("Unexpected error while asking for %s", url, exc_info=error)
    return Answer(url, trouble=trouble, detail=detail, elapsed=monotonic() - began)
