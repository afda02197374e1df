"""A small search index: which pages hold the words of a query."""

from __future__ import annotations

import re
from collections.abc import Mapping

Index = Mapping[str, str]
"""The text of pages by address."""
_PART = re.compile(r'(?:(intitle|inurl|site):)?(?:"([^"]+)"|(\S+))')


def matches(index: Index, query: str, *, operators: bool = True) -> list[str]:
    """Return the addresses of the pages that match a query, those with most of its words first.

    With `operators` quoted phrases, intitle:, inurl: and site: must hold; without, they are words.
    At least half of the words must be found.
    """
    found: list[tuple[float, str]] = []
    for url, text in index.items():
        score = _score(url, text.lower(), query.lower(), operators=operators)
        if score >= 0.5:
            found.append((-score, url))
    return [url for _, url in sorted(found)]


def _score(url: str, text: str, query: str, *, operators: bool) -> float:
    if not operators:
        words = re.findall(r"\w+", query)
        return sum(word in text for word in words) / max(len(words), 1)
    hits = []
    for operator, phrase, word in _PART.findall(query):
        wanted = phrase or word
        place = url.lower() if operator in {"inurl", "site"} else text
        here = wanted in place
        if not here and (operator or phrase):
            return 0.0
        hits.append(here)
    return sum(hits) / max(len(hits), 1)
