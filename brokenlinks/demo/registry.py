"""A registry for the loopback web: it answers over RDAP about the domains it knows."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from datetime import date, timedelta

from brokenlinks.demo.behaviours import answer
from brokenlinks.demo.server import Behaviour, ReceivedRequest

RDAP_JSON = "application/rdap+json"
QUERY_PATH = re.compile(r"/domain/(?P<name>[^/?]*)")
NAME = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+")
CONFORMANCE = ["rdap_level_0"]
YEAR = timedelta(days=365)


class LoopbackRegistry:
    """Knows the domains of `registered` and since when they are, and no other."""

    def __init__(self, registered: Mapping[str, date]) -> None:
        self._registered = dict(registered)

    async def __call__(self, asked: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        """Answer about one domain."""
        await self._behaviour(asked)(asked, writer)

    def _behaviour(self, asked: ReceivedRequest) -> Behaviour:
        if RDAP_JSON not in asked.headers.get("accept", ""):
            return _error(406, "Not Acceptable")
        query = QUERY_PATH.fullmatch(asked.path)
        name = query["name"].lower() if query else ""
        if not NAME.fullmatch(name):
            return _error(400, "Bad Request")
        since = self._registered.get(name)
        return _rdap_response(_domain(name, since)) if since else _error(404, "Not Found")


def _domain(name: str, since: date) -> dict[str, object]:
    """Return the domain's RDAP object; the registrar in it has dates of its own."""
    registrar = {
        "objectClassName": "entity",
        "handle": "292",
        "roles": ["registrar"],
        "events": _events(registration=since - 5 * YEAR),
    }
    return {
        "rdapConformance": CONFORMANCE,
        "objectClassName": "domain",
        "handle": f"D-{name.upper()}",
        "ldhName": name.upper(),
        "status": ["client transfer prohibited"],
        "events": [
            {"eventAction": "last update of RDAP database", "eventDate": "2026-11-22T22:41:09Z"},
            *_events(registration=since, expiration=since + 20 * YEAR),
        ],
        "entities": [registrar],
        "nameservers": [{"objectClassName": "nameserver", "ldhName": "NS.INVALID"}],
        "secureDNS": {"delegationSigned": False},
    }


def _events(**days: date) -> list[dict[str, str]]:
    return [
        {"eventAction": action, "eventDate": f"{day}T04:00:00Z"} for action, day in days.items()
    ]


def _error(status: int, title: str) -> Behaviour:
    return _rdap_response(
        {"rdapConformance": CONFORMANCE, "errorCode": status, "title": title, "description": []},
        status,
    )


def _rdap_response(document: Mapping[str, object], status: int = 200) -> Behaviour:
    return answer(json.dumps(document), status, RDAP_JSON)
