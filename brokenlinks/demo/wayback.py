"""A Wayback Machine for the loopback web: index and playback, and the ways it is known to fail."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha1
from urllib.parse import parse_qs, urlsplit

from brokenlinks.demo.behaviours import answer, hang, page, redirect
from brokenlinks.demo.server import Asked, Behaviour
from brokenlinks.urls import host_of

INDEX_PATH = "/cdx/search/cdx"
PLAYBACK_PATH = "/web/"
SLOW_SECONDS = 2.0


class Mode(StrEnum):
    """How the archive is today."""

    OK = "ok"
    DOWN = "down"
    RATE = "rate"
    SLOW = "slow"
    HTML = "html"
    HANG = "hang"


@dataclass(frozen=True, slots=True)
class Capture:
    """One capture: when (14 digits) and what the page answered then."""

    timestamp: str
    status: str = "200"
    mime: str = "text/html"

    def line(self, url: str) -> str:
        """Return the capture as a line of the index."""
        digest = sha1(f"{url}{self.status}".encode()).hexdigest()[:32].upper()  # noqa: S324
        key = ",".join(reversed(host_of(url).split("."))) + ")" + urlsplit(url).path.lower()
        return f"{key} {self.timestamp} {url} {self.mime} {self.status} {digest} 2048"


class LoopbackWayback:
    """Answers from `captures`, oldest first, by host and path; `mode` may change at any time."""

    def __init__(self, captures: Mapping[str, Sequence[Capture]]) -> None:
        self.mode = Mode.OK
        self._captures = {key: list(found) for key, found in captures.items()}

    async def __call__(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        """Answer as the mode says."""
        if self.mode is Mode.HANG:
            await hang(asked, writer)
        if self.mode is Mode.SLOW:
            await asyncio.sleep(SLOW_SECONDS)
        failures = {
            Mode.DOWN: answer("Service Unavailable", 503, "text/plain"),
            Mode.RATE: answer("Too Many Requests", 429, "text/plain"),
            Mode.HTML: answer(page("Temporarily offline", "<p>We will be back.</p>")),
        }
        behaviour = failures.get(self.mode)
        if behaviour is None:
            index = asked.path.startswith(INDEX_PATH)
            behaviour = self._index(asked) if index else self._playback(asked)
        await behaviour(asked, writer)

    def _index(self, asked: Asked) -> Behaviour:
        query = parse_qs(urlsplit(asked.path).query)
        url, limit = query["url"][0], int(query.get("limit", ["-1000"])[0])
        found = self._host(url) if query.get("matchType") == ["host"] else [self._known(url)]
        lines = [
            capture.line(original)
            for original, captures in found
            for capture in captures
            if "statuscode:200" not in query.get("filter", []) or capture.status == "200"
            if capture.timestamp >= query.get("from", [""])[0]
        ]
        kept = lines[limit:] if limit < 0 else lines[:limit]
        return answer("".join(line + "\n" for line in kept), content_type="text/plain")

    def _playback(self, asked: Asked) -> Behaviour:
        original, captures = self._known(asked.path.removeprefix(PLAYBACK_PATH))
        if not captures:
            return answer(page("Not archived", "<p>The page is not in the archive.</p>"), 404)
        return redirect(f"{PLAYBACK_PATH}{captures[-1].timestamp}/{original}")

    def _known(self, url: str) -> tuple[str, list[Capture]]:
        parts = urlsplit(url)
        return url, self._captures.get(f"{parts.hostname}{parts.path}", [])

    def _host(self, url: str) -> list[tuple[str, list[Capture]]]:
        host = host_of(url)
        return [(url, found) for key, found in self._captures.items() if key.startswith(f"{host}/")]
