"""The domain ranks of Common Crawl's hyperlink graph: which is the newest, and what a row says.

The file holds more than a hundred million rows, best rank first, and is read as a stream.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Collection, Iterator
from typing import NamedTuple

from brokenlinks.http.response import FetchResult
from brokenlinks.http.service import Outcome, describe_failure, read_json

REFUSALS = {
    401: Outcome.BLOCKED,
    403: Outcome.BLOCKED,
    404: Outcome.MISCONFIGURED,
    429: Outcome.QUOTA,
    503: Outcome.QUOTA,
}
COLUMN_COUNT = 6
CHUNK_SIZE = 1 << 20
"""Bytes that are decompressed at a time: a bomb comes out in pieces of this size too."""
MAX_LINE_LENGTH = 4_096
_RELEASE = re.compile(r"[a-z0-9][a-z0-9-]{3,79}")
_REVERSED_DOMAIN = re.compile(rb"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")
_MAX_DOMAIN_LENGTH = 253
_GZIP = 16 + zlib.MAX_WBITS


class RanksError(ValueError):
    """The file is not what it should be; the message says what was found."""


class RankedDomain(NamedTuple):
    """One row: `position` by harmonic centrality (1 is best), its value (higher is better)."""

    domain: str
    position: int
    value: float


def graphs_url(base: str) -> str:
    """Return the address of the list of graphs, the newest first."""
    return f"{base.rstrip('/')}/graphinfo.json"


def ranks_url(base: str, release: str) -> str:
    """Return the address of a graph's domain ranks."""
    place = f"projects/hyperlinkgraph/{release}/domain/{release}-domain-ranks.txt.gz"
    return f"{base.rstrip('/')}/{place}"


def newest_release(answer: FetchResult) -> tuple[Outcome, str]:
    """Return the id of the newest graph, or how that failed and what came instead."""
    if answer.status != 200:
        return REFUSALS.get(answer.status or 0, Outcome.ERROR), describe_failure(answer)
    match read_json(answer):
        # The id becomes part of an address and of a file's name.
        case [{"id": str(release)}, *_] if _RELEASE.fullmatch(release):
            return Outcome.OK, release
    return Outcome.ERROR, describe_failure(answer)


class RanksReader:
    """Reads the compressed file piece by piece, whatever lies between two pieces.

    With `wanted` only these domains come out. `rows` counts the rows that could be read, wanted
    or not, `skipped` those that could not.
    """

    def __init__(self, wanted: Collection[str] | None = None) -> None:
        self.rows = 0
        self.skipped = 0
        self._wanted = None if wanted is None else {reversed_domain(d).encode() for d in wanted}
        self._gzip = zlib.decompressobj(_GZIP)
        self._partial_line = b""

    def read(self, compressed: bytes) -> Iterator[RankedDomain]:
        """Yield the rows that end in the next piece. Raises RanksError when it is no gzip."""
        for text in self._decompressed(compressed):
            *lines, self._partial_line = (self._partial_line + text).split(b"\n")
            # Enough to know that it is too long.
            self._partial_line = self._partial_line[: MAX_LINE_LENGTH + 1]
            for line in lines:
                yield from self._row(line)

    def finish(self) -> Iterator[RankedDomain]:
        """Yield the last row. Raises RanksError when the file ends in the middle."""
        if not self._gzip.eof:
            raise RanksError(f"the file ends in the middle, after {self.rows:,} rows")
        yield from self._row(self._partial_line)
        self._partial_line = b""

    def _decompressed(self, compressed: bytes) -> Iterator[bytes]:
        while compressed:
            if self._gzip.eof:  # another member may follow, after padding
                compressed = compressed.lstrip(b"\0")
                if not compressed:
                    return
                self._gzip = zlib.decompressobj(_GZIP)
            try:
                text = self._gzip.decompress(compressed, CHUNK_SIZE)
            except zlib.error as error:
                began = " ".join(compressed[:200].decode("latin-1").split())
                where = f"{began!r}" if not self.rows else f"after {self.rows:,} rows"
                raise RanksError(f"not gzip ({error}): {where}") from error
            compressed = self._gzip.unconsumed_tail or self._gzip.unused_data
            yield text

    def _row(self, line: bytes) -> Iterator[RankedDomain]:
        if not line or line.startswith(b"#"):
            return
        parts = line.rstrip(b"\r").split(b"\t")
        try:
            position, value, name = int(parts[0]), float(parts[1]), parts[4]
        except (ValueError, IndexError):
            position, value, name = 0, 0.0, b""
        is_row = len(parts) == COLUMN_COUNT and len(line) <= MAX_LINE_LENGTH
        usable = is_row and position > 0 and math.isfinite(value)
        if not usable or len(name) > _MAX_DOMAIN_LENGTH or not _REVERSED_DOMAIN.fullmatch(name):
            self.skipped += 1
            return
        self.rows += 1
        if self._wanted is None or name in self._wanted:
            yield RankedDomain(reversed_domain(name.decode()), position, value)


def reversed_domain(name: str) -> str:
    """Turn `example.org` into `org.example`, and back."""
    return ".".join(reversed(name.split(".")))
