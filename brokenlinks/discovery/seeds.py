"""Seeds: the pages and sites that the user names, in a file or on the command line.

Files may come from any spreadsheet or feed reader, so a bad line is reported and the rest is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree  # type: ignore[import-untyped]

from brokenlinks.html.links import parse_tree
from brokenlinks.text.redirectors import unwrapped
from brokenlinks.text.tables import (
    Table,
    WorkbookError,
    cell_at,
    decode_text,
    find_column,
    parse_json,
    read_table,
    read_workbook,
)
from brokenlinks.text.urls import url_key, urls_in

COLUMN_NAMES = (
    # In exports of links to a competitor, the linking page is wanted: it may list resources.
    *("sourceurl", "sourcepageurl", "referringpageurl", "referringpage", "referringurl"),
    *("urlfrom", "fromurl", "linkingpage", "linkingpageurl", "linkingurl", "backlinkurl"),
    *("url", "link", "website", "page", "address"),
    *("pageurl", "siteurl", "webpage", "homepage", "site", "uri", "href", "web", "source"),
    *("backlink", "links", "toppages", "landingpage"),
)
"""Headers of the column with the URLs, first those of the exports of widely used tools."""
MAX_SHOWN_LENGTH = 80
_TRAILING_COMMENT = re.compile(r"(^|\s)#.*")


class SeedsError(Exception):
    """A file of seeds cannot be used at all; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Seed:
    """An address that the user named; `line` is its line in the file, 0 on the command line."""

    url: str
    line: int = 0

    @property
    def is_site(self) -> bool:
        """Return whether it is a whole site ("http://example.org/") rather than a page."""
        parts = urlsplit(self.url)
        return parts.path in {"", "/"} and not parts.query


@dataclass(frozen=True, slots=True)
class Seeds:
    """The addresses of a file, each once, and a sentence for each line that could not be used."""

    urls: list[Seed]
    problems: list[str]


RawSeed = tuple[int, str]
"""A line number and the text that should be a URL."""
Problem = tuple[int, str]
"""A line number and what is wrong there."""


