"""What kind of page it is, by the words of its title, heading, address and anchors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from brokenlinks.text.normalize import normalize_words
from brokenlinks.text.phrases import read_toml
from brokenlinks.text.urls import is_root, path_segments

HOME, LIST, DATASET, DOCUMENT, PAGE = "home page", "list of links", "dataset", "document", "page"
GUIDE = "guide"
TOOL = "calculator or tool"
"""A tool can replace a chart or a table, not the other way round; it cannot replace a guide."""
ORGANISATION = "organisation"
SITE_KINDS = frozenset({ORGANISATION, "shop", "forum", "service"})
"""Kinds that a whole site can be."""
SITE_NAME_KINDS = SITE_KINDS | {"software"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page; an `exclusive` one can only be replaced by a page of the same kind."""

    name: str
    exclusive: bool
    words: re.Pattern[str]

    def matches_text(self, own: str, full: str) -> bool:
        """Return whether a page's text names the kind; `own` lacks what may be its site's name."""
        return self.words.search(own if self.name in SITE_NAME_KINDS else full) is not None


def kind_of(url: str, h1: str, others: Iterable[str]) -> str:
    """Return the kind of a page by its address, first heading and `others`: title and anchors.

    On an inner page, a club named in `others` is its site, not the page.
    """
    own = normalize_words(" ".join([h1, *path_segments(url)]))
    full = normalize_words(" ".join([h1, *others, *path_segments(url)]))
    if not h1 or is_root(url):
        own = full
    name = next((kind.name for kind in _kinds() if kind.matches_text(own, full)), PAGE)
    return HOME if name in {PAGE, GUIDE} and is_root(url) else name


def can_replace(own: str, dead: str) -> bool:
    """Return whether a page of kind `own` can replace one of kind `dead`."""
    if own == dead:
        return True
    if HOME in {own, dead} or is_exclusive(dead):
        return False
    return dead != GUIDE if own == TOOL else not is_exclusive(own)


@cache
def kind_words() -> frozenset[str]:
    """Return the words that name the exclusive kinds."""
    return frozenset(word for kind in _load_kinds() if kind.get("alone") for word in kind["words"])


def is_exclusive(kind: str) -> bool:
    """Return whether a page of the kind can only be replaced by one of the same kind."""
    return kind in _exclusive_kinds()


@cache
def _exclusive_kinds() -> frozenset[str]:
    return frozenset(kind.name for kind in _kinds() if kind.exclusive)


@cache
def _kinds() -> tuple[Kind, ...]:
    return tuple(
        Kind(entry["name"], bool(entry.get("alone")), _pattern(entry["words"]))
        for entry in _load_kinds()
    )


@cache
def _load_kinds() -> list[dict[str, Any]]:
    kinds: list[dict[str, Any]] = read_toml(__package__, "page_kinds.toml")["kind"]
    return kinds


def _pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile(" (?:" + "|".join(map(_word_pattern, words)) + ") ")


def _word_pattern(word: str) -> str:
    stem = re.escape(normalize_words(word.rstrip("*")).strip())
    return stem + r"\S*" if word.endswith("*") else stem
