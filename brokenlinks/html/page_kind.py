"""What kind of thing a page is, told by the words in its title, heading, address and anchors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from brokenlinks.text.data_files import read_toml
from brokenlinks.text.urls import is_root
from brokenlinks.text.words import path_segments, worded

HOME, LIST, DATASET, DOCUMENT, PAGE = "home page", "list of links", "dataset", "document", "page"
GUIDE = "guide"
TOOL = "calculator or tool"
"""It also does the job of a chart or a table, which do not do its own; of a guide it does not."""
ORGANISATION = "organisation"
STANDING_FOR_SITES = frozenset({ORGANISATION, "shop", "forum", "service"})
"""Kinds that a whole site can be, told by its home page."""
TOLD_BY_SITES = STANDING_FOR_SITES | {"software"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind by name; nothing but its like can take the place of one that stands `alone`."""

    name: str
    alone: bool
    words: re.Pattern[str]

    def is_told(self, own: str, said: str) -> bool:
        """Tell whether a page's texts speak of the kind; `own` leaves out its site's name."""
        texts = own if self.name in TOLD_BY_SITES else said
        return self.words.search(texts) is not None


def kind_of(url: str, h1: str, others: Iterable[str]) -> str:
    """Return the kind that an address and the texts of a page's head speak of.

    On an inner page the name of a club in `others`, its title and anchors, is that of its site.
    """
    own = worded(" ".join([h1, *path_segments(url)]))
    said = worded(" ".join([h1, *others, *path_segments(url)]))
    inner = bool(h1) and not is_root(url)
    found = next(
        (kind.name for kind in _kinds() if kind.is_told(own if inner else said, said)), PAGE
    )
    return HOME if found in {PAGE, GUIDE} and is_root(url) else found


def can_replace(own: str, dead: str) -> bool:
    """Tell whether a page of kind `own` can do the job of one of kind `dead`."""
    if own == dead:
        return True
    if HOME in {own, dead} or stands_alone(dead):
        return False
    return dead != GUIDE if own == TOOL else not stands_alone(own)


@cache
def kind_words() -> frozenset[str]:
    """Return the single words that tell the kinds that stand alone."""
    return frozenset(word for kind in _told() if kind.get("alone") for word in kind["words"])


def stands_alone(kind: str) -> bool:
    """Tell a kind that only its like can take the place of."""
    return kind in _standing_alone()


@cache
def _standing_alone() -> frozenset[str]:
    return frozenset(kind.name for kind in _kinds() if kind.alone)


@cache
def _kinds() -> tuple[Kind, ...]:
    return tuple(
        Kind(entry["name"], bool(entry.get("alone")), _pattern(entry["words"])) for entry in _told()
    )


@cache
def _told() -> list[dict[str, Any]]:
    kinds: list[dict[str, Any]] = read_toml(__package__, "page_kinds.toml")["kind"]
    return kinds


def _pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile(" (?:" + "|".join(map(_one, words)) + ") ")


def _one(word: str) -> str:
    stem = re.escape(worded(word.rstrip("*")).strip())
    return stem + r"\S*" if word.endswith("*") else stem
