"""Pages that refuse us: bot walls, and redirects to a login, a consent or another gate."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl, urlsplit

from brokenlinks.html.document import SHORT_PAGE_WORDS, Reading
from brokenlinks.liveness.signals.error_pages import error_path
from brokenlinks.models.evidence import Wall
from brokenlinks.text.data_files import read_toml
from brokenlinks.text.urls import name_of

SOURCE_LENGTH_READ = 100_000
ARTICLE_WORDS = 120
"""A page with this much to read is served content: its prose may well name a firewall's words."""
LINKS_OF_A_SITE = 3
"""A page with this many links to its own site is in the site's dress, as no block page is."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What a block page is known by, in lower case: markup, visible words."""

    title: str
    source: str
    text: str
    said: str
    """The visible words, where they may be a firewall's own and not an article's."""

    def carries(self, mark: str) -> bool:
        """Tell a mark that stands in the markup, not only in words about it."""
        return self.source.count(mark) > self.text.count(mark)


@dataclass(frozen=True, slots=True)
class _Fingerprint:
    vendor: str
    conclusive: bool
    header: str = ""
    matches: str = ""
    title: str = ""
    body: str = ""
    body_also: str = ""
    said: str = ""

    def signal(self, headers: Mapping[str, str], page: _Page) -> str:
        """Return what was recognised, "" for nothing."""
        if self.header and self.header in headers and self.matches in headers[self.header].lower():
            return f"header {self.header}"
        if self.title and page.title.startswith(self.title):
            return f'title "{self.title}"'
        if self.body and page.carries(self.body) and page.carries(self.body_also):
            return f'"{self.body}"'
        found = re.search(self.said, page.said) if self.said else None
        return f'"{found.group()}"' if found else ""


def find_wall(
    status: int, headers: Mapping[str, str], source: str, reading: Reading
) -> Wall | None:
    """Recognise a block page, the conclusive fingerprints first.

    `source` is the markup that `reading` was read off.
    """
    fingerprints, refusing, withheld = _load()
    page = _page(source, reading)
    for fingerprint in fingerprints:
        if fingerprint.conclusive or status in refusing:
            signal = fingerprint.signal(headers, page)
            if signal:
                return Wall(fingerprint.vendor, signal, fingerprint.conclusive)
    kept_back = withheld.search(page.text)
    return Wall("by country", f'"{kept_back.group()}"', conclusive=True) if kept_back else None


def _page(source: str, reading: Reading) -> _Page:
    title, text = reading.title.lower(), reading.text.lower()
    if reading.words >= ARTICLE_WORDS:
        return _Page(title, "", "", "")
    said = f"{title} {text}" if reading.own_links < LINKS_OF_A_SITE else ""
    return _Page(title, source[:SOURCE_LENGTH_READ].lower(), text, said)


def leads_to_gate(asked: str, final: str, source: str, reading: Reading) -> bool:
    """Tell whether a redirect ended at a login, a consent or the like that the link did not name.

    `source` is the markup that `reading` was read off.
    """
    gates = _gates()
    if asked == final or gates.places.search(_words(asked)):
        return False
    asks_password = reading.words < SHORT_PAGE_WORDS and _PASSWORD.search(source)
    return bool(gates.places.search(_words(final)) or asks_password) or (
        not error_path(final) and _keeps_for_later(asked, final, gates.parameters)
    )


_PASSWORD = re.compile(r"<input[^>]{1,200}type\s*=\s*[\"']?password", re.IGNORECASE)


def _words(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}".lower()


def _keeps_for_later(asked: str, final: str, parameters: Collection[str]) -> bool:
    """Tell an address that carries the one asked for, or a request for it to be told who asks."""
    given = {name.lower(): value for name, value in parse_qsl(urlsplit(final).query)}
    path, name = urlsplit(asked).path.rstrip("/"), name_of(asked)
    return "samlrequest" in given or any(
        value.rstrip("/").endswith(name if parameter in parameters else path)
        for parameter, value in given.items()
        if name
    )


@cache
def _load() -> tuple[tuple[_Fingerprint, ...], frozenset[int], re.Pattern[str]]:
    raw = read_toml(__package__, "data/walls.toml")
    fingerprints = [_Fingerprint(**entry) for entry in raw["wall"]]
    fingerprints.sort(key=lambda fingerprint: not fingerprint.conclusive)
    withheld = re.compile("|".join(raw["withheld"]))
    return tuple(fingerprints), frozenset(raw["refusing_statuses"]), withheld


@dataclass(frozen=True, slots=True)
class _Gates:
    places: re.Pattern[str]
    parameters: frozenset[str]


@cache
def _gates() -> _Gates:
    raw = read_toml(__package__, "data/gates.toml")
    places = re.compile("|".join([*raw["hosts"], *raw["paths"]]))
    return _Gates(places, frozenset(raw["parameters"]))
