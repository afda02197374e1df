"""A Wayback Machine for the loopback web: index and playback."""

from __future__ import annotations

import asyncio
import json
import re
from base64 import b32encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha1
from urllib.parse import parse_qs, urlsplit

from brokenlinks.demo.behaviours import answer, missing, redirect
from brokenlinks.demo.server import Behaviour, ReceivedRequest

INDEX_PATH = "/cdx/search/cdx"
PLAYBACK_PATH = re.compile(r"/web/(?:(?P<timestamp>\d{14})(?:id_)?/)?(?P<url>.+)")
FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
HTML = "text/html"


@dataclass(frozen=True, slots=True)
class Capture:
    """One capture: when (14 digits, UTC) and what the page answered then."""

    timestamp: str
    status: str = "200"
    mime: str = HTML
    body: str = "<title>Archived</title><p>As it was.</p>"

    def row(self, url: str) -> dict[str, str]:
        """Return the capture as a row of the index."""
        digest = b32encode(sha1(self.body.encode()).digest()).decode()  # noqa: S324 - as they do
        values = (surt(url), self.timestamp, url, self.mime, self.status, digest)
        return dict(zip(FIELDS, (*values, str(len(self.body.encode()))), strict=True))


class LoopbackWayback:
    """Answers from `captures`, oldest first, by host and path."""

    def __init__(self, captures: Mapping[str, Sequence[Capture]]) -> None:
        self._captures = {surt(f"//{key}"): (key, list(kept)) for key, kept in captures.items()}

    async def __call__(self, asked: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        await self._behaviour(asked.path)(asked, writer)

    def _behaviour(self, path: str) -> Behaviour:
        if path.startswith(f"{INDEX_PATH}?"):
            return self._index(parse_qs(urlsplit(path).query))
        wanted = PLAYBACK_PATH.fullmatch(path)
        return self._playback(wanted["timestamp"], wanted["url"]) if wanted else _NOT_ARCHIVED

    def _index(self, query: Mapping[str, list[str]]) -> Behaviour:
        if "url" not in query:
            return answer("the url parameter is required", 400, "text/plain")
        rows = [
            row
            for original, captures in self._found(query["url"][0], _first_value(query, "matchType"))
            for row in (capture.row(original) for capture in captures)
            if _passes(row, query.get("filter", []))
            and _first_value(query, "from") <= row["timestamp"]
            and row["timestamp"][: len(_first_value(query, "to"))] <= _first_value(query, "to")
        ]
        limit = int(_first_value(query, "limit") or len(rows))
        rows = rows[limit:] if limit < 0 else rows[:limit]
        fields = _first_value(query, "fl").split(",") if "fl" in query else FIELDS
        return (
            _as_json(rows, fields)
            if _first_value(query, "output") == "json"
            else _as_text(rows, fields)
        )

    def _playback(self, timestamp: str | None, url: str) -> Behaviour:
        _, captures = self._captures.get(surt(url), (url, []))
        if not captures:
            return _NOT_ARCHIVED
        for capture in captures:
            if capture.timestamp == timestamp:
                return answer(capture.body, int(capture.status), capture.mime)
        return redirect(f"/web/{captures[-1].timestamp}/{url}")

    def _found(self, url: str, match_type: str) -> Iterable[tuple[str, list[Capture]]]:
        asked = surt(url)
        if match_type != "host":
            return [(url, self._captures.get(asked, (url, []))[1])]
        host = asked.partition(")")[0] + ")"
        return [
            (f"http://{key}", captures)
            for found, (key, captures) in self._captures.items()
            if found.startswith(host)
        ]


def surt(url: str) -> str:
    """Return the key under which an archive files a URL: scheme, case and `www` do not matter.

    Nor does the port, here: it is the loopback web's own business.
    """
    parts = urlsplit(url if "//" in url else f"//{url}")
    host = (parts.hostname or "").removeprefix("www.")
    query = f"?{parts.query.lower()}" if parts.query else ""
    return f"{','.join(reversed(host.split('.')))}){parts.path.lower() or '/'}{query}"


def _first_value(query: Mapping[str, list[str]], name: str) -> str:
    return query.get(name, [""])[0]


def _passes(row: Mapping[str, str], filters: Sequence[str]) -> bool:
    """Tell whether a capture passes filters such as `statuscode:200` or `!mimetype:text/.*`."""
    for text in filters:
        name, _, pattern = text.removeprefix("!").partition(":")
        if bool(re.fullmatch(pattern, row.get(name, ""))) is text.startswith("!"):
            return False
    return True


def _as_text(rows: Sequence[Mapping[str, str]], fields: Sequence[str]) -> Behaviour:
    lines = (" ".join(row[name] for name in fields) + "\n" for row in rows)
    return answer("".join(lines), content_type="text/plain")


def _as_json(rows: Sequence[Mapping[str, str]], fields: Sequence[str]) -> Behaviour:
    table = [list(fields), *([row[name] for name in fields] for row in rows)] if rows else []
    return answer(json.dumps(table), content_type="application/json")


_NOT_ARCHIVED = missing("the archive")
