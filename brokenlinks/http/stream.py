"""An answer too large to be held: its head, and its body as it comes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from brokenlinks.http.response import FetchResult


class StreamInterruptedError(Exception):
    """The answer broke off, or nothing came for too long; the message says which."""


@dataclass(frozen=True, slots=True)
class Stream:
    """The answer without its body, and the body's pieces.

    Reading `chunks` raises TornStreamError when the body breaks off.
    """

    answer: FetchResult
    chunks: AsyncIterator[bytes]


class OpenStream(Protocol):
    """Sends one GET and gives the answer while the context is open; trouble is in the answer."""

    def __call__(self, url: str, headers: Mapping[str, str]) -> AbstractAsyncContextManager[Stream]:
        """Ask for `url`; redirects are not followed."""
