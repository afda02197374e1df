"""Which site is the person's own: its address, or a CSV file that lists its pages."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from brokenlinks.text.encoding import decode_text
from brokenlinks.text.urls import absolute_url, site_of

URL_HEADERS, TITLE_HEADERS = ("url", "address", "page", "link", "loc"), ("title", "name", "h1")
MAX_LISTED_PAGES = 20_000


@dataclass(frozen=True, slots=True)
class OwnSite:
    """The person's site; `listed` are (URL, title) pairs where a file named the pages."""

    home: str = ""
    listed: tuple[tuple[str, str], ...] = ()

    @property
    def site(self) -> str:
        """Return whose site it is, "" when none was given."""
        return site_of(self.home) if self.home else ""


def parse_own_site(text: str) -> OwnSite:
    """Read the argument `site`. Raises ValueError with a line that says what is wrong."""
    path = Path(text).expanduser()
    if path.suffix.lower() in {".csv", ".tsv", ".txt"} and "://" not in text:
        return _from_file(path)
    home = absolute_url("", text if "://" in text else f"https://{text}")
    if home is None or not site_of(home):
        raise ValueError(
            f"site={text!r} is neither an address such as https://example.org nor a CSV"
        )
    return OwnSite(home)


def known_site(text: str) -> str:
    """Return whose site an argument of an earlier run names, "" where its file is gone."""
    try:
        return parse_own_site(text).site if text else ""
    except ValueError:
        return ""


def _from_file(path: Path) -> OwnSite:
    try:
        lines = decode_text(path.read_bytes()).splitlines()
    except OSError as error:
        raise ValueError(f"site: {path} cannot be read: {error}") from error
    listed = tuple(_parse_pages(lines))[:MAX_LISTED_PAGES]
    if not listed:
        raise ValueError(f"site: {path} lists no address; it needs a column called url")
    return OwnSite(listed[0][0], listed)


def _parse_pages(lines: list[str]) -> list[tuple[str, str]]:
    head = lines[0] if lines else ""
    delimiter = max(",;\t", key=head.count)
    rows = list(csv.reader(lines, delimiter=delimiter))
    headers = [name.strip().lower() for name in rows[0]] if rows else []
    url_at = next((headers.index(name) for name in URL_HEADERS if name in headers), None)
    title_at = next((headers.index(name) for name in TITLE_HEADERS if name in headers), None)
    body = rows if url_at is None else rows[1:]
    pages = [(_cell(row, url_at or 0), _cell(row, title_at)) for row in body]
    addresses = [(absolute_url("", url), title) for url, title in pages]
    return [(url, title) for url, title in addresses if url]


def _cell(row: list[str], at: int | None) -> str:
    return row[at].strip() if at is not None and at < len(row) else ""
