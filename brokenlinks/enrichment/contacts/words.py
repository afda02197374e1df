"""The words of `words.toml`, ready to be looked for in worded text."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from brokenlinks.text.normalize import normalize_words
from brokenlinks.text.phrases import PhraseMatcher, read_toml

_OTHER_TABLES = frozenset({"local_parts", "domains", "protected", "forms"})
_LOCAL_SEPARATORS = re.compile(r"[._+-]|(?<=[^\W\d])(?=\d)")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")


@cache
def phrases(name: str) -> PhraseMatcher:
    """Return a matcher for the phrases of this name in all languages, for normalized text."""
    languages = (table for key, table in _load().items() if key not in _OTHER_TABLES)
    return PhraseMatcher(phrase for table in languages for phrase in table[name])


def contains_phrase(name: str, *texts: str) -> bool:
    """Whether one of the texts contains a phrase of this name."""
    return any(phrases(name).find_in(normalize_words(text)) for text in texts if text)


def split_sentences(text: str) -> list[str]:
    """Split a text into its sentences."""
    return _SENTENCE_END.split(text)


@cache
def word_list(table: str, name: str) -> frozenset[str]:
    """Return a list from a table that belongs to no language."""
    return frozenset(_load()[table][name])


def local_part_matches(name: str, local: str) -> bool:
    """Whether a local part, or one of its parts, is in the list of this name."""
    listed = word_list("local_parts", name)
    letters = re.sub(r"[^a-z]", "", local)
    return not listed.isdisjoint((local, letters, *_LOCAL_SEPARATORS.split(local)))


@cache
def notices() -> PhraseMatcher:
    """Return what finds a notice given in place of an address."""
    return PhraseMatcher(word_list("protected", "notices"))


@cache
def _load() -> dict[str, Any]:
    return read_toml(__package__, "words.toml")
