"""The transport of probes and services: `fetch(url) -> Answer`, each request in its host's turn.

How a request travels is the senders' business: `swift` for nearly all, `tolerant` as a second
opinion on answers that the first cannot read.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from w3lib.url import safe_url_string

from brokenlinks.http.response import Answer, Trouble
from brokenlinks.http.retry_after import retry_after_seconds
from brokenlinks.http.throttle import Gate
from brokenlinks.text.urls import host_of, is_root

FRONT_PAGES_KEPT = 200
HUNG_UP = frozenset({Trouble.EMPTY_REPLY, Trouble.RESET})
"""Troubles that a busy server has for a moment: who asks again may well be answered."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How to ask: seconds between requests to a host, seconds to wait, bytes to read, our name."""

    delay: float
    timeout: float
    max_bytes: int
    user_agent: str


@dataclass(frozen=True, slots=True)
class Message:
    """One request as it goes out: by POST when there is a `body`."""

    url: str
    headers: Mapping[str, str]
    body: bytes | None
    timeout: float
    """Seconds until the last byte that is wanted."""
    max_bytes: int
    """Of the answer's body; the rest is not read."""


class Sender(Protocol):
    """Sends a message and follows nothing; raises nothing: trouble is part of the answer."""

    async def send(self, message: Message) -> Answer:
        """Return what came back, its body as sent."""


class Transport:
    """Sends requests one hop at a time, each in its host's turn, and reads no more than it must.

    Cookies, redirects, retries, decompression and robots.txt are the caller's business.
    """

    def __init__(
        self,
        gate: Gate,
        manners: Manners,
        *,
        swift: Sender,
        tolerant: Sender,
        goes_on: Callable[[], bool],
    ) -> None:
        """Ask while the run `goes_on`."""
        self._swift = swift
        self._tolerant = tolerant
        self._goes_on = goes_on
        self._gate = gate
        self._manners = manners
        self._front_pages: OrderedDict[str, Answer] = OrderedDict()

    def known_front_page(self, url: str) -> Answer | None:
        """Return what a site's root answered lately, for those who need no answer of now."""
        return self._front_pages.get(url)

    async def fetch(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        cookies: str = "",
        plain: bool = False,
        max_bytes: int | None = None,
        known_trouble: Callable[[], Trouble | None] = lambda: None,
    ) -> Answer:
        """Ask for `url`, by POST when there is a `body`.

        Once more, in a turn of its own, where the server hung up or its answer cannot be read.
        `plain` leaves out every header a fussy server could dislike. Trouble that is known by the
        time the turn has come stands for asking.
        """
        host = host_of(url)
        sent = self._headers(cookies, plain=plain)
        if headers:
            sent |= headers
        wanted = max_bytes or self._manners.max_bytes
        try:
            message = Message(safe_url_string(url), sent, body, self._manners.timeout, wanted)
        except ValueError as error:
            return Answer(url, trouble=Trouble.BAD_URL, detail=str(error))

        def instead() -> Answer | None:
            return self._not_now(url, known_trouble())

        async def sent_by(sender: Sender) -> Answer:
            async with self._gate.turn(host, self._manners.delay, instead) as settled:
                return settled or await self._send(sender, message, host)

        answer = await sent_by(self._swift)
        if answer.trouble in HUNG_UP and body is None:
            answer = await sent_by(self._swift)
        if answer.trouble is Trouble.MALFORMED:
            second = await sent_by(self._tolerant)
            answer = second if second.status is not None else answer  # it was heard, at least
        if answer.url != url:
            answer = replace(answer, url=url)
        self._keep_front_page(answer)
        return answer

    def _not_now(self, url: str, trouble: Trouble | None) -> Answer | None:
        """Return what stands for an answer when nothing is to be sent."""
        rest = self._gate.resting(host_of(url))
        if rest:
            headers = {"retry-after": str(int(rest))}
            return Answer(url, status=429, headers=headers, detail="not asked: host is resting")
        if not self._goes_on():
            return Answer(url, trouble=Trouble.OURS, detail="the run is being stopped")
        return Answer(url, trouble=trouble) if trouble is not None else None

    async def _send(self, sender: Sender, message: Message, host: str) -> Answer:
        answer = await sender.send(message)
        self._learn(host, answer)
        return answer

    def _keep_front_page(self, answer: Answer) -> None:
        if answer.status == 200 and not answer.truncated and is_root(answer.url):
            self._front_pages[answer.url] = answer
            if len(self._front_pages) > FRONT_PAGES_KEPT:
                self._front_pages.popitem(last=False)

    def _headers(self, cookies: str, *, plain: bool) -> dict[str, str]:
        headers = {
            "User-Agent": self._manners.user_agent,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Connection": "close",
        }
        if not plain:
            headers |= {"Accept-Language": "en;q=0.8,*;q=0.5", "Accept-Encoding": "identity"}
        if cookies:
            headers["Cookie"] = cookies
        return headers

    def _learn(self, host: str, answer: Answer) -> None:
        wish = answer.headers.get("retry-after")
        seconds = retry_after_seconds(wish, datetime.now(UTC)) if wish else 0.0
        self._gate.learn(host, answer.status, elapsed=answer.elapsed, retry_after=seconds)