def read_seeds(path: Path) -> Seeds:
    """Read seeds from a .txt, .csv, .tsv, .xlsx, .jsonl, .opml or .html file.

    Raises SeedsError when the file cannot be read or is of another kind.
    """
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise SeedsError(
            f"{path}: seeds are read from .txt, .csv, .tsv, .xlsx, .jsonl, .opml and .html files"
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SeedsError(f"{path} cannot be read: {error.strerror or error}") from error
    candidates, problems_by_line = read(content)
    seeds: dict[str, Seed] = {}
    for line, text in candidates:
        urls = list(map(unwrapped, urls_in(text)))
        if not urls:
            problems_by_line.append((line, f"{_quoted(text)} is not a URL"))
        for url in urls:
            seeds.setdefault(url_key(url), Seed(url, line))
    problems = [f"{path.name} line {line}: {problem}" for line, problem in sorted(problems_by_line)]
    if not seeds:
        problems.append(f"{path.name} holds no URL")
    return Seeds(list(seeds.values()), problems)


def parse_url_list(text: str) -> list[Seed]:
    """Read addresses separated by commas or spaces; write a comma within one as %2C.

    Raises ValueError that names the first one that is not a URL.
    """
    seeds: dict[str, Seed] = {}
    for part in re.split(r"[\s,]+", text):
        if part:
            urls = list(map(unwrapped, urls_in(part)))
            if not urls:
                raise ValueError(f"{_quoted(part)} is not a URL")
            for url in urls:
                seeds.setdefault(url_key(url), Seed(url))
    return list(seeds.values())


def _quoted(text: str) -> str:
    return repr(text if len(text) <= MAX_SHOWN_LENGTH else f"{text[:MAX_SHOWN_LENGTH]}...")


def _lines(content: bytes) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(re.split(r"\r\n|\r|\n", decode_text(content)), 1):
        if line.strip():
            yield number, line.strip()


def _read_text(content: bytes) -> tuple[list[RawSeed], list[Problem]]:
    bare = ((number, _TRAILING_COMMENT.sub("", line)) for number, line in _lines(content))
    return [(number, text.strip()) for number, text in bare if text.strip()], []


def _read_csv(content: bytes) -> tuple[list[RawSeed], list[Problem]]:
    table = read_table(decode_text(content))
    problems = [(line, f"not readable as CSV ({why})") for line, why in table.problems]
    seeds, bad = _read_column(table)
    return seeds, [*problems, *bad]


def _read_xlsx(content: bytes) -> tuple[list[RawSeed], list[Problem]]:
    """Read the first sheet that has URLs: exports put their filters and totals on others."""
    try:
        sheets = [sheet for sheet in read_workbook(content) if sheet.rows]
    except WorkbookError as error:
        return [], [(1, f"not readable as a workbook ({error})")]
    columns = [_read_column(sheet) for sheet in sheets]
    return next((column for column in columns if column[0]), columns[0] if columns else ([], []))


def _read_column(table: Table) -> tuple[list[RawSeed], list[Problem]]:
    if not table.rows:
        return [], []
    column = find_column(table.rows, COLUMN_NAMES)
    if column is None:
        return [], [(table.rows[0].line, "no column holds URLs; name one of them 'url'")]
    seeds: list[RawSeed] = []
    problems: list[Problem] = []
    for row in table.rows[column.body :]:
        if url := cell_at(row, column.position):
            seeds.append((row.line, url))
        else:
            problems.append((row.line, f"{_quoted(table.delimiter.join(row.cells))} has no url"))
    return seeds, problems


def _read_jsonl(content: bytes) -> tuple[list[RawSeed], list[Problem]]:
    candidates: list[RawSeed] = []
    problems: list[Problem] = []
    for number, line in _lines(content):
        try:
            value = parse_json(line)
        except ValueError:
            problems.append((number, f"{_quoted(line)} is not JSON"))
            continue
        if isinstance(value, dict):
            value = value.get("url") or value.get("page_url")  # our own exports have the second
        if isinstance(value, str):
            candidates.append((number, value))
        else:
            problems.append((number, f"{_quoted(line)} has no url"))
    return candidates, problems


def _read_opml(content: bytes) -> tuple[list[RawSeed], list[Problem]]:
    """Read the page of every outline, or its feed when it names no page."""
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content.strip(), parser)
    except etree.LxmlError as error:
        return [], [(1, f"not readable as OPML ({error})")]
    problems = [(e.line, f"not well-formed ({e.message.strip()})") for e in parser.error_log]
    candidates = []
    for outline in [] if root is None else root.iter("{*}outline"):
        with suppress(UnicodeDecodeError):  # half a character, by its number: one of the problems
            named = {name.lower(): value for name, value in outline.items()}
            urls = (named.get(name, "").strip() for name in ("htmlurl", "url", "xmlurl"))
            if url := next(filter(None, urls), ""):
                candidates.append((outline.sourceline, url))
    return candidates, problems[:1]


def _read_html(content: bytes) -> tuple[list[RawSeed], list[Problem]]:
    """Read the links of a page to other sites, such as the bookmarks that a browser exports."""
    links = parse_tree(decode_text(content)).iter("a")
    hrefs = ((link.sourceline, link.get("href", "").strip()) for link in links)
    return [(line, href) for line, href in hrefs if re.match("https?:", href, re.IGNORECASE)], []


_READERS: dict[str, Callable[[bytes], tuple[list[RawSeed], list[Problem]]]] = {
    ".txt": _read_text,
    ".csv": _read_csv,
    ".tsv": _read_csv,
    ".xlsx": _read_xlsx,
    ".jsonl": _read_jsonl,
    ".opml": _read_opml,
    ".html": _read_html,
    ".htm": _read_html,
}
