"""Pages that refuse us: bot walls, and redirects to a login or a consent page."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from brokenlinks.liveness.evidence import Wall

SOURCE_LENGTH_READ = 100_000
ARTICLE_WORDS = 120
"""A page with this much to read is served content: its prose may well name a firewall's words."""


@dataclass(frozen=True, slots=True)
class _Fingerprint:
    vendor: str
    conclusive: bool
    header: str = ""
    matches: str = ""
    title: str = ""
    body: str = ""
    body_also: str = ""
    body_pattern: str = ""

    def signal(self, headers: Mapping[str, str], title: str, source: str) -> str:
        """Return what was recognised, "" for nothing."""
        if self.header and self.header in headers and self.matches in headers[self.header].lower():
            return f"header {self.header}"
        if self.title and title.startswith(self.title):
            return f'title "{self.title}"'
        if self.body and self.body in source and self.body_also in source:
            return f'"{self.body}"'
        if self.body_pattern and re.search(self.body_pattern, source):
            return "reference number"
        return ""


def find_wall(
    status: int, headers: Mapping[str, str], title: str, source: str, words: int
) -> Wall | None:
    """Recognise a block page, the conclusive fingerprints first.

    `source` is the page's markup, `words` how much of it can be read.
    """
    fingerprints, refusing = _load()
    source = source[:SOURCE_LENGTH_READ].lower() if words < ARTICLE_WORDS else ""
    for fingerprint in fingerprints:
        if fingerprint.conclusive or status in refusing:
            signal = fingerprint.signal(headers, title.lower(), source)
            if signal:
                return Wall(fingerprint.vendor, signal, fingerprint.conclusive)
    return None


def leads_to_login(asked: str, final: str) -> bool:
    """Tell whether a redirect ended at a login or consent page the asked URL did not name."""
    login = _login_pattern()
    return asked != final and not login.search(_words(asked)) and bool(login.search(_words(final)))


def _words(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}".lower()


@cache
def _load() -> tuple[tuple[_Fingerprint, ...], frozenset[int]]:
    raw = tomllib.loads((files(__package__) / "data" / "walls.toml").read_text(encoding="utf-8"))
    fingerprints = [_Fingerprint(**entry) for entry in raw["wall"]]
    fingerprints.sort(key=lambda fingerprint: not fingerprint.conclusive)
    return tuple(fingerprints), frozenset(raw["refusing_statuses"])


@cache
def _login_pattern() -> re.Pattern[str]:
    raw = tomllib.loads((files(__package__) / "data" / "logins.toml").read_text(encoding="utf-8"))
    return re.compile("|".join([*raw["hosts"], *raw["paths"]]))
