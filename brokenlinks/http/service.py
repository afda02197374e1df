"""How often an outside service may be asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RateLimiter:
    """Waits for a service's next turn, and pauses it, for all processes together.

    Both are given the service's name and seconds: between two turns, and of rest.
    """

    wait: Callable[[str, float], Awaitable[None]]
    pause: Callable[[str, float], Awaitable[None]]
