"""Seeds: the pages and sites that the user names, in a file or on the command line.

Files may come from any spreadsheet or feed reader, so a bad line is reported and the rest is used.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree  # type: ignore[import-untyped]

from brokenlinks.text.tables import decode_text, read_table
from brokenlinks.text.urls import absolute_url, url_key

COLUMN_NAMES = ("url", "link", "website", "page", "address")
MAX_SHOWN_LENGTH = 80
_BARE_URL = re.compile(r"[\w-]+(\.[\w-]+)*\.[^\W\d_]{2,}\.?(:\d+)?([/?#]\S*)?")
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
    """Read seeds from a .txt, .csv, .jsonl or .opml file.

    Raises SeedsError when the file cannot be read or is of another kind.
    """
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise SeedsError(f"{path}: seeds are read from .txt, .csv, .jsonl and .opml files only")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SeedsError(f"{path} cannot be read: {error.strerror or error}") from error
    candidates, found = read(content)
    seeds: dict[str, Seed] = {}
    for line, text in candidates:
        url = _as_url(text)
        if url is None:
            found.append((line, f"{_quoted(text)} is not a URL"))
        else:
            seeds.setdefault(url_key(url), Seed(url, line))
    problems = [f"{path.name} line {line}: {problem}" for line, problem in sorted(found)]
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
            url = _as_url(part)
            if url is None:
                raise ValueError(f"{_quoted(part)} is not a URL")
            seeds.setdefault(url_key(url), Seed(url))
    return list(seeds.values())


def _as_url(text: str) -> str | None:
    text = text.strip().strip("<>\"'")
    if _BARE_URL.fullmatch(text):
        text = f"http://{text}"
    return None if re.search(r"\s", text) else absolute_url("", text)


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
    if not table.rows:
        return [], problems
    column, body = _url_column([row.cells for row in table.rows])
    if column is None:
        line = table.rows[0].line
        return [], [*problems, (line, "no column holds URLs; name one of them 'url'")]
    seeds = []
    for line, cells in table.rows[body:]:
        if url := "".join(cells[column : column + 1]):
            seeds.append((line, url))
        else:
            problems.append((line, f"{_quoted(table.delimiter.join(cells))} has no url"))
    return seeds, problems


def _url_column(rows: Sequence[list[str]]) -> tuple[int | None, int]:
    """Return the column with the URLs, None without one, and the row at which they begin."""
    header = [cell.lower() for cell in rows[0]]
    for name in COLUMN_NAMES:
        if name in header:
            return header.index(name), 1
    for column in range(max(map(len, rows))):
        cells = [row[column] for row in rows if column < len(row) and row[column]]
        good = sum(_as_url(cell) is not None for cell in cells)
        if good and good >= len(cells) / 2:
            return column, 0 if column < len(rows[0]) and _as_url(rows[0][column]) else 1
    return None, 0


def _read_jsonl(content: bytes) -> tuple[list[RawSeed], list[Problem]]:
    candidates: list[RawSeed] = []
    problems: list[Problem] = []
    for number, line in _lines(content):
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            problems.append((number, f"{_quoted(line)} is not JSON"))
            continue
        if isinstance(value, dict):
            value = value.get("url")
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
    problems = [(error.line, f"not well-formed ({error.message})") for error in parser.error_log]
    candidates = []
    for outline in [] if root is None else root.iter("{*}outline"):
        named = {name.lower(): value for name, value in outline.items()}
        urls = (named.get(name, "").strip() for name in ("htmlurl", "url", "xmlurl"))
        if url := next(filter(None, urls), ""):
            candidates.append((outline.sourceline, url))
    return candidates, problems[:1]


_READERS: dict[str, Callable[[bytes], tuple[list[RawSeed], list[Problem]]]] = {
    ".txt": _read_text,
    ".csv": _read_csv,
    ".jsonl": _read_jsonl,
    ".opml": _read_opml,
}
