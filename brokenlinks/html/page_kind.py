"""What kind of thing a page is, told by the words in its title, heading, address and anchors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from brokenlinks.text.data_files import read_toml
from brokenlinks.text.normalize import normalize_words
from brokenlinks.text.urls import is_root, path_segments

HOME, LIST, DATASET, DOCUMENT, PAGE = "home page", "list of links", "dataset", "document", "page"
GUIDE = "guide"
TOOL = "calculator or tool"
"""It also does the job of a chart or a table, which do not do its own; of a guide it does not."""
ORGANISATION = "organisation"
SITE_KINDS = frozenset({ORGANISATION, "shop", "forum", "service"})
"""Kinds that a whole site can be, told by its home page."""
SITE_NAME_KINDS = SITE_KINDS | {"software"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind by name; nothing but its like can take the place of one that stands `exclusive`."""

    name: str
    exclusive: bool
    words: re.Pattern[str]

    def matches_text(self, own: str, said: str) -> bool:
        """Tell whether a page's texts speak of the kind; `own` leaves out its site's name."""
        texts = own if self.name in SITE_NAME_KINDS else said
        return self.words.search(texts) is not None


def kind_of(url: str, h1: str, others: Iterable[str]) -> str:
    """Return the kind that an address and the texts of a page's head speak of.

    On an inner page the name of a club in `others`, its title and anchors, is that of its site.
    """
    own = normalize_words(" ".join([h1, *path_segments(url)]))
    said = normalize_words(" ".join([h1, *others, *path_segments(url)]))
    inner = bool(h1) and not is_root(url)
    found = next(
        (kind.name for kind in _kinds() if kind.matches_text(own if inner else said, said)), PAGE
    )
    return HOME if found in {PAGE, GUIDE} and is_root(url) else found


def can_replace(own: str, dead: str) -> bool:
    """Tell whether a page of kind `own` can do the job of one of kind `dead`."""
    if own == dead:
        return True
    if HOME in {own, dead} or is_exclusive(dead):
        return False
    return dead != GUIDE if own == TOOL else not is_exclusive(own)


@cache
def kind_words() -> frozenset[str]:
    """Return the single words that tell the kinds that stand alone."""
    return frozenset(word for kind in _load_kinds() if kind.get("alone") for word in kind["words"])


def is_exclusive(kind: str) -> bool:
    """Tell a kind that only its like can take the place of."""
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
