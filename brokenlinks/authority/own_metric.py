"""The user's own metric: a CSV that any SEO tool exports, with a number for each domain."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from brokenlinks.models.lookups import OwnMetric
from brokenlinks.text.normalize import letter_words
from brokenlinks.text.tables import MAX_TITLE_ROWS, Row, read_table, unicode_encoding
from brokenlinks.text.urls import host_of, registrable_domain

DOMAIN_WORDS = (
    *("domain", "domains", "url", "urls", "target", "host", "hostname", "site", "website"),
    *("source", "referring", "item", "page"),
)
"""Words of the header above the domains; of several such columns, the one that holds domains."""
METRIC_WORDS = (
    *("dr", "da", "authority", "rating", "score", "rank", "pagerank", "trust"),
    *("ascore", "trustflow", "tf"),
)
EXCLUDED_METRIC_WORDS = ("spam", "url", "page", "ur", "pa")
"""Words of a metric's name that say it is of a page, or that more of it is worse."""
RANK_WORD = "rank"
"""In a column of this name 1 is best."""
MIN_VALUE_SHARE = 0.5
"""Of a column's cells that are filled, so many at least are numbers, or domains."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


class OwnMetricError(ValueError):
    """The file cannot be used; the message names file and line, and says what is needed."""


def read_own_metric(path: Path) -> OwnMetric:
    """Read a CSV with a heading, separated by comma, semicolon or tab; UTF-8 or UTF-16.

    A domain in several rows keeps its best number; rows without domain or number are
    left out. Raises OwnMetricError when there is nothing to use.
    """
    try:
        content = path.read_bytes()
        written_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as error:
        raise OwnMetricError(f"AUTHORITY_CSV {path} cannot be read: {error.strerror}") from error
    rows = _read_rows(path, content)
    if not rows:
        raise OwnMetricError(f"AUTHORITY_CSV {path} is empty; it needs a heading and rows")
    titles = _title_rows(rows)
    (line, heading), body = rows[titles], rows[titles + 1 :]
    domain_column = _domain_column(heading, body)
    if domain_column is None:
        wanted = "a column named domain, url, target or host"
        raise OwnMetricError(_missing_column(path, line, wanted, heading))
    metric_column = _metric_column(heading, body, domain_column)
    if metric_column is None:
        wanted = "a column of numbers named DR, DA, authority, rating, score or rank"
        raise OwnMetricError(_missing_column(path, line, wanted, heading))
    lower_is_better = RANK_WORD in letter_words(heading[metric_column])
    by_domain = _best_values(body, domain_column, metric_column, min if lower_is_better else max)
    if not by_domain:
        raise OwnMetricError(f"AUTHORITY_CSV {path}, line {line + 1}: no row has domain and number")
    return OwnMetric(path.name, heading[metric_column], lower_is_better, by_domain, written_at)


def _read_rows(path: Path, content: bytes) -> list[Row]:
    encoding = unicode_encoding(content)
    try:
        table = read_table(content.decode(encoding))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise OwnMetricError(
            f"AUTHORITY_CSV {path}, line {line}: not {encoding.upper().removesuffix('-SIG')}; "
            "save the file as UTF-8"
        ) from error
    for line, problem in table.problems:
        raise OwnMetricError(
            f"AUTHORITY_CSV {path}, line {line}: not CSV ({problem}); "
            "export the table again, with a row a line"
        )
    return table.rows


def _title_rows(rows: Sequence[Row]) -> int:
    """Return the number of rows above the heading: the first that names both columns."""
    for number, (_, cells) in enumerate(rows[:MAX_TITLE_ROWS]):
        words = [_header_words(cell) for cell in cells]
        metrics = sum(bool(header & {*METRIC_WORDS}) for header in words)
        if metrics and sum(bool(header & {*DOMAIN_WORDS}) for header in words) and len(cells) > 1:
            return number
    return 0


def _header_words(header: str) -> set[str]:
    """Return the words of a header: "DomainRating" and "domain_rating" have two."""
    words = {*letter_words(header)}
    if words & {*METRIC_WORDS}:  # PageRank is of a domain, in spite of its name
        return words
    return words | {*letter_words(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header))}


def _domain_column(heading: Sequence[str], body: Sequence[Row]) -> int | None:
    """Return the first column that is called so and holds domains, else the first called so."""
    named = [
        index
        for index, name in enumerate(heading)
        if (words := _header_words(name)) & {*DOMAIN_WORDS} and not words & {*METRIC_WORDS}
    ]
    holding = (index for index in named if _holds(body, index, _domain))
    return next(holding, named[0] if named else None)


def _metric_column(heading: Sequence[str], body: Sequence[Row], domain_column: int) -> int | None:
    for index, name in enumerate(heading):
        words = _header_words(name)
        named = words & {*METRIC_WORDS} and not words & {*EXCLUDED_METRIC_WORDS}
        if named and index != domain_column and _holds(body, index, _number):
            return index
    return None


def _holds(body: Sequence[Row], index: int, parse: Callable[[str], str | float | None]) -> bool:
    """Whether enough cells of a column are values that `parse` understands."""
    filled = [cells[index] for _, cells in body if index < len(cells) and cells[index].strip()]
    values = sum(parse(cell) not in {"", None} for cell in filled)
    return values > 0 and values >= MIN_VALUE_SHARE * len(filled)


def _best_values(
    body: Sequence[Row],
    domain_column: int,
    metric_column: int,
    better: Callable[[float, float], float],
) -> dict[str, float]:
    best: dict[str, float] = {}
    for _, cells in body:
        if len(cells) <= max(domain_column, metric_column):
            continue
        domain, number = _domain(cells[domain_column]), _number(cells[metric_column])
        if domain and number is not None:
            best[domain] = better(number, best.get(domain, number))
    return best


def _domain(cell: str) -> str:
    cell = cell.strip().removeprefix("*.")
    return registrable_domain(host_of(cell if "://" in cell else f"http://{cell}"))


def _number(cell: str) -> float | None:
    """Read `71`, `7.1`, `7,1`, `7,100,000`, `71%` and `71/100`; None for anything else."""
    text = re.sub(r"[\s']|%$|/\s*100$", "", cell)
    text = text.replace(",", "" if _THOUSANDS.fullmatch(text) else ".")
    return float(text) if _NUMBER.fullmatch(text) else None


def _missing_column(path: Path, line: int, wanted: str, heading: Sequence[str]) -> str:
    columns = ", ".join(heading)[:200]
    return f"AUTHORITY_CSV {path}, line {line}: it needs {wanted}; it has {columns!r}"
