"""A web whose every page, header, redirect and service answer carries the canary."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from zlib import crc32

from brokenlinks.demo.content import DemoWeb
from brokenlinks.demo.server import Behaviour, ReceivedRequest
from tests.canary import CANARY

_END_OF_TEXT = re.compile(r"</(title|a|h[1-6]|p|li|td|dt|dd|button|label|address)>")
_TEXTS = frozenset(("title", "content", "line", "handle", "info", "*", "registrar", "fn"))
"""Names of what is text in answers in JSON."""
_CDX_LINE = " ".join([f"com,{CANARY})/".replace("\n", ""), *[CANARY.replace("\n", "")] * 6])


class PoisonedWeb(DemoWeb):
    """The demo's web, poisoned; what hangs, resets or is no text does so unchanged."""

    def __init__(self) -> None:
        super().__init__()
        for site in self.sites.values():
            site.otherwise = poisoned(site.otherwise)
            site.paths = {path: poisoned(behaviour) for path, behaviour in site.paths.items()}


def poisoned(behaviour: Behaviour) -> Behaviour:
    """Plant the canary in what `behaviour` answers."""

    async def behave(asked: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        await behaviour(asked, _PoisoningWriter(asked.host, writer))  # type: ignore[arg-type]

    return behave


class _PoisoningWriter:
    """Changes answers that are written at once, head and body."""

    def __init__(self, host: str, writer: asyncio.StreamWriter) -> None:
        self._host = host
        self._writer = writer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._writer, name)

    def write(self, data: bytes) -> None:
        """Send an answer with the canary in it, and anything else as it is."""
        head, end, body = data.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
        if not head.startswith(b"HTTP/1.1 ") or not length or int(length[1]) != len(body):
            self._writer.write(data)
            return
        with suppress(ValueError):  # packed, or in another encoding
            body = _planter(head)(body.decode()).encode()
        head = head.replace(length[0], b"\r\nContent-Length: %d" % len(body))
        # Where it has characters that no header may have, the whole answer is refused.
        is_strict = crc32(self._host.encode()) % 5
        value = CANARY.translate({10: None, 13: None, 0: None, **dict.fromkeys(range(32))})
        head += b"\r\nServer: " + (value if is_strict else CANARY.split("\r")[0]).encode()
        head = re.sub(rb"(\r\nLocation: [^\r]*)", rb"\1#" + value.encode(), head)
        self._writer.write(head + end + body)


def _planter(head: bytes) -> Callable[[str], str]:
    kind = head.lower().partition(b"\r\ncontent-type: ")[2].partition(b"\r\n")[0].decode()
    if "html" in kind:
        return _html
    if "json" in kind:
        return lambda body: json.dumps(_json(json.loads(body)), ensure_ascii=False)
    if "xml" in kind:
        return lambda body: body.replace("</loc>", "\u202e\u2028</loc>")
    return _plain


def _html(body: str) -> str:
    links = "".join(
        f'<li><a href="/{CANARY}-{n}" title="{CANARY}">Home brewing {CANARY}</a> {CANARY}</li>'
        for n in range(2)
    )
    links += f'<li><a href="http://gone.invalid/{CANARY}" rel="{CANARY}">Home {CANARY}</a></li>'
    referenced = "".join(f"&#{ord(control)};" for control in CANARY if not control.isalnum())
    body = _END_OF_TEXT.sub(lambda tag: f" {CANARY} {referenced}{tag[0]}", body)
    return body.replace("</main>", f"<ul>{links}</ul></main>").replace("</h1>", f"{CANARY}</h1>", 1)


def _json(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _json(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_json(inner, name) for inner in value]
    return f"{value} {CANARY}" if isinstance(value, str) and name in _TEXTS else value


def _plain(body: str) -> str:
    return f"{body}\nSitemap: /{CANARY}\nDisallow: /{CANARY}\n{_CDX_LINE}\n"
