"""Own pages that do nobody's job, whatever they say: the law's, searches, lists of own pages."""

from __future__ import annotations

from functools import cache

from brokenlinks.text.data_files import read_toml
from brokenlinks.text.normalize import normalize_words, title_parts
from brokenlinks.text.urls import path_segments


def is_excluded_page(url: str, title: str) -> bool:
    """Tell such a page by its address or title."""
    segments = [normalize_words(segment).strip() for segment in path_segments(url)]
    named = {part.strip() for part in title_parts(title)} | set(segments[-1:])
    return not (_words("names").isdisjoint(named) and _words("lists").isdisjoint(segments[:-1]))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(read_toml(__package__, "excluded_pages.toml")[name])
