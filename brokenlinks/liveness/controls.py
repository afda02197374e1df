"""What else of a host is looked at: its home page, and neighbours that cannot exist.

A server that answers an invented address as it answered the asked one serves that page to
everything. A host is asked for few of them, and what it answers serves all its links.
"""

from __future__ import annotations

import random
import re
import string
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import urlsplit, urlunsplit

from brokenlinks.html.document import Reading, read_html
from brokenlinks.html.similarity import Sketch, sketch
from brokenlinks.http.async_cache import SharedAnswers
from brokenlinks.http.decoding import text_of
from brokenlinks.http.response import Answer, Trouble
from brokenlinks.liveness.redirects import Traveller
from brokenlinks.liveness.signals.bot_protection import find_wall
from brokenlinks.text.urls import authority_of, telling_parameters

PAGES_REMEMBERED = 20_000
PAIRS_PER_HOST = 3
"""Of invented neighbours, each for one shape of address."""
SHORTEST_INVENTION = 8
TEXT_DECODED = 2_000_000


@dataclass(frozen=True, slots=True)
class Page:
    """What is kept of a served page to compare others with: there are thousands of them."""

    url: str
    status: int | None
    trouble: Trouble | None
    walled: bool
    title: str
    h1: str
    canonical: str
    words: Sketch[int]
    digest: bytes


def page_of(asked: str, answer: Answer, reading: Reading, *, walled: bool) -> Page:
    """Take down an answer for comparing; `asked` is the address the journey to it began at."""
    return Page(
        answer.url,
        answer.status,
        answer.trouble,
        walled,
        reading.title,
        reading.h1,
        reading.canonical,
        sketch(reading.text, asked, answer.url),
        blake2b(answer.body, digest_size=16).digest(),
    )


class Samples:
    """Asks hosts for their home page and for invented neighbours, and remembers the answers."""

    def __init__(self, traveller: Traveller, rng: random.Random) -> None:
        self._traveller = traveller
        self._rng = rng
        self._pages = SharedAnswers[Page](PAGES_REMEMBERED)
        self._neighbours: OrderedDict[str, dict[str, str]] = OrderedDict()
        """Of the hosts asked lately: what was invented for each shape of address."""

    async def home_page(self, url: str) -> Page:
        """Return the home page of the host of `url`."""
        return await self._pages.get(f"{authority_of(url)}/", self._visit)

    async def sibling(self, url: str, which: int, page: Page) -> tuple[str, Page]:
        """Return the neighbour number `which` (0, 1) of the shape of `url`: address and answer.

        Where a host was asked for enough of them, one of another shape stands in: what is served
        to everything is served there too. Where one is sent on to `page`, which `url` led to,
        that page is its answer and not asked for again.
        """
        invented = self._neighbour(url, which)
        return invented, await self._pages.get(invented, lambda new: self._visit(new, page))

    def _neighbour(self, url: str, which: int) -> str:
        of_host = self._neighbours.setdefault(f"{which} {urlsplit(url).netloc}", {})
        if len(self._neighbours) > PAGES_REMEMBERED:
            self._neighbours.popitem(last=False)
        shape = shape_of(url)
        if shape not in of_host and len(of_host) < PAIRS_PER_HOST:
            of_host[shape] = invent_sibling(url, self._rng)
        return of_host.get(shape) or next(iter(of_host.values()))

    async def _visit(self, url: str, known: Page | None = None) -> Page:
        journey = await self._traveller.travel(url, known=known.url if known else "")
        answer = journey.answer
        if known is not None and journey.hops and answer.url == known.url:
            return known
        source = text_of(answer, TEXT_DECODED) or ""
        reading = read_html(source, answer.url)
        wall = answer.status and find_wall(answer.status, answer.headers, source, reading)
        return page_of(url, answer, reading, walled=bool(wall))


def shape_of(url: str) -> str:
    """Return what addresses that a server treats alike share: host, directory, ending, query."""
    parts = urlsplit(url)
    directory, name, ending = _split(parts.path)
    keys = re.sub(r"=[^&]*", "", parts.query)
    return f"{parts.scheme}://{parts.netloc}{directory} {name if keys else ending} {keys}"


def invent_sibling(url: str, rng: random.Random) -> str:
    """Return an address of the same shape as `url` that nobody ever made.

    Where a query tells pages apart, one of its values is invented, else the name in the path.
    """
    parts = urlsplit(url)
    telling = telling_parameters(parts.query)
    if telling and "=" in parts.query:
        return urlunsplit(parts._replace(query=_with_invented(parts.query, telling[-1], rng)))
    directory, name, ending = _split(parts.path)
    return urlunsplit(parts._replace(path=f"{directory}{_invent(name, rng)}{ending}", query=""))


def _with_invented(query: str, name: str, rng: random.Random) -> str:
    pairs = [pair.partition("=") for pair in query.split("&")]
    return "&".join(
        f"{key}={_invent(value, rng)}" if key == name else f"{key}{sign}{value}"
        for key, sign, value in pairs
    )


def _invent(name: str, rng: random.Random) -> str:
    """Replace letters by letters and digits by digits, and lengthen what is short."""
    digits = name.isdigit()
    invented = "".join(_other(char, rng) for char in name)
    missing = max(0, SHORTEST_INVENTION - len(name))
    return invented + "".join(
        rng.choice(string.digits if digits else string.ascii_lowercase) for _ in range(missing)
    )


def _other(char: str, rng: random.Random) -> str:
    if char.isdigit():
        return rng.choice(string.digits[1:])
    if char in string.ascii_uppercase:
        return rng.choice(string.ascii_uppercase)
    return char if char in "-_" else rng.choice(string.ascii_lowercase)


def _split(path: str) -> tuple[str, str, str]:
    """Split a path into directory, name and ending: an extension, or a slash."""
    slash = "/" if path.endswith("/") and len(path) > 1 else ""
    directory, _, name = path.removesuffix(slash).rpartition("/")
    stem, dot, extension = name.rpartition(".")
    return f"{directory}/", stem if dot else name, f"{dot}{extension}{slash}" if dot else slash
