"""How services fail: put in place of a site's answer, `web.sites[host].otherwise = DOWN`."""

from __future__ import annotations

import asyncio

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Behaviour, ReceivedRequest

DOWN = b.answer("Service Unavailable", 503, "text/plain")
TOO_MANY = b.answer("Too Many Requests", 429, "text/plain")
OFFLINE_PAGE = b.answer(b.page("Temporarily offline", "<p>We will be back.</p>"))
"""A page for people, with 200, where a program expects data."""


def slow(behaviour: Behaviour, seconds: float = 2.0) -> Behaviour:
    """Answer as `behaviour` does, after so many seconds."""

    async def behave(asked: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(seconds)
        await behaviour(asked, writer)

    return behave
