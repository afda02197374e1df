"""Fetches control pages: a host's home page, and random siblings of a URL.

A server that answers a random URL as it answered the requested one serves that page for every
URL. A host gets few such requests, and the answers are used for all its links.
"""

from __future__ import annotations

import random
import re
import string
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import urlsplit, urlunsplit

from brokenlinks.html.document import HtmlDocument, Sketch, parse_html, sketch
from brokenlinks.html.worker import UnreadablePageError, read_within_limits
from brokenlinks.http.async_cache import AsyncCache
from brokenlinks.http.decoding import text_of
from brokenlinks.http.response import FetchError, FetchResult
from brokenlinks.liveness.redirects import RedirectFollower
from brokenlinks.liveness.signals.bot_protection import detect_bot_protection
from brokenlinks.liveness.signals.outages import outage_signals
from brokenlinks.models.evidence import FAILING_STATUSES
from brokenlinks.text.urls import content_parameters, origin_of

PAGE_CACHE_SIZE = 20_000
MAX_SIBLING_SHAPES_PER_HOST = 3
"""Siblings are requested for each shape of URL, two at most: six requests a host."""
MIN_RANDOM_NAME_LENGTH = 8
MAX_DECODED_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class ControlPage:
    """What is kept of a page for comparison: little, as there are thousands of them."""

    url: str
    status: int | None
    error: FetchError | None
    blocked: bool
    title: str
    h1: str
    canonical: str
    words: Sketch[int]
    digest: bytes


def control_page(
    asked: str, answer: FetchResult, document: HtmlDocument, *, blocked: bool
) -> ControlPage:
    """Keep a response for comparison; `asked` is the URL that led to it."""
    return ControlPage(
        answer.url,
        answer.status,
        answer.error,
        blocked,
        document.title,
        document.h1,
        document.canonical,
        sketch(document.text, asked, answer.url),
        blake2b(answer.body, digest_size=16).digest(),
    )


class ControlPages:
    """Fetches home pages and siblings, and remembers the responses."""

    def __init__(self, redirects: RedirectFollower, rng: random.Random) -> None:
        self._redirects = redirects
        self._rng = rng
        self._pages = AsyncCache[ControlPage](PAGE_CACHE_SIZE)
        self._sibling_urls: OrderedDict[str, dict[str, str]] = OrderedDict()
        """For recent hosts: the sibling URL of each shape."""

    async def home_page(self, url: str) -> ControlPage:
        """Return the home page of the host of `url`."""
        return await self._pages.get(f"{origin_of(url)}/", self._fetch_page)

    async def sibling(self, url: str, index: int, page: ControlPage) -> tuple[str, ControlPage]:
        """Return sibling number `index` (0, 1) of `url`: its URL and response.

        When a host has had enough requests, a sibling of another shape is used instead: a page
        for every URL is served there too. When a sibling is redirected to `page`, where `url`
        led, that page is its response and not fetched again.
        """
        sibling = self._sibling_url(url, index)
        return sibling, await self._pages.get(sibling, lambda new: self._fetch_page(new, page))

    def _sibling_url(self, url: str, index: int) -> str:
        of_host = self._sibling_urls.setdefault(f"{index} {urlsplit(url).netloc}", {})
        if len(self._sibling_urls) > PAGE_CACHE_SIZE:
            self._sibling_urls.popitem(last=False)
        shape = url_shape(url)
        if shape not in of_host and len(of_host) < MAX_SIBLING_SHAPES_PER_HOST:
            of_host[shape] = random_sibling(url, self._rng)
        return of_host.get(shape) or next(iter(of_host.values()))

    async def _fetch_page(self, url: str, known: ControlPage | None = None) -> ControlPage:
        chain = await self._redirects.follow(url, known=known.url if known else "")
        answer = chain.answer
        if known is not None and chain.hops and answer.url == known.url:
            return known
        source = text_of(answer, MAX_DECODED_BYTES) or ""
        try:
            document = await read_within_limits(parse_html, source, answer.url)
        except UnreadablePageError:
            document = HtmlDocument()
        protection = answer.status and detect_bot_protection(
            answer.status, answer.headers, source, document
        )
        turned_away = answer.status in FAILING_STATUSES and any(
            outage_signals(source, document).values()
        )
        return control_page(url, answer, document, blocked=bool(protection) or turned_away)


def url_shape(url: str) -> str:
    """Return what URLs that a server treats alike share: host, directory, extension, query keys."""
    parts = urlsplit(url)
    directory, name, ending = _split_path(parts.path)
    keys = re.sub(r"=[^&]*", "", parts.query)
    return f"{parts.scheme}://{parts.netloc}{directory} {name if keys else ending} {keys}"


def random_sibling(url: str, rng: random.Random) -> str:
    """Return a random URL of the same shape as `url`.

    Where a query tells pages apart, one of its values is random, otherwise the name in the path.
    """
    parts = urlsplit(url)
    parameters = content_parameters(parts.query)
    if parameters and "=" in parts.query:
        return urlunsplit(
            parts._replace(query=_with_random_value(parts.query, parameters[-1], rng))
        )
    directory, name, ending = _split_path(parts.path)
    return urlunsplit(parts._replace(path=f"{directory}{_randomize(name, rng)}{ending}", query=""))


def _with_random_value(query: str, name: str, rng: random.Random) -> str:
    pairs = [pair.partition("=") for pair in query.split("&")]
    return "&".join(
        f"{key}={_randomize(value, rng)}" if key == name else f"{key}{equals}{value}"
        for key, equals, value in pairs
    )


def _randomize(name: str, rng: random.Random) -> str:
    """Replace letters by letters and digits by digits, and lengthen short names."""
    alphabet = string.digits if name.isdigit() else string.ascii_lowercase
    chars = [_random_char(char, rng) for char in name]
    chars += (rng.choice(alphabet) for _ in range(MIN_RANDOM_NAME_LENGTH - len(name)))
    return "".join(chars)


def _random_char(char: str, rng: random.Random) -> str:
    if char.isdigit():
        return rng.choice(string.digits[1:])
    if char in string.ascii_uppercase:
        return rng.choice(string.ascii_uppercase)
    return char if char in "-_" else rng.choice(string.ascii_lowercase)


def _split_path(path: str) -> tuple[str, str, str]:
    """Split a path into directory, name and ending: an extension, or a slash."""
    slash = "/" if path.endswith("/") and len(path) > 1 else ""
    directory, _, name = path.removesuffix(slash).rpartition("/")
    stem, dot, extension = name.rpartition(".")
    return f"{directory}/", stem if dot else name, f"{dot}{extension}{slash}" if dot else slash
