"""Lists of ranks as Common Crawl writes them."""

from __future__ import annotations

import gzip
from collections.abc import Iterable

HEADER = "#harmonicc_pos\t#harmonicc_val\t#pr_pos\t#pr_val\t#host_rev\t#n_hosts"
RELEASE = "cc-main-2026-jul-aug-sep"


def row(position: int, domain: str, value: float | None = None) -> str:
    reversed_name = ".".join(reversed(domain.split(".")))
    harmonic = 3.0e7 / position if value is None else value
    return f"{position}\t{harmonic}\t{position + 3}\t{1e-3 / position}\t{reversed_name}\t7"


def compressed(lines: Iterable[str], *, header: bool = True) -> bytes:
    text = "\n".join([HEADER, *lines] if header else lines) + "\n"
    return gzip.compress(text.encode(), compresslevel=1)


def ranks_of(count: int, others: dict[int, str] | None = None) -> bytes:
    """Return a list of `count` domains, `others` in the places they are given."""
    names = others or {}
    return compressed(row(n, names.get(n, f"site-{n}.example")) for n in range(1, count + 1))
