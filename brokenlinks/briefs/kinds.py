"""What kind of thing a page is, told by the words in its title, heading, address and anchors."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from brokenlinks.discovery import path_segments, worded
from brokenlinks.urls import is_root

HOME, LIST, DATASET, DOCUMENT, PAGE = "home page", "list of links", "dataset", "document", "page"
STANDING_FOR_SITES = frozenset({"organisation", "shop", "forum", "service"})
"""Kinds that a whole site can be, told by its home page."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind by name; nothing but its like can take the place of one that stands `alone`."""

    name: str
    alone: bool
    words: re.Pattern[str]


def kind_of(url: str, head: Iterable[str]) -> str:
    """Return the kind that an address and the texts of a page's head speak of."""
    said = worded(" ".join([*head, *path_segments(url)]))
    found = next((kind.name for kind in _kinds() if kind.words.search(said)), PAGE)
    return HOME if found in {PAGE, "guide"} and is_root(url) else found


def can_replace(own: str, dead: str) -> bool:
    """Tell whether a page of kind `own` can do the job of one of kind `dead`."""
    if HOME in {own, dead}:
        return own == dead
    return own == dead or not (stands_alone(own) or stands_alone(dead))


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
    source = files(__package__) / "kinds.toml"
    kinds: list[dict[str, Any]] = tomllib.loads(source.read_text(encoding="utf-8"))["kind"]
    return kinds


def _pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile(" (?:" + "|".join(map(_one, words)) + ") ")


def _one(word: str) -> str:
    stem = re.escape(worded(word.rstrip("*")).strip())
    return stem + r"\S*" if word.endswith("*") else stem
